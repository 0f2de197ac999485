import type { Result } from '#core/outcome';
import { type Diagnostic, diagnosticText } from './diagnostics.ts';
import { holderText, readLock } from './lock.ts';
import { changeCount, countsText } from './operations.ts';
import type { Operation, UpdateFacts } from './update.ts';
import { resourceText } from './urn.ts';

/** How a run of the tool ended. */
export interface ToolEnd {
  /** `undefined` when a signal ended it. */
  readonly code: number | undefined;
  /** The end of what it wrote to stderr. */
  readonly stderr: string;
  /** Why we asked it to stop, if we did. */
  readonly stopped?: 'cancelled' | 'timed-out';
}

/** The exit codes that Pulumi was seen to end with. */
const noSuchStack = 6;

/** What a run of `up` came to. Only a summary that says so, and exit code 0 with it, is a success. */
export function judgeUpdate(
  stack: string,
  end: ToolEnd,
  facts: UpdateFacts,
  now: number,
  done: 'deployed' | 'restored' = 'deployed',
): Result {
  const judged = refusal(stack, end, facts, now) ?? stopped(stack, end, facts) ?? ended(stack, end, facts, done);
  const explanation = explain(end, facts);
  return explanation.length === 0 ? judged : { ...judged, explanation };
}

/** What kept it from beginning: nothing was changed. */
function refusal(stack: string, end: ToolEnd, facts: UpdateFacts, now: number): Result | undefined {
  if (facts.began || end.code === 0) return undefined;
  return (
    refusalOf(stack, end, now) ??
    staleBefore(stack, facts) ??
    (end.stopped === undefined ? notBegun(stack, end, facts) : undefined)
  );
}

/** What stderr and the exit code say of a command that Pulumi refused; `undefined` when they say nothing that is known here. */
export function refusalOf(stack: string, end: ToolEnd, now: number): Result | undefined {
  const holders = readLock(end.stderr);
  if (holders !== undefined) {
    const who = holders.map(holder => holderText(holder, now));
    return {
      outcome: 'refused',
      reason: 'state-locked',
      message: `The stack ${stack} is locked by ${who.join('; ') || 'another update'}. Nothing was changed.`,
      evidence: { stack, holders: who },
      next: `Wait for that update to end. Only when nothing of it runs any more, a person may run \`pulumi cancel ${stack}\`: a lock is never forced here.`,
    };
  }
  if (end.code === noSuchStack || /no stack named '[^']*' found/.test(end.stderr)) {
    return {
      outcome: 'refused',
      reason: 'not-found',
      message: `Pulumi knows no stack ${stack} in this backend: ${lastError(end.stderr)}`,
      evidence: { stack },
      next: 'Correct `stack`, or make it once with `pulumi stack init`; the backend is the one of PULUMI_BACKEND_URL or of the last login.',
    };
  }
  return undefined;
}

function staleBefore(stack: string, facts: UpdateFacts): Result | undefined {
  const violation = (facts.preview?.diagnostics ?? []).find(isViolation);
  return violation === undefined ? undefined : stale(stack, violation, 'superseded', 'Nothing was changed.');
}

function notBegun(stack: string, end: ToolEnd, facts: UpdateFacts): Result {
  if (isViolationText(end.stderr)) {
    return stale(
      stack,
      { severity: 'error', urn: undefined, message: lastError(end.stderr) },
      'superseded',
      'Nothing was changed.',
    );
  }
  const said = facts.preview?.diagnostics.find(({ severity }) => severity === 'error');
  const why = said === undefined ? lastError(end.stderr) : diagnosticText(said);
  return {
    outcome: 'refused',
    reason: 'command-failed',
    message: `Pulumi did not begin to update ${stack}${codeText(end)}: ${why}`,
    evidence: { stack, ...(end.code === undefined ? {} : { code: end.code }) },
  };
}

function stopped(stack: string, end: ToolEnd, facts: UpdateFacts): Result | undefined {
  const canceled = facts.errors.some(({ message }) => /\bupdate cancell?ed\b/i.test(message));
  if (end.code === 0 || (end.stopped === undefined && !canceled)) return undefined;
  const left = `${doneText(facts)} ${leftOpen(facts)}`.trim();
  const evidence = { stack, changed: facts.done.length };
  if (end.stopped === 'timed-out') {
    return {
      outcome: 'timed-out',
      reason: 'timed-out',
      message: `The update of ${stack} had not ended when the time was up, and was asked to stop. ${left}`,
      evidence,
      next: 'Raise `timeout` when it is merely slow. The next run goes on from where this one stopped.',
    };
  }
  return {
    outcome: 'stopped',
    reason: end.stopped === undefined ? 'stopped-by-person' : 'cancelled',
    message: `The update of ${stack} was stopped. ${left}`,
    evidence,
    next: 'Deploy again: the next run goes on from where this one stopped.',
  };
}

function ended(stack: string, end: ToolEnd, facts: UpdateFacts, done: 'deployed' | 'restored'): Result {
  const { summary } = facts;
  const failedSomehow = facts.failed.length > 0 || facts.errors.length > 0 || summary?.result === 'failed';
  if (end.code === 0 && summary !== undefined && !failedSomehow) {
    const changed = changeCount(summary.counts);
    const counts = countsText(summary.counts, 'did');
    return changed === 0
      ? {
          outcome: 'no-op',
          reason: 'nothing-to-change',
          message: `The stack ${stack} is as wanted: ${counts}.`,
          evidence: { stack },
        }
      : {
          outcome: 'succeeded',
          reason: done,
          message: `The stack ${stack} is updated: ${counts}.`,
          evidence: { stack, changed },
        };
  }
  if (end.code === 0 && summary === undefined && !failedSomehow) {
    const message = `Pulumi ended with 0 but never said what became of ${stack}: its output broke off. ${doneText(facts)}`;
    return {
      outcome: 'failed',
      reason: 'command-failed',
      message,
      evidence: { stack },
      next: 'Look at `pulumi stack history`, then deploy again.',
    };
  }
  const violation = facts.errors.find(isViolation);
  if (violation !== undefined) return stale(stack, violation, 'failed', doneText(facts));
  const first = facts.errors[0];
  const why = first === undefined ? lastError(end.stderr) : diagnosticText(first);
  const refresh = summary?.maybeCorrupt === true ? ' The state may need `pulumi refresh`.' : '';
  return {
    outcome: 'failed',
    reason: 'deployment-failed',
    message: `The update of ${stack} failed${codeText(end)}: ${why}. ${doneText(facts)}${refresh}`,
    evidence: { stack, changed: facts.done.length, failed: facts.failed.map(({ urn }) => resourceText(urn)) },
    next: 'Correct the cause and deploy again, or roll back: what was changed before the failure stays changed.',
  };
}

function stale(stack: string, violation: Diagnostic, outcome: 'superseded' | 'failed', what: string): Result {
  return {
    outcome,
    reason: 'plan-stale',
    message: `What would happen to ${stack} is no longer what was previewed: ${diagnosticText(violation)}. ${what}`,
    evidence: { stack },
    next: 'Start the whole run again: that makes a new preview, and people see what has changed since.',
  };
}

/** The engine’s words for a step that the plan does not have, or has and did not come. */
function isViolation({ message }: Diagnostic): boolean {
  return isViolationText(message);
}

function isViolationText(text: string): boolean {
  return /violates plan|Expected resource operations for \S+ but none were seen/.test(text);
}

function explain(end: ToolEnd, { failed, done, errors, preview, other }: UpdateFacts): readonly string[] {
  if (end.code === 0 && failed.length === 0 && errors.length === 0) return [];
  const words = (operations: readonly Operation[], how: string) =>
    operations.map(({ operation, urn }) => `${operation} ${resourceText(urn)}: ${how}`);
  const before = (preview?.diagnostics ?? []).filter(({ severity }) => severity === 'error');
  const said = [...before, ...errors].map(diagnosticText).flatMap(text => text.split('\n'));
  return [...words(failed, 'failed'), ...said, ...words(done, 'done before that'), ...linesOf(end.stderr), ...other];
}

function doneText({ done }: UpdateFacts): string {
  const changed = new Set(done.map(({ urn }) => urn)).size;
  if (changed === 0) return 'No resource was changed.';
  return `${changed === 1 ? 'One resource was' : `${changed} resources were`} changed before that.`;
}

function leftOpen({ open }: UpdateFacts): string {
  if (open.length === 0) return '';
  return `Of ${open.map(({ urn }) => resourceText(urn)).join(', ')} it is not known how it went on.`;
}

function codeText({ code }: ToolEnd): string {
  return code === undefined ? ' (ended by a signal)' : ` (exit code ${code})`;
}

/** The last line that begins with `error:`, without that word; or the last line at all. */
function lastError(stderr: string): string {
  const lines = linesOf(stderr);
  const error = lines.findLast(line => /^error: /i.test(line)) ?? lines.at(-1);
  return error?.replace(/^error: /i, '').replace(/\.$/, '') ?? 'it did not say why';
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line.trim() !== '');
}
