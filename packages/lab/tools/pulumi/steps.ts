import { isDeepStrictEqual } from 'node:util';
import type { Held, StackState } from './backend.ts';
import type { Goal, Goals } from './program.ts';

/** What has to happen to one resource. */
export interface Step {
  readonly operation: 'same' | 'create' | 'update' | 'replace' | 'delete';
  readonly urn: string;
  readonly type: string;
  readonly old: Held | undefined;
  readonly goal: Goal | undefined;
  readonly differing: readonly string[];
  readonly replacing: readonly string[];
}

/** First what the program wants, in its order; what it wants no more goes last. */
export function stepsFor(goals: Goals, state: StackState): readonly Step[] {
  const wanted = goals.resources.map((declared): Step => {
    const old = state.resources.find(({ urn }) => urn === declared.urn);
    const goal = old === undefined ? declared : keepingIgnored(declared, old);
    if (old === undefined)
      return { operation: 'create', urn: goal.urn, type: goal.type, old, goal, differing: [], replacing: [] };
    const differing = differences(old.outputs, goal.inputs).filter(name => !goal.ignoreChanges.includes(name));
    const replacing = differing.filter(name => goal.replaceOnChanges.includes(name));
    const operation = differing.length === 0 ? 'same' : replacing.length > 0 ? 'replace' : 'update';
    return { operation, urn: goal.urn, type: goal.type, old, goal, differing, replacing };
  });
  const left = state.resources.filter(({ urn }) => goals.resources.every(goal => goal.urn !== urn));
  const gone = left.map(
    (old): Step => ({
      operation: 'delete',
      urn: old.urn,
      type: old.type,
      old,
      goal: undefined,
      differing: [],
      replacing: [],
    }),
  );
  return [...wanted, ...gone.toReversed()];
}

/** Source: https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/ */
function keepingIgnored(goal: Goal, old: Held): Goal {
  const kept = goal.ignoreChanges.filter(name => name in old.inputs).map(name => [name, old.inputs[name]] as const);
  return { ...goal, inputs: { ...goal.inputs, ...Object.fromEntries(kept) } };
}

function differences(held: Held['outputs'], wanted: Goal['inputs']): readonly string[] {
  const names = new Set([...Object.keys(held), ...Object.keys(wanted)]);
  return [...names].filter(name => !isDeepStrictEqual(held[name], wanted[name]));
}

/** How often each operation occurs, the Stack itself included. A replacement counts once. */
export function countSteps(steps: readonly Step[], stackIsNew: boolean): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const operation of [stackIsNew ? 'create' : 'same', ...steps.map(step => step.operation)]) {
    counts[operation] = (counts[operation] ?? 0) + 1;
  }
  return Object.fromEntries(order.flatMap(name => (counts[name] === undefined ? [] : [[name, counts[name]]])));
}

/** As Go prints the keys of a map. */
const order = ['create', 'delete', 'replace', 'same', 'update'];
