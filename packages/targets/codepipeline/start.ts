import { createHash } from 'node:crypto';
import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { CodePipelineComponent } from '#core/flow/targets/codepipeline';
import type { Applied, Ending } from '#core/target';
import { type Choice, chooseExecution } from './choose.ts';
import { beat, consoleLink, type PipelineContext, shortId } from './context.ts';
import { recentExecutions } from './observe.ts';
import { createRollout } from './rollout.ts';
import type { Structure, Wanted } from './structure.ts';

export interface StartPlan {
  readonly component: CodePipelineComponent;
  readonly structure: Structure;
  readonly wanted: Wanted;
  /** Executions that were there when the change was planned. */
  readonly known: ReadonlySet<string>;
  /** How long the execution of a push is waited for, in ms; 0 where none can come. */
  readonly grace: number;
}

/** Takes up the execution of this release, or starts one: never two. */
export async function startOrAdopt(context: PipelineContext, plan: StartPlan): Promise<Applied> {
  const { clock, report } = context;
  const { component, structure, wanted } = plan;
  const { name } = structure;
  const deadline = clock.now() + component.timeout;
  const choice = await choose(context, plan, deadline);
  if (choice.kind === 'wait') return { kind: 'ended', ending: notStarted(context, plan, choice.why) };
  const followed = { pipeline: name, deadline, wanted, expected: component.expected, alert: component.alert };
  if (choice.kind === 'follow') {
    const { pipelineExecutionId: id = '', startTime, trigger } = choice.execution;
    const link = consoleLink(context.region, name, id);
    const text = `adopting the execution ${shortId(id)} (${trigger?.triggerType ?? 'unknown'}): ${link}`;
    report({ subject: name, text, level: 'info' });
    const startedAt = startTime?.getTime() ?? clock.now();
    const rollout = createRollout(context, structure, { ...followed, id, startedAt }, true);
    return { kind: 'started', rollout, changes: rows(plan, `${wanted.revision} (execution ${shortId(id)}, adopted)`) };
  }
  const started = await start(context, plan);
  if (typeof started !== 'string') return { kind: 'ended', ending: started };
  const link = consoleLink(context.region, name, started);
  report({ subject: name, text: `started the execution ${shortId(started)}: ${link}`, level: 'info' });
  const rollout = createRollout(context, structure, { ...followed, id: started, startedAt: clock.now() }, false);
  return { kind: 'started', rollout, changes: rows(plan, `${wanted.revision} (execution ${shortId(started)})`) };
}

function rows({ structure }: StartPlan, after: string) {
  return [{ what: `pipeline ${structure.name}`, before: '', after }];
}

/** Looks again and again while it is not clear which execution is the one. `wait`: broken off, by the clock or a person. */
async function choose(context: PipelineContext, plan: StartPlan, deadline: number): Promise<Choice> {
  const { pipelines, clock, random, report, signal, runToken } = context;
  const { component, structure, wanted, known } = plan;
  const graceEnds = clock.now() + plan.grace;
  let told = '';
  for (;;) {
    const choice = chooseExecution({
      executions: await pipelines.executions(structure.name, recentExecutions),
      wanted,
      known,
      start: component.start,
      now: clock.now(),
      graceEnds,
      firstAttempt: /-1$/.test(runToken),
    });
    if (choice.kind !== 'wait' || signal.aborted || clock.now() >= deadline) return choice;
    if (choice.why !== told) report({ subject: structure.name, text: `waits for ${choice.why}`, level: 'info' });
    told = choice.why;
    await clock.sleep(beat * (0.9 + 0.2 * random()), signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** An execution that CodePipeline refuses to start has changed nothing. */
async function start(
  { pipelines, runToken }: PipelineContext,
  { component, structure, wanted }: StartPlan,
): Promise<string | Ending> {
  const { name } = structure;
  const { action: actionName, revisionType } = wanted.source;
  const variables = Object.entries(component.variables).map(([key, value]) => ({ name: key, value }));
  try {
    return await pipelines.start({
      name,
      clientRequestToken: tokenOf(runToken, name, wanted.revision, JSON.stringify(variables)),
      ...(structure.isV2 ? { sourceRevisions: [{ actionName, revisionType, revisionValue: wanted.revision }] } : {}),
      ...(variables.length === 0 ? {} : { variables }),
    });
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'refused') throw error;
    return { ...findingOf(error), outcome: 'refused', after: null, explanation: [] };
  }
}

/** The same for the same work of the same run, so that a start whose answer was lost is not a second one. */
function tokenOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function notStarted({ signal }: PipelineContext, { structure, wanted }: StartPlan, why: string): Ending {
  const evidence = { pipeline: structure.name, revision: wanted.revision };
  const rest = { evidence, after: null, explanation: [] };
  if (signal.aborted) {
    const message = `Cancelled while it was waited for ${why}; no execution of ${structure.name} was started.`;
    return { outcome: 'stopped', reason: 'cancelled', message, ...rest };
  }
  const message = `The time is up while it was waited for ${why}; no execution of ${structure.name} was started.`;
  return { outcome: 'timed-out', reason: 'timed-out', message, ...rest };
}
