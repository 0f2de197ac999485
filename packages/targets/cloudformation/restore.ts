import type { Finding } from '#core/finding';
import type { StackCapability } from '#core/flow/targets/stack';
import type { Preparation } from '#core/target';
import type { StackContext } from './context.ts';
import type { StackGoal } from './goal.ts';
import { digestOf } from './names.ts';
import { observeStack } from './observe.ts';
import { prepareGoal } from './prepare.ts';
import { type StackState, stackSnapshot, unpackBody } from './snapshot.ts';
import type { GivenParameter, StackPolicy } from './spec.ts';
import { stateOf } from './take-snapshot.ts';

/** Brings a stack back to what a snapshot holds: the same template with the same parameters, deployed again. Nothing where it is so already. */
export async function prepareRestore(
  context: StackContext,
  state: StackState,
  policy: StackPolicy,
): Promise<Preparation> {
  const { stack, readiness } = await observeStack(context, state.stack);
  const { bucket } = state.template;
  if (stack !== undefined && readiness.kind === 'update') {
    const now = await stateOf(context, stack, bucket);
    if (isSame(now, state)) {
      const message = `The stack ${state.stack} is what it was then (${stack.StackStatus}).`;
      const evidence = { stack: state.stack, template: state.template.digest };
      return {
        kind: 'no-op',
        result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence },
        snapshot: stackSnapshot(now),
      };
    }
  }
  const held = new Set((stack?.Parameters ?? []).map(({ ParameterKey }) => ParameterKey));
  const lost = state.hidden.filter(key => !held.has(key));
  if (lost.length > 0) return { kind: 'refused', findings: [unknownSecrets(state, lost)] };
  const body = await bodyOf(context, state);
  if (typeof body !== 'string') return { kind: 'refused', findings: [body] };
  const given = new Map(
    Object.entries(state.parameters).map(([key, value]): [string, GivenParameter] => [key, { value, secret: false }]),
  );
  const goal: StackGoal = {
    stack: state.stack,
    body,
    digest: state.template.digest,
    bucket,
    given,
    // As CloudFormation has shown them.
    capabilities: state.capabilities as readonly StackCapability[],
    tags: state.tags,
    imports: [],
    policy: { ...policy, outputs: {}, onDrift: 'ignore', whenMissing: 'create' },
  };
  if (state.hidden.length > 0) {
    const text = `${state.hidden.join(', ')} (NoEcho): their present values stay, those of then are known to nobody`;
    context.report({ subject: state.stack, text, level: 'warning' });
  }
  const back = await prepareGoal(context, goal);
  return back.kind === 'change' ? { ...back, apply: async () => restored(state, await back.apply()) } : back;
}

type Apply = Extract<Preparation, { kind: 'change' }>['apply'];

/** A way back that came about has restored; said so in its own words. */
function restored(state: StackState, applied: Awaited<ReturnType<Apply>>): Awaited<ReturnType<Apply>> {
  if (applied.kind === 'ended') return applied;
  const { rollout } = applied;
  return {
    ...applied,
    rollout: {
      ...rollout,
      async follow() {
        const ending = await rollout.follow();
        if (ending.outcome !== 'succeeded') return ending;
        const kept = state.hidden.length === 0 ? '' : ` ${state.hidden.join(', ')} kept the present value.`;
        return {
          ...ending,
          reason: 'restored',
          message: `The stack ${state.stack} has its earlier template and parameters again.${kept}`,
        };
      },
    },
  };
}

/** Hidden values cannot be compared: that they exist on both sides is all that can be seen. */
function isSame(now: StackState, then: StackState): boolean {
  return (
    now.template.digest === then.template.digest &&
    sameTexts(now.parameters, then.parameters) &&
    sameTexts(now.tags, then.tags) &&
    now.hidden.toSorted().join() === then.hidden.toSorted().join()
  );
}

function sameTexts(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every(key => one[key] === other[key]);
}

/** The body, held against its digest: what was tampered with is not deployed. */
async function bodyOf(context: StackContext, { stack, template }: StackState): Promise<string | Finding> {
  const { digest, bucket, key, body: packed } = template;
  const evidence = { stack, digest };
  const body =
    packed !== undefined
      ? unpackBody(packed)
      : bucket === undefined || key === undefined
        ? undefined
        : (await (await context.bucket(bucket)).read(key))?.body;
  if (body === undefined) {
    const where =
      bucket === undefined
        ? 'it was too large for the receipt, and no `template-bucket` was named'
        : `s3://${bucket}/${key} is not there`;
    return { reason: 'not-found', message: `The template that ${stack} had is kept nowhere: ${where}.`, evidence };
  }
  if (digestOf(body) === digest) return body;
  return {
    reason: 'not-found',
    message: `The template kept for ${stack} is not the one that it had: its digest is another.`,
    evidence,
  };
}

function unknownSecrets({ stack }: StackState, keys: readonly string[]): Finding {
  const message = `What ran in ${stack} had ${keys.join(', ')}, hidden by NoEcho; the stack does not hold ${keys.length === 1 ? 'it' : 'them'} any more, and nobody else ever did.`;
  return { reason: 'parameters-unknown', message, evidence: { stack, parameters: keys } };
}
