import { gitHubAccess } from '#action-kit/github-access';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { writtenDown } from '#action-kit/thrown';
import type { PartEnd } from '#core/journal/event';
import type { Result } from '#core/outcome';
import { partNames } from '#core/plan/parts';
import type { Plan } from '#core/plan/plan';
import { few } from '#core/report/few';
import { table } from '#core/report/markdown';
import { outcomeMark } from '#core/report/outcome-mark';
import { jobsUnderWay } from '#github/jobs';
import type { Writer } from '#github/journal/append';
import { assertStillHolder } from '#github/journal/lock';
import { createWriter } from '#github/writer';
import { conclude } from './conclude.ts';
import type { Inputs } from './inputs.ts';
import { openRecord } from './open-record.ts';

type Ends = Readonly<Record<string, PartEnd>>;

/** Waits until every part of the release has ended, and says what they came to together: the release is judged once, as a whole. */
export async function awaitParts(kit: Kit, inputs: Inputs, plan: Plan): Promise<ActionEnd> {
  const names = partNames(plan.parts);
  if (inputs.dryRun) return { kind: 'outcome', result: onlyLooked(names), details: {} };
  const record = await openRecord(kit, inputs, { waves: plan.waves, artifacts: plan.artifacts, plan, part: 'all' });
  const writer = createWriter(gitHubAccess(kit, inputs.githubToken));
  const ends = await untilAllEnded(kit, writer, plan.environment.name, names);
  const results = names.map(part => ({ part, ...resultOf(kit, part, ends[part]) }));
  kit.summary(page(results));
  // A part that only went well where it had something to change counts as a change.
  const ended = conclude(results.map(result => ({ ...result, changed: result.outcome === 'succeeded' })));
  const result = await writtenDown(ended, () => record.finish(ended));
  return { kind: 'outcome', result, details: { parts: results } };
}

/** Between two looks, in ms; and every how many looks GitHub is asked which jobs there are. */
const rhythm = { pause: 15_000, jobs: 4 };

async function untilAllEnded(
  { clock, log, signal }: Kit,
  writer: Writer,
  environment: string,
  names: readonly string[],
): Promise<Ends> {
  const told = new Set<string>();
  for (let look = 1; ; look += 1) {
    // Asked first: whoever has ended by then has written down what it came to.
    const alone = look % rhythm.jobs === 0 && (await jobsUnderWay(writer.github, writer.run)).length <= 1;
    const ends = (await assertStillHolder(writer, environment)).state.attempt?.parts ?? {};
    for (const [part, { outcome, message }] of Object.entries(ends)) {
      if (!told.has(part)) log.info(`part ${part}: ${outcome}: ${message}`);
      told.add(part);
    }
    if (names.every(part => Object.hasOwn(ends, part)) || alone || signal.aborted) return ends;
    await clock.sleep(rhythm.pause, signal).catch(() => undefined);
  }
}

function resultOf({ signal }: Kit, part: string, end: PartEnd | undefined): Result {
  if (end !== undefined) return end;
  if (signal.aborted) {
    const message = `The run was cancelled while part ${part} was under way.`;
    return { outcome: 'stopped', reason: 'cancelled', message, evidence: { part } };
  }
  const message = `The job of part ${part} is over, and has not said what it came to.`;
  const next = 'Look at that job. When its cause is gone, start the whole run again, not only its failed jobs.';
  return { outcome: 'failed', reason: 'part-lost', message, evidence: { part }, next };
}

function page(results: readonly (Result & { readonly part: string })[]): string {
  const rows = results.map(({ part, outcome, message }) => [part, outcomeMark(outcome), message]);
  return ['### Deployment', '', table(['part', 'outcome', ''], rows), ''].join('\n');
}

function onlyLooked(names: readonly string[]): Result {
  const message = `Nothing was waited for: ${few(names)} are only looked at.`;
  return { outcome: 'no-op', reason: 'dry-run', message, evidence: {} };
}
