import { randomUUID } from 'node:crypto';
import type { Backend, Held, StackState } from './backend.ts';
import { blinded } from './document.ts';
import { createEventStream, metadataOf, resourceState, stackState } from './events.ts';
import type { Goals } from './program.ts';
import type { Config } from './project.ts';
import type { Step } from './steps.ts';

export interface UpdateEnd {
  readonly succeeded: boolean;
  readonly counts: Readonly<Record<string, number>>;
}

export interface UpdateWork {
  readonly goals: Goals;
  readonly state: StackState;
  readonly steps: readonly Step[];
  readonly config: Config;
  readonly backend: Backend;
  /** Whether somebody has asked it to stop: then no new operation begins. */
  readonly canceled: () => boolean;
  readonly print: (line: string) => void;
}

/**
 * Carries the steps out, one after another, and writes the state after each. In the lab a resource itself says how it behaves: its input
 * `fail` (`true`, or the words of the failure) makes the operation fail, `takes` is how many seconds it needs.
 */
export async function runUpdate({
  goals,
  state,
  steps,
  config,
  backend,
  canceled,
  print,
}: UpdateWork): Promise<UpdateEnd> {
  const events = createEventStream(print);
  const began = Date.now();
  const provider = state.provider ?? randomUUID();
  const project = goals.stackUrn.split('::')[1] ?? '';
  const providerUrn = `${goals.stackUrn.split('::')[0]}::${project}::pulumi:providers:pulumi-nodejs::default::${provider}`;
  const cloud = backend.cloud();
  const counts: Record<string, number> = {};
  const count = (operation: string) => {
    counts[operation] = (counts[operation] ?? 0) + 1;
  };
  let { resources, made } = state;
  let failure: string | undefined;
  const save = (root: StackState['root']) =>
    backend.write({ ...(root === undefined ? {} : { root }), provider, resources, made });

  events.prelude(blinded(config));
  const stackOperation = state.root === undefined ? 'create' : 'same';
  const before = state.root === undefined ? null : stackState(goals, state.root.outputs);
  events.pre(metadataOf(stackOperation, 'pulumi:pulumi:Stack', goals.stackUrn, before, stackState(goals, undefined)));

  for (const step of steps) {
    if (canceled() || failure !== undefined) break;
    const inputs = step.goal?.inputs ?? step.old?.inputs ?? {};
    const old = step.old === undefined ? null : resourceState(goals, step, step.old, providerUrn);
    const shown = (id: string, outputs: Held['outputs']) =>
      step.goal === undefined ? null : resourceState(goals, step, { id, inputs, outputs }, providerUrn);
    const names =
      step.operation === 'replace' ? ['create-replacement', 'replace', 'delete-replaced'] : [step.operation];
    let id = step.old?.id ?? '';
    for (const name of names) {
      events.pre(metadataOf(name, step.type, step.urn, old, shown('', {}), providerUrn));
      if (step.operation !== 'same') await seconds(Number(inputs.takes ?? 0) / names.length);
      if (name !== 'same' && inputs.fail !== undefined && inputs.fail !== false) {
        failure = inputs.fail === true ? 'subnet in use' : String(inputs.fail);
        events.diagnostic(failure, step.urn);
        events.failed(metadataOf(name, step.type, step.urn, old, shown(id, {}), providerUrn));
        break;
      }
      if (name === 'create' || name === 'create-replacement') {
        made += 1;
        id = `id-${made}`;
      }
      events.outputs(metadataOf(name, step.type, step.urn, old, shown(id, inputs), providerUrn));
    }
    if (failure !== undefined) break;
    count(step.operation);
    resources = after(resources, step, id);
    if (step.goal === undefined) delete cloud[step.urn];
    else if (step.operation !== 'same') cloud[step.urn] = inputs;
    backend.writeCloud(cloud);
    save(state.root);
  }

  const stopped = failure === undefined && canceled();
  const ended = failure === undefined && !stopped;
  // The program itself has run to its end whether or not an operation failed; the Stack shows the outputs that it has.
  const outputs = ended || state.root === undefined ? goals.outputs : state.root.outputs;
  events.outputs(metadataOf(stackOperation, 'pulumi:pulumi:Stack', goals.stackUrn, before, stackState(goals, outputs)));
  count(stackOperation);
  const now = nanoseconds(new Date());
  save({ created: state.root?.created ?? now, modified: ended ? (state.root?.modified ?? now) : now, outputs });
  if (!ended) events.diagnostic(stopped ? 'update canceled' : 'update failed');
  const sorted = Object.fromEntries(Object.entries(counts).toSorted(([one], [other]) => one.localeCompare(other)));
  events.summary({
    result: ended ? 'succeeded' : 'failed',
    counts: sorted,
    maybeCorrupt: failure !== undefined,
    seconds: Math.round((Date.now() - began) / 1000),
  });
  return { succeeded: ended, counts: sorted };
}

function after(resources: readonly Held[], step: Step, id: string): readonly Held[] {
  const others = resources.filter(({ urn }) => urn !== step.urn);
  if (step.goal === undefined) return others;
  if (step.operation === 'same') return resources;
  const now = nanoseconds(new Date());
  const { urn, type, inputs } = step.goal;
  return [...others, { urn, type, id, inputs, outputs: inputs, created: step.old?.created ?? now, modified: now }];
}

function nanoseconds(date: Date): string {
  return date.toISOString().replace('Z', '000000Z');
}

function seconds(count: number): Promise<void> {
  return count > 0 ? new Promise(resolve => setTimeout(resolve, count * 1000)) : Promise.resolve();
}
