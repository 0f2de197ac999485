import type { ActionEnd, Kit } from '#action-kit/kit';
import { notAskedFor } from '#action-kit/not-asked-for';
import { targetRuntime } from '#action-kit/runtime';
import { createSessions } from '#aws/open-session';
import { formatDuration } from '#core/duration';
import { judge, type Verdict } from '#core/verdict';
import { watchVerdict } from '#core/watch/verdict';
import { watch } from '#verify/watch/watch';
import type { Inputs } from './inputs.ts';
import { createObservers } from './observers.ts';
import { createProgress } from './progress.ts';
import { openRecord } from './record.ts';
import { summarise } from './summary.ts';
import { planFor, readWork } from './work.ts';

/** Watches alarms, limits and services for the stated time, and ends early when something is wrong for good. */
export async function monitor(kit: Kit, inputs: Inputs, open = openRecord): Promise<ActionEnd> {
  const { clock, random, signal, log } = kit;
  const runtime = targetRuntime(kit);
  const plan = planFor(inputs);
  if (plan !== undefined && plan.environment.watch === undefined && inputs.duration === undefined)
    return notAskedFor(plan, 'watch');
  const work = readWork(inputs, plan, runtime.defaultRegion);
  const record = await open(kit, inputs, plan);
  const observers = await createObservers(kit, createSessions(runtime)(work), work);
  if (inputs.dryRun) return onlyLooked();

  log.info(`Watching for ${formatDuration(work.duration)}, and 3 min more for numbers that arrive late`);
  const progress = createProgress(line => log.info(line));
  const { views, cancelled, watched } = await watch({
    ...{ observers, clock, random, signal, progress },
    duration: work.duration,
  });
  const verdict = cancelled ? cancelledVerdict(watchVerdict(views), watched) : watchVerdict(views);
  kit.summary(summarise(verdict, views, { watched, duration: work.duration }));
  await record(verdict);
  const checks = views.map(({ rule, limit, worst, samples }) => ({
    ...{ check: rule.rule, verdict: rule.verdict, limit, worst, samples },
  }));
  return { kind: 'verdict', verdict, details: { watched, duration: work.duration, checks }, waitIsGreen: false };
}

/** What was seen until then is told, but it decides nothing: the time was not over. */
function cancelledVerdict(soFar: Verdict, watched: number): Verdict {
  const message = `The run was cancelled after ${formatDuration(watched)} of watching.`;
  return judge([
    { rule: 'cancelled', verdict: 'error', reason: 'cancelled', message, evidence: { watched } },
    ...soFar.rules,
  ]);
}

/** Everything that is named exists; nothing was watched, so this is no pass, but the step is green. */
function onlyLooked(): ActionEnd {
  const message = 'Everything that is to be watched exists; nothing was watched.';
  const verdict = { verdict: 'wait', reason: 'dry-run', message, evidence: {}, rules: [] } as const;
  return { kind: 'verdict', verdict, details: { checks: [] }, waitIsGreen: true };
}
