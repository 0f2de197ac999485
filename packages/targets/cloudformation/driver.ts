import type { Snapshot } from '#core/receipt';
import type { Driver, Preparation } from '#core/target';
import type { StackContext } from './context.ts';
import { goalOf } from './goal.ts';
import { digestOf } from './names.ts';
import type { Handover } from './plan-handover.ts';
import { prepareGoal } from './prepare.ts';
import { prepareRestore } from './restore.ts';
import { readStackSnapshot } from './snapshot.ts';
import type { StackPolicy, StackSpec } from './spec.ts';

/**
 * The driver of one component on CloudFormation. `spec` is absent where it only brings back, and `handover` where no other job has part
 * in its change.
 */
export function createStackDriver(
  context: StackContext,
  spec: StackSpec | undefined,
  policy: StackPolicy,
  handover?: Handover,
): Driver {
  return {
    async prepare() {
      if (spec === undefined) throw new Error('this driver only brings back');
      return prepareGoal(context, goalOf(spec, digestOf(spec.template.body)), handover);
    },
    async restore(snapshot) {
      const state = readStackSnapshot(snapshot);
      return state === undefined ? unreadable(snapshot) : prepareRestore(context, state, policy);
    },
  };
}

function unreadable({ target, schema }: Snapshot): Preparation {
  const message = `The receipt is of ${target}, schema ${schema}, which this version cannot read.`;
  return { kind: 'refused', findings: [{ reason: 'input-invalid', message, evidence: { target, schema } }] };
}
