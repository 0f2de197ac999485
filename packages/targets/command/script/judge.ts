import type { ExitMeaning } from '#core/flow/targets/command/script';
import type { Result } from '#core/outcome';
import { failureOf, howItStopped } from '../run/judge.ts';
import type { ScriptEnd } from './run-script.ts';

/** What a deploy or rollback command came to: its exit code first, then what it wrote. */
export function judgeScript(
  title: string,
  { end, result, invalid }: ScriptEnd,
  exitCodes: Readonly<Record<string, ExitMeaning>>,
  done: 'deployed' | 'restored',
): Result {
  if (end.how !== 'exited') return failureOf(title, end);
  const meaning = meaningOf(end.code, exitCodes);
  const said = result.message;
  if (meaning === 'failed') {
    const failure = failureOf(title, end);
    return said === undefined ? failure : { ...failure, message: `${title} exited with ${end.code}: ${said}` };
  }
  if (meaning === 'refused') {
    const message = said ?? `${title} refused, with exit code ${end.code}, before it changed anything.`;
    return { outcome: 'refused', reason: 'command-failed', message, evidence: { exitCode: end.code ?? -1 } };
  }
  // It has done its work, but nobody can say what that is.
  if (invalid !== undefined) return { ...invalid, outcome: 'failed' };
  const outputs = Object.entries(result.outputs ?? {}).map(([name, value]) => `${name}=${String(value)}`);
  const evidence = { ...(outputs.length === 0 ? {} : { outputs }), exitCode: end.code ?? 0 };
  const unchanged = result.changed === false || (meaning === 'unchanged' && result.changed !== true);
  return unchanged
    ? { outcome: 'no-op', reason: 'nothing-to-change', message: said ?? `${title}: nothing to change.`, evidence }
    : { outcome: 'succeeded', reason: done, message: said ?? `${title}: done.`, evidence };
}

/** A command that only looks must end well: what it could not see is not known. */
export function lookFailure(
  title: string,
  { end, invalid }: ScriptEnd,
  exitCodes: Readonly<Record<string, ExitMeaning>>,
): Result | undefined {
  if (end.how === 'cancelled')
    return { ...failureOf(title, end), message: `The run was cancelled during ${title}. ${howItStopped(end)}` };
  if (end.how !== 'exited') return failureOf(title, end);
  const meaning = meaningOf(end.code, exitCodes);
  if (meaning === 'failed' || meaning === 'refused') return failureOf(title, end);
  return invalid === undefined ? undefined : { ...invalid, outcome: 'failed' };
}

function meaningOf(code: number | null, exitCodes: Readonly<Record<string, ExitMeaning>>): ExitMeaning {
  if (code === 0) return 'changed';
  return exitCodes[String(code)] ?? 'failed';
}
