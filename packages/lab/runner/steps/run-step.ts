import type { Frame, JobSession, OpenStep, Status, StepContext } from '../job/session.ts';
import type { Result } from '../language/conditions.ts';
import { evaluateExpression, isTruthy, resolveBoolean, resolveNumber, resolveTexts } from '../language/expressions.ts';
import type { StepDefinition } from '../language/workflow.ts';
import { runScript } from './run-script.ts';
import { stepScope } from './scope.ts';
import { useAction } from './use-action.ts';

const MINUTE = 60_000;

/** Runs one step of a job or of a composite action, and puts what became of it into its frame. */
export async function runStep(
  session: JobSession,
  frame: Frame,
  definition: StepDefinition,
  step: OpenStep,
): Promise<StepContext> {
  const end = await attempt(session, frame, definition, step);
  const context = { outputs: Object.fromEntries(step.outputs), ...end };
  if (definition.id !== '' && !definition.id.startsWith('__')) frame.steps.set(definition.id, context);
  if (end.conclusion === 'failure' && frame.status === 'success') frame.status = 'failure';
  return context;
}

interface StepEnd {
  readonly outcome: Result;
  readonly conclusion: Result;
}

async function attempt(
  session: JobSession,
  frame: Frame,
  definition: StepDefinition,
  step: OpenStep,
): Promise<StepEnd> {
  const failed = (error: unknown): StepEnd => {
    step.log.fail(error);
    return { outcome: 'failure', conclusion: 'failure' };
  };
  let env: Record<string, string>;
  let timeout: number | undefined;
  let continues: boolean;
  // Asked again when the job is cancelled: a step whose condition still holds goes on.
  const wanted = () => isTruthy(evaluateExpression(definition.if.expression, stepScope(session, frame, env)));
  try {
    env = resolveTexts(definition.env, stepScope(session, frame));
    if (!wanted()) return { outcome: 'skipped', conclusion: 'skipped' };
    const scope = stepScope(session, frame, env);
    timeout = definition.timeoutMinutes === undefined ? undefined : resolveNumber(definition.timeoutMinutes, scope);
    continues = definition.continueOnError !== undefined && resolveBoolean(definition.continueOnError, scope);
  } catch (error) {
    return failed(error);
  }

  const undo = [
    frame.stop.cancelled ? undefined : frame.stop.onCancel(reason => (wanted() ? undefined : step.stop.cancel(reason))),
    timeout === undefined ? undefined : stopAfter(session, step, timeout),
  ];
  let result: Status;
  try {
    result = await perform(session, frame, definition, step, env);
  } catch (error) {
    result = failed(error).outcome === 'failure' ? 'failure' : 'success';
  } finally {
    for (const one of undo) one?.();
  }
  const outcome = outcomeOf(step, result);
  if (outcome === 'cancelled') step.log.annotate('error', 'The operation was canceled.');
  return { outcome, conclusion: outcome === 'failure' && continues ? 'success' : outcome };
}

const TIMED_OUT = 'timed out';

function stopAfter(session: JobSession, step: OpenStep, minutes: number): () => void {
  const { clock } = session.surroundings;
  return clock.at(clock.now() + minutes * MINUTE, () => {
    step.log.annotate('error', `The action '${step.record.name}' has timed out after ${minutes} minutes.`);
    step.stop.cancel(TIMED_OUT);
  });
}

/** A step that was told to stop is cancelled however it ended; one that ran out of time has failed. */
function outcomeOf(step: OpenStep, result: Status): Status {
  if (!step.stop.cancelled) return result;
  return step.stop.reason === TIMED_OUT ? 'failure' : 'cancelled';
}

async function perform(
  session: JobSession,
  frame: Frame,
  { work }: StepDefinition,
  step: OpenStep,
  env: Readonly<Record<string, string>>,
): Promise<Status> {
  if (work.kind === 'run') return runScript(session, frame, step, work, env);
  return useAction(session, frame, step, work, env);
}
