import type { StackState } from './backend.ts';
import type { Goals, Outputs } from './program.ts';
import type { Config } from './project.ts';
import { countSteps, type Step } from './steps.ts';

/** What a preview calls a provider that it has not made. */
const unknownProvider = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** The document of `preview --json`: the Stack always, other resources only where they change (recorded). */
export function previewDocument(
  goals: Goals,
  state: StackState,
  steps: readonly Step[],
  config: Config,
  diagnostics: readonly object[] = [],
): string {
  const settings = blinded(config);
  const document = {
    ...(Object.keys(settings).length === 0 ? {} : { config: settings }),
    steps: [
      stackStep(goals, state),
      ...steps.filter(step => step.operation !== 'same').flatMap(step => stepsOf(goals, state, step)),
    ],
    ...(diagnostics.length === 0 ? {} : { diagnostics }),
    duration: 1_500_000_000,
    changeSummary: countSteps(steps, state.root === undefined),
  };
  return JSON.stringify(document, undefined, 4);
}

export function blinded(config: Config): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, { value, secret }]) => [key, secret ? '[secret]' : value]),
  );
}

/** Outputs as `stack output` and the preview print them. */
export function shownOutputs(outputs: Outputs): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs)
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([name, { value, secret }]) => [name, secret ? '[secret]' : value]),
  );
}

function stackStep({ stackUrn }: Goals, { root }: StackState): object {
  const own = { urn: stackUrn, custom: false, type: 'pulumi:pulumi:Stack' };
  if (root === undefined) return { op: 'create', urn: stackUrn, newState: own, detailedDiff: null };
  const { created, modified, outputs } = root;
  return {
    op: 'same',
    urn: stackUrn,
    oldState: { ...own, outputs: shownOutputs(outputs), created, modified },
    newState: { ...own, created, modified },
    detailedDiff: null,
  };
}

/** A replacement is three steps: the new one is made, it takes the place, the old one goes. */
function stepsOf(goals: Goals, state: StackState, step: Step): readonly object[] {
  const names = step.operation === 'replace' ? ['create-replacement', 'replace', 'delete-replaced'] : [step.operation];
  const provider = `urn:pulumi:${goals.stackUrn.split(':')[2]}::${goals.stackUrn.split('::')[1]}::pulumi:providers:pulumi-nodejs::default::${state.provider ?? unknownProvider}`;
  const own = { urn: step.urn, custom: true };
  const belongs = (inputs: object) => ({
    parent: goals.stackUrn,
    provider,
    propertyDependencies: Object.fromEntries(Object.keys(inputs).map(name => [name, []])),
  });
  const { old, goal } = step;
  const times = old === undefined ? {} : { created: old.created, modified: old.modified };
  return names.map(op => ({
    op,
    urn: step.urn,
    provider,
    ...(old === undefined
      ? {}
      : {
          oldState: {
            ...own,
            id: old.id,
            type: step.type,
            inputs: old.inputs,
            outputs: old.outputs,
            ...belongs(old.inputs),
            ...times,
          },
        }),
    ...(goal === undefined || op === 'delete-replaced'
      ? {}
      : { newState: { ...own, type: step.type, inputs: goal.inputs, ...belongs(goal.inputs), ...times } }),
    ...(step.replacing.length === 0 ? {} : { replaceReasons: step.replacing }),
    detailedDiff: null,
  }));
}
