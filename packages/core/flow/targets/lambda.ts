import * as z from 'zod/mini';
import { parseDuration } from '../../duration.ts';
import { choice, documented, duration, list, parsed, path, type Reading, text, wholeNumber } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { type CommonComponent, commonKeys, type Declaration, defineTarget, readCommon } from './target.ts';

/** One Lambda function, as the alias that its callers use sees it. */
export interface LambdaComponent extends CommonComponent {
  readonly target: 'lambda';
  readonly function: string;
  readonly alias: string;
  /** Whether an alias that is not there is made. */
  readonly createAlias: boolean;
  readonly code: LambdaCode;
  /** Merged into what the function has: what is not given stays. */
  readonly configuration: LambdaConfiguration;
  /** Of the alias; 0 takes it away, absent leaves it alone. */
  readonly provisionedConcurrency?: number | undefined;
  readonly strategy: LambdaStrategy;
  /** CloudWatch alarms by name: none may be red before the change, nor between its steps. */
  readonly alarms: readonly string[];
  /** The event that the new version is invoked with before the alias moves. */
  readonly invoke?: Readonly<Record<string, unknown>> | undefined;
}

export type LambdaCode =
  /** The build hands over a digest of this ECR repository. */
  | { readonly from: 'repository'; readonly repository: string }
  | { readonly from: 'image'; readonly image: string }
  /** A zip, or a folder that is zipped, of the workspace or of the build’s artifact. */
  | { readonly from: 'zip'; readonly path: string; readonly artifact?: string | undefined }
  | { readonly from: 's3'; readonly bucket: string; readonly key: string; readonly version?: string | undefined };

export interface LambdaConfiguration {
  /** MB. */
  readonly memory?: number | undefined;
  /** How long one invocation may take, in ms. */
  readonly timeout?: number | undefined;
  readonly handler?: string | undefined;
  readonly runtime?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly removeVariables: readonly string[];
  /** ARNs with their versions; other layers stay. */
  readonly layers: readonly string[];
}

export type LambdaStrategy =
  | { readonly kind: 'all-at-once' }
  /** `canary`: one step, then the rest. `linear`: step after step. `step` in percent, `interval` in ms. */
  | { readonly kind: 'canary' | 'linear'; readonly step: number; readonly interval: number };

const defaultStep = 10;
const defaultInterval = 5 * 60_000;
/** As in `commonKeys`. */
const defaultTimeout = 30 * 60_000;

const configuration = z.strictObject({
  memory: z.optional(wholeNumber(128, 10_240, 'Memory in MB.', { examples: [512] })),
  timeout: z.optional(duration('How long one invocation may take, up to 15m.', { examples: ['30s'] })),
  handler: z.optional(text('The handler of a zip.', { examples: ['index.handler'] })),
  runtime: z.optional(text('The runtime of a zip.', { examples: ['nodejs24.x'] })),
  variables: z.optional(
    documented(z.record(z.string(), z.string()), 'Environment variables that are set; all others stay.', {
      examples: [{ LOG_LEVEL: 'info' }],
    }),
  ),
  'remove-variables': z.optional(
    list(text('The name of a variable.'), 'Environment variables that are taken away.', { examples: [['OLD_FLAG']] }),
  ),
  layers: z.optional(
    list(
      parsed(readLayer, 'ARN of a layer with its version.'),
      'Layers that are set, each instead of another version of the same layer; all others stay.',
      { examples: [['arn:aws:lambda:ap-southeast-2:333333333333:layer:tracing:7']] },
    ),
  ),
});

export const lambda = defineTarget({
  name: 'lambda',
  description: 'AWS Lambda: one function, deployed by publishing a version and moving an alias to it.',
  keys: {
    ...commonKeys,
    function: text('The function, by name or ARN.', { examples: ['shop-{env}-api'] }),
    alias: z.optional(text('The alias that callers use.', { default: 'live', examples: ['live'] })),
    'create-alias': z.optional(
      documented(z.boolean(), 'Makes the alias when it is not there: for the first release of a function.', {
        default: false,
      }),
    ),
    repository: z.optional(
      text('The ECR repository whose image is deployed, by the digest that the build hands over.', {
        examples: ['shop-{env}-api'],
      }),
    ),
    image: z.optional(text('A fixed image instead of a repository; best with its digest.')),
    zip: z.optional(
      path('A zip, or a folder to be zipped: of the repository, or in the files of `artifact`.', {
        examples: ['dist/api.zip', 'functions/api'],
      }),
    ),
    artifact: z.optional(text('The workflow artifact that `zip` is in.', { examples: ['api'] })),
    s3: z.optional(
      parsed(readLocation, 'A zip in a bucket of the function’s region, with `?versionId=` where it has versions.', {
        pattern: '^s3://[^/]+/.+',
        examples: ['s3://shop-builds/api/{sha}.zip'],
      }),
    ),
    configuration: z.optional(
      documented(configuration, 'What the function is configured with. It is merged: what is not given here stays.'),
    ),
    'provisioned-concurrency': z.optional(
      wholeNumber(0, 10_000, 'Provisioned concurrency of the alias, waited for; 0 takes it away.', { examples: [5] }),
    ),
    strategy: z.optional(
      choice(
        ['all-at-once', 'canary', 'linear'],
        'How the alias moves: at once, one step and then the rest, or step after step.',
        { default: 'all-at-once' },
      ),
    ),
    step: z.optional(
      parsed(readStep, 'The share of the requests that a step gives to the new version.', {
        pattern: '^\\d{1,2}%$',
        examples: ['10%'],
        default: '10%',
      }),
    ),
    interval: z.optional(duration('How long a step lasts.', { examples: ['5m'], default: '5m' })),
    alarms: z.optional(
      list(
        text('The name of an alarm.'),
        'CloudWatch alarms. One that is red bars the change; one that goes red between its steps sends the alias back at once.',
        { examples: [['shop-{env}-api-errors']] },
      ),
    ),
    invoke: z.optional(
      documented(
        z.record(z.string(), z.unknown()),
        'The event that the new version is invoked with before the alias moves; the deployment fails when the function fails.',
        { examples: [{ rawPath: '/health' }] },
      ),
    ),
  },
  alternatives: ['repository', 'image', 'zip', 's3'],
  rules: lambdaRules,
  read: (values, surroundings): LambdaComponent => ({
    ...readCommon(values, surroundings),
    target: 'lambda',
    function: values.function,
    alias: values.alias ?? 'live',
    createAlias: values['create-alias'] ?? false,
    code: readCode(values),
    configuration: readConfiguration(values.configuration ?? {}),
    provisionedConcurrency: values['provisioned-concurrency'],
    strategy: readStrategy(values),
    alarms: values.alarms ?? [],
    invoke: values.invoke,
  }),
});

interface CodeValues {
  readonly repository?: string | undefined;
  readonly image?: string | undefined;
  readonly zip?: string | undefined;
  readonly artifact?: string | undefined;
  readonly s3?: Location | undefined;
}

/** `lambdaRules` has seen to it that there is one. */
function readCode({ repository, image, zip, artifact, s3 }: CodeValues): LambdaCode {
  if (repository !== undefined) return { from: 'repository', repository };
  if (image !== undefined) return { from: 'image', image };
  if (s3 !== undefined) return { from: 's3', ...s3 };
  return { from: 'zip', path: zip ?? '', artifact };
}

function readConfiguration(values: z.output<typeof configuration>): LambdaConfiguration {
  const { 'remove-variables': removeVariables = [], variables = {}, layers = [], ...rest } = values;
  return { ...rest, variables, removeVariables, layers };
}

interface StrategyValues {
  readonly strategy?: LambdaStrategy['kind'] | undefined;
  readonly step?: number | undefined;
  readonly interval?: number | undefined;
}

function readStrategy({ strategy = 'all-at-once', step, interval }: StrategyValues): LambdaStrategy {
  if (strategy === 'all-at-once') return { kind: strategy };
  return { kind: strategy, step: step ?? defaultStep, interval: interval ?? defaultInterval };
}

function readStep(written: string): Reading<number> {
  const percent = /^(\d{1,2})%$/.exec(written)?.[1];
  if (percent !== undefined && Number(percent) > 0) return { ok: true, value: Number(percent) };
  return { ok: false, message: `\`${written}\` is not a share`, hint: 'write 1% to 99%' };
}

interface Location {
  readonly bucket: string;
  readonly key: string;
  readonly version?: string | undefined;
}

function readLocation(written: string): Reading<Location> {
  const { bucket, key, version } =
    /^s3:\/\/(?<bucket>[^/\s]+)\/(?<key>[^?\s]+)(\?versionId=(?<version>\S+))?$/.exec(written)?.groups ?? {};
  if (bucket === undefined || key === undefined) {
    return { ok: false, message: `\`${written}\` is no object`, hint: 'it reads like s3://bucket/key.zip' };
  }
  return { ok: true, value: { bucket, key, version } };
}

function readLayer(written: string): Reading<string> {
  if (/^arn:.+:layer:[^:]+:\d+$/.test(written) || written.includes('{')) return { ok: true, value: written };
  return { ok: false, message: `\`${written}\` is no layer version`, hint: 'an ARN that ends in :layer:name:7' };
}

const sources = ['repository', 'image', 'zip', 's3'] as const;

function lambdaRules(declaration: Declaration): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const say = (key: string, message: string, hint?: string) => mistakes.push({ path: [key], message, hint, at: 'key' });
  const given = sources.filter(source => declaration[source] !== undefined);
  const [first, ...others] = given;
  for (const other of others) say(other, `stands beside \`${first}\`: the code comes from one of them`, 'remove one');
  if (first === undefined) {
    const hint = `give \`${sources.join('`, `')}\``;
    mistakes.push({ path: [], message: 'does not say which code is deployed', hint, at: 'key' });
  }
  if (declaration.artifact !== undefined && declaration.zip === undefined) {
    say('artifact', 'needs `zip`: which of its files is it?');
  }
  const strategy = declaration.strategy ?? 'all-at-once';
  if (strategy === 'all-at-once') {
    for (const key of ['step', 'interval'].filter(name => declaration[name] !== undefined)) {
      say(key, 'has no effect when the alias moves at once', 'set `strategy` to canary or linear');
    }
  } else {
    const tooLong = waitsTooLong(declaration);
    if (tooLong !== undefined) say('interval' in declaration ? 'interval' : 'strategy', tooLong, 'raise `timeout`');
  }
  return [...mistakes, ...imageMistakes(declaration, first)];
}

/** Steps that alone take as long as the deployment may. */
function waitsTooLong({ strategy, step, interval, timeout }: Declaration): string | undefined {
  const share = typeof step === 'string' ? Number.parseInt(step, 10) : defaultStep;
  const pauses = strategy === 'linear' ? Math.ceil(100 / share) - 1 : 1;
  const waited = pauses * (millisecondsOf(interval) ?? defaultInterval);
  const allowed = millisecondsOf(timeout) ?? defaultTimeout;
  return waited < allowed
    ? undefined
    : `the steps take ${waited / 60_000} minutes, and \`timeout\` allows ${allowed / 60_000} in all`;
}

function millisecondsOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parsedDuration = parseDuration(value);
  return parsedDuration.ok ? parsedDuration.milliseconds : undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/images-create.html : an image brings its runtime, its handler and its layers. */
function imageMistakes({ configuration: given }: Declaration, source: string | undefined): readonly Mistake[] {
  if (source !== 'repository' && source !== 'image') return [];
  if (typeof given !== 'object' || given === null) return [];
  return ['handler', 'runtime', 'layers']
    .filter(key => Object.hasOwn(given, key))
    .map(key => ({ path: ['configuration', key], message: 'is for zips: an image brings its own', at: 'key' }));
}
