import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import { type PipelineContext, shortId } from './context.ts';
import { type ExecutionEnding, followExecution } from './follow.ts';
import { actionsAtWork, isApproval, pathOf } from './judge.ts';

interface Asked {
  /** Whether the execution is coming to its end, or has come to it by itself. */
  readonly worthFollowing: boolean;
  readonly text: string;
}

/**
 * What is at work is let come to its end: a deploy action that is abandoned leaves a state that nobody knows. An approval does
 * nothing and would be waited for; it is abandoned.
 */
export async function askToStop({ pipelines }: PipelineContext, ending: ExecutionEnding, why: string): Promise<Asked> {
  const { pipeline, id } = ending.followed;
  const atWork = actionsAtWork(ending.seen.actions);
  const abandon = atWork.length > 0 && atWork.every(isApproval);
  const name = `execution ${shortId(id)} of ${pipeline}`;
  try {
    await pipelines.stop(pipeline, id, abandon, why);
    const working = atWork.filter(action => !isApproval(action)).map(pathOf);
    const rest = working.length > 0 ? `: ${working.join(', ')} comes to its end, nothing behind it begins` : '';
    return { worthFollowing: true, text: `CodePipeline was asked to stop the ${name}${rest}.` };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    if (error.code === 'DuplicatedStopRequestException') {
      return { worthFollowing: true, text: `The ${name} is being stopped already.` };
    }
    if (error.code === 'PipelineExecutionNotStoppableException') {
      return { worthFollowing: true, text: `The ${name} could not be stopped any more.` };
    }
    const { message, next } = findingOf(error);
    const text = [`The ${name} goes on, for it could not be stopped: ${message}`, next].flatMap(part => part ?? []);
    return { worthFollowing: false, text: text.join(' → ') };
  }
}

/** How long the actions that are at work may take for coming to their end, in ms. */
const stopTime = 30 * 60_000;

/** Stops an execution that was given up on and follows it to its end. What made us give it up stays the reason. */
export async function stopAndFollow(
  context: PipelineContext,
  ending: ExecutionEnding,
  why: string,
): Promise<ExecutionEnding> {
  const { clock, report } = context;
  const { text, worthFollowing } = await askToStop(context, ending, why);
  report({ subject: ending.followed.pipeline, text, level: 'warning' });
  if (!worthFollowing) return { ...ending, message: `${ending.message} ${text}` };
  const { wanted: _, ...followed } = { ...ending.followed, deadline: clock.now() + stopTime };
  const ended = await followExecution({ ...context, signal: new AbortController().signal }, followed);
  const status = ended.seen.execution.status ?? 'unknown';
  const message = `${ending.message} ${text} It is ${status} now.`;
  return { ...ending, message, seen: ended.seen, final: ended.final };
}
