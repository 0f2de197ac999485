import * as z from 'zod/mini';
import { parseDuration } from '../../duration.ts';
import { choice, documented, duration, list, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { type CommonComponent, commonKeys, type Declaration, defineTarget, readCommon } from './target.ts';

/** A pipeline of AWS CodePipeline, which does the deploying. */
export interface CodePipelineComponent extends CommonComponent {
  readonly target: 'codepipeline';
  readonly pipeline: string;
  /** `adopt`: a push starts the pipeline, and that execution is followed. `start`: the release starts it. */
  readonly start: 'adopt' | 'start';
  /** How long to wait for the execution of a push before one is started, in ms. */
  readonly grace: number;
  readonly sourceAction?: string | undefined;
  /** The revision of the source; the commit of the release when absent. */
  readonly revision?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** The stages that deploy, as far as they are said. */
  readonly stages: readonly string[];
  /** Milliseconds: longer is worth a warning. */
  readonly expected?: number | undefined;
  /** Milliseconds: longer is an alert. */
  readonly alert?: number | undefined;
}

const TWO_MINUTES = 2 * 60_000;

export const codepipeline = defineTarget({
  name: 'codepipeline',
  description: 'AWS CodePipeline: an execution that a push starts, or the release itself.',
  keys: {
    ...commonKeys,
    pipeline: text('The pipeline, by its name.', { examples: ['web-pipeline-{env}'] }),
    start: z.optional(
      choice(
        ['adopt', 'start'],
        'adopt: a push starts the pipeline; its execution for the commit of the release is followed, and one is started only when ' +
          'none has come after grace. start: the release starts the pipeline.',
        { default: 'adopt' },
      ),
    ),
    grace: z.optional(
      duration('How long to wait for the execution that a push starts.', { examples: ['90s'], default: '2m' }),
    ),
    'source-action': z.optional(
      text('The source action that takes the release; needed where the pipeline has several.', {
        examples: ['GitHub'],
      }),
    ),
    revision: z.optional(
      text(
        'The revision that the source action takes: a commit, a digest or an object version. The commit of the release unless said.',
      ),
    ),
    variables: z.optional(
      documented(
        z.record(z.string().check(z.regex(/^[A-Za-z0-9@_-]+$/)), text('Its value for this execution.')),
        'Variables of the pipeline, which has to be of type V2.',
        { examples: [{ Environment: '{env}' }] },
      ),
    ),
    stages: z.optional(
      list(
        text('A stage of the pipeline.'),
        'The stages that deploy, in their order: they are recorded and rolled back. Those with a deploy action unless said, else the last one.',
        { examples: [['Deploy']] },
      ),
    ),
    expected: z.optional(duration('An execution that takes longer is warned of.', { examples: ['10m'] })),
    alert: z.optional(duration('An execution that takes longer than this is an alert.', { examples: ['15m'] })),
  },
  rules: codePipelineRules,
  read: (values, surroundings): CodePipelineComponent => ({
    ...readCommon(values, surroundings),
    target: 'codepipeline',
    pipeline: values.pipeline,
    start: values.start ?? 'adopt',
    grace: values.grace ?? TWO_MINUTES,
    sourceAction: values['source-action'],
    revision: values.revision,
    variables: values.variables ?? {},
    stages: values.stages ?? [],
    expected: values.expected,
    alert: values.alert,
  }),
});

function codePipelineRules(declaration: Declaration): readonly Mistake[] {
  const { start = 'adopt', grace, variables } = declaration;
  const mistakes: Mistake[] = [];
  const say = (key: string, message: string, hint?: string) => mistakes.push({ path: [key], message, hint, at: 'key' });
  if (grace !== undefined && start === 'start') {
    say('grace', 'has no effect: `start: start` waits for nobody', 'remove one of the two');
  }
  if (variables !== undefined && start === 'adopt') {
    say('variables', 'cannot be given to an execution that a push has started', 'write `start: start`');
  }
  const [expected, alert, timeout] = [declaration.expected, declaration.alert, declaration.timeout].map(milliseconds);
  if (expected !== undefined && alert !== undefined && alert <= expected) {
    say('alert', 'is not longer than `expected`', 'the alert comes after the warning');
  }
  for (const [key, value] of Object.entries({ expected, alert })) {
    if (value !== undefined && timeout !== undefined && value >= timeout) {
      say(key, 'never comes: the `timeout` is up before', 'raise `timeout`');
    }
  }
  return mistakes;
}

/** Undefined for anything that is no duration: the schema says so already. */
function milliseconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parsed = parseDuration(value);
  return parsed.ok ? parsed.milliseconds : undefined;
}
