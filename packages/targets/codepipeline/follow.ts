import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import { unlessMissing } from '#aws/missing';
import type { Outcome, Result } from '#core/outcome';
import type { Reason } from '#core/reasons';
import { lostSight } from '#core/target';
import { type PipelineContext, type Seen, shortId } from './context.ts';
import { actionsAtWork, type Judgement, judgeExecution } from './judge.ts';
import { closedBy } from './observe.ts';
import type { Wanted } from './structure.ts';
import { createTeller, type Told } from './tell.ts';

/** One execution, known by its id. */
export interface Followed extends Told {
  readonly id: string;
  readonly deadline: number;
  /** Absent for an execution that goes back. */
  readonly wanted?: Wanted | undefined;
}

export interface ExecutionEnding {
  readonly followed: Followed;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly message: string;
  readonly seen: Seen;
  /** False: given up on while CodePipeline still works at it. */
  readonly final: boolean;
  /** Why it could not be followed any more. */
  readonly lost?: Result;
}

/** How long an execution that was started may be unknown to those who ask for it, in ms. */
const appears = 60_000;

/** Reads an execution with its actions; undefined where CodePipeline does not know it (yet). */
export async function look(
  { pipelines }: Pick<PipelineContext, 'pipelines'>,
  name: string,
  id: string,
): Promise<Seen | undefined> {
  const asked = Promise.all([pipelines.execution(name, id), pipelines.actions(name, id)]);
  const [execution, actions] = (await unlessMissing('PipelineExecutionNotFoundException', asked)) ?? [];
  return execution === undefined || actions === undefined ? undefined : { execution, actions };
}

/** Follows one execution to its end, or to the moment when it is given up, or out of sight. */
export async function followExecution(context: PipelineContext, followed: Followed): Promise<ExecutionEnding> {
  let last = nothingSeen;
  const see = (seen: Seen | undefined) => {
    last = seen ?? last;
    return seen;
  };
  try {
    return await followWhileSeen(context, followed, see);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const what = `The execution ${shortId(followed.id)} of ${followed.pipeline} cannot be followed any more.`;
    const lost = lostSight(findingOf(error), what);
    const { outcome, reason, message } = lost;
    return { followed, outcome, reason, message, seen: last, final: false, lost };
  }
}

async function followWhileSeen(
  context: PipelineContext,
  followed: Followed,
  see: (seen: Seen | undefined) => Seen | undefined,
): Promise<ExecutionEnding> {
  const { clock, executions, signal } = context;
  const { pipeline, id, deadline, wanted } = followed;
  const begun = clock.now();
  const teller = createTeller(context, followed);
  let seen = see(await look(context, pipeline, id));
  for (;;) {
    const judgement = seen === undefined ? unseen(followed, clock.now() - begun) : judge(seen);
    if (seen !== undefined) teller.actions(seen.actions);
    if (judgement.kind !== 'going') {
      const { kind, outcome, reason, message } = judgement;
      return { followed, outcome, reason, message, seen: seen ?? nothingSeen, final: kind === 'ended' };
    }
    if (signal.aborted) {
      const at = actionsAtWork(seen?.actions ?? []).map(action => action.stageName);
      const message = `Cancelled while the execution ${shortId(id)} of ${pipeline} was at ${at[0] ?? 'no action'}.`;
      return { followed, outcome: 'stopped', reason: 'cancelled', message, seen: seen ?? nothingSeen, final: false };
    }
    teller.durations();
    if (seen !== undefined && actionsAtWork(seen.actions).length === 0)
      teller.waiting(await whyItWaits(context, followed));
    // At the next beat, or at once and without an answer when the run is cancelled.
    seen = see(await executions.next(`${pipeline}/${id}`)) ?? seen;
  }

  function judge({ execution, actions }: Seen): Judgement {
    return judgeExecution({ pipeline, execution, actions, wanted, now: clock.now(), deadline });
  }
}

const nothingSeen: Seen = { execution: {}, actions: [] };

function unseen({ pipeline, id }: Followed, since: number): Judgement {
  if (since < appears) return { kind: 'going' };
  const message = `CodePipeline does not show the execution ${id} of ${pipeline}, so nothing is known of it.`;
  return { kind: 'ended', outcome: 'failed', reason: 'deployment-failed', message };
}

/** Between two stages: behind another execution, or before a transition that somebody has closed. */
async function whyItWaits({ pipelines }: PipelineContext, { pipeline, id }: Followed) {
  const stages = await pipelines.stages(pipeline);
  const stage = stages.find(({ inboundExecution, inboundExecutions = [] }) =>
    [inboundExecution, ...inboundExecutions].some(execution => execution?.pipelineExecutionId === id),
  );
  if (stage === undefined) return undefined;
  const transition = stage.inboundTransitionState;
  if (transition?.enabled === false) {
    const text = `waits before ${stage.stageName}, whose transition was closed${closedBy(transition)}`;
    return { text, level: 'warning' as const };
  }
  const other = stage.latestExecution?.pipelineExecutionId;
  return { text: `waits before ${stage.stageName} for the execution ${shortId(other)}`, level: 'info' as const };
}
