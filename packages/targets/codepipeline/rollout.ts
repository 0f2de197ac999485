import type { Result } from '#core/outcome';
import type { Ending, Rollout } from '#core/target';
import { followAutomaticRollback } from './automatic-rollback.ts';
import { consoleLink, type PipelineContext } from './context.ts';
import { explainEnding } from './explain.ts';
import { type ExecutionEnding, type Followed, followExecution } from './follow.ts';
import { failedActions, pathOf } from './judge.ts';
import { observePipeline, standingOf } from './observe.ts';
import { pipelineSnapshot } from './snapshot.ts';
import { askToStop, stopAndFollow } from './stop.ts';
import type { Structure } from './structure.ts';

/** The execution of a release, followed by its own id. */
export function createRollout(
  context: PipelineContext,
  structure: Structure,
  followed: Followed,
  adopted: boolean,
): Rollout {
  let last: ExecutionEnding | undefined;
  const end = (ending: ExecutionEnding): Promise<Ending> => {
    last = ending;
    return endingOf(context, structure, ending);
  };

  return {
    identity: [followed.id],
    adopted,

    async follow() {
      const ending = await followExecution(context, followed);
      // It runs something that nobody has released; what is not ours is left to whoever started it.
      if (ending.reason === 'revision-differs' && !ending.final && !adopted) {
        return end(await stopAndFollow(context, ending, 'It took another revision than the one that is released.'));
      }
      return end(await followAutomaticRollback(context, structure, ending));
    },

    async takeBack() {
      if (last === undefined) throw new Error('an execution that was not followed cannot be taken back');
      return end(last.final ? last : await stopAndFollow(context, last, stopWords(context)));
    },

    async letGo() {
      if (last === undefined || last.final) return [];
      const { text } = await askToStop(context, last, stopWords(context));
      return [text];
    },
  };
}

/** CodePipeline shows it beside the stopped execution. */
export function stopWords({ runToken }: PipelineContext): string {
  return `Stopped by the run ${runToken} of release-actions.`;
}

/** How an execution ended, why, and what runs now. A run that is being cancelled has no time for either. */
export async function endingOf(
  context: PipelineContext,
  structure: Structure,
  ending: ExecutionEnding,
): Promise<Ending> {
  const result = resultOf(context, ending);
  if (ending.reason === 'cancelled') return { ...result, after: null, explanation: [] };
  const explanation = ending.outcome === 'succeeded' ? [] : await explainEnding(context, ending);
  return { ...result, after: await whatRunsNow(context, structure), explanation };
}

function resultOf(context: PipelineContext, ending: ExecutionEnding): Result {
  const { outcome, reason, message, followed, seen } = ending;
  const [failed] = failedActions(seen.actions);
  const { errorDetails, externalExecutionUrl } = failed?.output?.executionResult ?? {};
  return {
    outcome,
    reason,
    message,
    evidence: {
      pipeline: followed.pipeline,
      execution: followed.id,
      status: seen.execution.status ?? 'unknown',
      url: consoleLink(context.region, followed.pipeline, followed.id),
      ...(followed.wanted === undefined ? {} : { revision: followed.wanted.revision }),
      ...(failed === undefined ? {} : { action: pathOf(failed) }),
      ...(errorDetails?.code === undefined ? {} : { code: errorDetails.code }),
      ...(externalExecutionUrl === undefined ? {} : { link: externalExecutionUrl }),
    },
  };
}

/** Null where it cannot be seen: how an execution ended must not get lost over that. */
async function whatRunsNow(context: PipelineContext, { name, deploying }: Structure) {
  try {
    const observed = await observePipeline(context, name, deploying);
    const standing = observed === undefined ? undefined : standingOf(observed);
    return standing === undefined || standing.stages.length === 0 ? null : pipelineSnapshot(standing);
  } catch {
    return null;
  }
}
