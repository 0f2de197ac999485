import type { Stack, StackEvent } from '#aws/cloudformation';
import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Evidence } from '#core/finding';
import type { Result } from '#core/outcome';
import type { Snapshot } from '#core/receipt';
import { type Ending, lostSight, type Rollout } from '#core/target';
import type { StackContext } from './context.ts';
import { explainFailure } from './explain.ts';
import { describeFailure } from './failures.ts';
import { followOperation, type Operation, type OperationEnding } from './follow.ts';
import type { StackGoal } from './goal.ts';
import { judgeOutputs } from './outputs.ts';
import { outputsOf, snapshotOf } from './take-snapshot.ts';

/** How long CloudFormation may take for going back, in ms. */
const wayBackTime = 60 * 60_000;

/** One operation on one stack, followed by its own events. */
export function createRollout(context: StackContext, goal: StackGoal, operation: Operation, adopted: boolean): Rollout {
  const { stack, token } = operation;
  let told: Ending = { ...unfollowed(operation), after: null, explanation: [] };
  let final = false;

  /** What a service answers never makes a rollout throw: what cannot be seen any more is a failure that says so. */
  const follow = async (how: StackContext, which: Operation): Promise<Ending> => {
    try {
      const ending = await followOperation(how, which);
      final = ending.final;
      told = await endingOf(how, goal, which, ending);
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      const lost = lostSight(findingOf(error), `The operation on ${stack} cannot be followed any more.`);
      told = { ...lost, evidence: { ...lost.evidence, stack, token }, after: null, explanation: [] };
    }
    return told;
  };

  return {
    identity: [token],
    adopted,
    follow: () => follow(context, operation),

    async takeBack() {
      if (final) return told;
      const cause = told;
      const asked = await askBack(context, operation);
      context.report({ subject: stack, text: asked.text, level: 'warning' });
      if (!asked.worthFollowing) return cause;
      const deadline = context.clock.now() + wayBackTime;
      const back = await follow({ ...context, signal: new AbortController().signal }, { ...operation, deadline });
      if (back.outcome === 'succeeded') {
        const message = `${cause.message} It came about all the same, too late to be cancelled.`;
        told = { ...back, outcome: cause.outcome, reason: cause.reason, message };
        return told;
      }
      // What made us take it back is the reason; how that went is the outcome.
      if (back.outcome !== 'rolled-back') return back;
      told = { ...back, reason: cause.reason, message: `${cause.message} CloudFormation took the change back.` };
      return told;
    },

    letGo: async () => [(await askBack(context, operation)).text],
  };
}

function unfollowed({ stack, token }: Operation): Result {
  const message = `The operation on ${stack} was begun and not followed.`;
  return { outcome: 'failed', reason: 'deployment-failed', message, evidence: { stack, token } };
}

interface Asked {
  readonly worthFollowing: boolean;
  readonly text: string;
}

/** Only an update can be cancelled, and only until its last resource is done. Source: API Reference, CancelUpdateStack. */
async function askBack({ cloudformation }: StackContext, { kind, stack, stackId, token }: Operation): Promise<Asked> {
  if (kind !== 'update') {
    const what = kind === 'create' ? 'creation of a stack' : 'import';
    return { worthFollowing: false, text: `CloudFormation cannot cancel the ${what}: ${stack} goes on by itself.` };
  }
  try {
    await cloudformation.cancelUpdate(stackId, `${token}-back`.slice(-128));
    return {
      worthFollowing: true,
      text: `CloudFormation was asked to cancel the update of ${stack} and takes it back.`,
    };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const text = `CloudFormation does not cancel the update of ${stack}: ${findingOf(error).message}`;
    return { worthFollowing: error.kind === 'refused', text };
  }
}

async function endingOf(
  context: StackContext,
  goal: StackGoal,
  { stack, stackId, token, kind }: Operation,
  ending: OperationEnding,
): Promise<Ending> {
  const { outcome, reason, events } = ending;
  const operation = events.find(event => event.ClientRequestToken === token)?.OperationId;
  const evidence = { stack, token, ...(operation === undefined ? {} : { operation }) };
  if (outcome !== 'succeeded') {
    const { cause, lines } = await explainFailure(context, events);
    // A nested stack’s failure is told by its parent in words that say nothing: the resource inside of it is the cause.
    const message = cause?.name.includes('›') ? `${describeFailure(cause)}. ${ending.message}` : ending.message;
    const failed = cause === undefined ? {} : { resource: cause.name, resourceReason: cause.reason };
    const nothing = kind === 'create' && outcome === 'rolled-back';
    const after = nothing || !ending.final ? null : await whatIsThere(context, goal, stackId);
    return { outcome, reason, message, evidence: { ...evidence, ...failed }, after, explanation: lines };
  }
  const now = await context.cloudformation.stack(stackId);
  if (now === undefined || hasMovedOn(now, events)) return succeededBefore(goal, ending, evidence);
  const outputs = outputsOf(now);
  const listed = Object.entries(outputs).map(([key, value]) => `${key}=${value}`);
  const wrong = judgeOutputs(stack, goal.policy.outputs, outputs);
  const result = {
    evidence: { ...evidence, outputs: listed },
    after: await snapshotOf(context, now, goal.bucket),
    explanation: [],
  };
  if (wrong !== undefined) {
    return { ...result, ...wrong, outcome: 'failed', evidence: { ...result.evidence, ...wrong.evidence } };
  }
  const shown = listed.length === 0 ? '' : ` Outputs: ${listed.join(', ')}.`;
  return { ...result, outcome, reason, message: `${ending.message}${shown}` };
}

/** Whether somebody has begun the next update already: what the stack shows is theirs then. */
function hasMovedOn({ LastUpdatedTime }: Stack, events: readonly StackEvent[]): boolean {
  const end = events.at(-1)?.Timestamp;
  return LastUpdatedTime !== undefined && end !== undefined && LastUpdatedTime >= end;
}

/** Ours came about; what it left cannot be seen any more. Outputs that were expected and never seen are no success. */
function succeededBefore({ stack, policy }: StackGoal, ending: OperationEnding, evidence: Evidence): Ending {
  const message = `${ending.message} Somebody else’s change began right after it, so its outputs were not seen.`;
  const unseen = Object.keys(policy.outputs).length > 0;
  const end = unseen
    ? ({ outcome: 'superseded', reason: 'superseded-by-another' } as const)
    : { outcome: ending.outcome, reason: ending.reason };
  return { ...end, message, evidence: { ...evidence, stack }, after: null, explanation: [] };
}

/** Null where it cannot be seen: how an operation ended must not get lost over that. */
async function whatIsThere(context: StackContext, goal: StackGoal, stackId: string): Promise<Snapshot | null> {
  try {
    const stack = await context.cloudformation.stack(stackId);
    return stack === undefined ? null : await snapshotOf(context, stack, goal.bucket);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    return null;
  }
}
