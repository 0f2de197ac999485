import type { PipelineExecutionSummary } from '#aws/codepipeline';
import { AwsCallError } from '#aws/errors';
import { beat, type PipelineContext, shortId } from './context.ts';
import { type ExecutionEnding, followExecution } from './follow.ts';
import { failedActions } from './judge.ts';
import type { Structure } from './structure.ts';

/** How long the execution that rolls a failed stage back is waited for, in ms. */
const appears = 60_000;
/** How long it may take, in ms. */
const rollbackTime = 30 * 60_000;

/**
 * A stage that rolls back by itself does so in an execution of its own: the failed one stays Failed. Followed to its end; the
 * ending as it was where no such execution comes, as when nothing was ever successful in this structure.
 */
export async function followAutomaticRollback(
  context: PipelineContext,
  structure: Structure,
  ending: ExecutionEnding,
): Promise<ExecutionEnding> {
  const { pipeline, id } = ending.followed;
  const stage = failedActions(ending.seen.actions)[0]?.stageName ?? '';
  if (ending.outcome !== 'failed' || !structure.rollsBack.has(stage)) return ending;
  const back = await findRollback(context, pipeline, id);
  if (back?.pipelineExecutionId === undefined) {
    return { ...ending, message: `${ending.message} No execution came that rolls ${stage} back.` };
  }
  const name = `execution ${shortId(back.pipelineExecutionId)}`;
  context.report({ subject: pipeline, text: `${stage} rolls back by itself in the ${name}`, level: 'warning' });
  const { clock } = context;
  const followed = await followExecution(context, {
    pipeline,
    id: back.pipelineExecutionId,
    startedAt: back.startTime?.getTime() ?? clock.now(),
    deadline: clock.now() + rollbackTime,
  });
  if (followed.outcome === 'succeeded') {
    const target = shortId(back.rollbackMetadata?.rollbackTargetPipelineExecutionId);
    const message = `${ending.message} CodePipeline rolled ${stage} back to ${revisionText(back)}, the execution ${target}.`;
    return { ...ending, outcome: 'rolled-back', message };
  }
  // It goes on by itself: nobody stops a rollback half-way.
  if (followed.reason === 'cancelled') {
    const message = `Cancelled while CodePipeline rolls ${stage} back in the ${name}, which goes on by itself. ${ending.message}`;
    return { ...ending, outcome: 'stopped', reason: 'cancelled', message, final: true };
  }
  const message = `${ending.message} So did the rollback of ${stage}: ${followed.message}`;
  return { ...ending, reason: 'rollback-failed', message };
}

async function findRollback({ pipelines, clock, signal }: PipelineContext, pipeline: string, failed: string) {
  const until = clock.now() + appears;
  for (;;) {
    const found = (await pipelines.executions(pipeline, 20)).find(each => rollsBack(each, failed));
    if (found !== undefined || clock.now() >= until || signal.aborted) return found;
    await clock.sleep(beat, signal).catch((error: unknown) => {
      if (!signal.aborted || error instanceof AwsCallError) throw error;
    });
  }
}

/** `triggerDetail` is `{"FailedPipelineExecutionId":"…"}`: https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback-view-listing.html */
function rollsBack({ trigger }: PipelineExecutionSummary, failed: string): boolean {
  return trigger?.triggerType === 'AutomatedRollback' && (trigger.triggerDetail ?? '').includes(failed);
}

function revisionText({ sourceRevisions = [] }: PipelineExecutionSummary): string {
  const [first] = sourceRevisions;
  return first === undefined ? 'an earlier revision' : `${first.revisionId} (${first.revisionSummary ?? ''})`;
}
