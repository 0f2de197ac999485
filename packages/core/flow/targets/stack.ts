import * as z from 'zod/mini';
import { choice, documented, list, parsed, type Reading, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { isRecord } from '../raw.ts';
import type { Declaration } from './target.ts';

/** What is said of a stack of CloudFormation, whichever target or tool has made its template. */
export interface StackWishes {
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  readonly capabilities: readonly StackCapability[];
  readonly tags: Readonly<Record<string, string>>;
  /** What the stack must answer afterwards; `*` for anything. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly allowReplacement: readonly string[];
  readonly allowRemoval: readonly string[];
  readonly onDrift: 'ignore' | 'warn' | 'refuse';
  readonly whenMissing: 'create' | 'refuse';
}

export type ParameterSource =
  | { readonly from: 'value'; readonly value: string }
  /** The digest of the image that the build handed over for this component. */
  | { readonly from: 'build'; readonly prefix: string }
  /** An environment variable of the step; never shown. */
  | { readonly from: 'secret'; readonly variable: string };

export const stackCapabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;

export type StackCapability = (typeof stackCapabilities)[number];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
const stackName = /^[A-Za-z][-A-Za-z0-9]{0,127}$/;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Logical ids and parameter names. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
export const logicalIds = /^[A-Za-z0-9]+$/;

const logicalId = z.string().check(z.regex(logicalIds));

/** In a nested stack, behind the logical id of that stack. */
const paths = /^[A-Za-z0-9]+(\/[A-Za-z0-9]+)*$/;

export function readLogicalId(written: string): Reading<string> {
  return logicalIds.test(written) ? { ok: true, value: written } : notAnId(written);
}

function readPath(written: string): Reading<string> {
  return paths.test(written) ? { ok: true, value: written } : notAnId(written);
}

function notAnId(written: string): Reading<string> {
  return {
    ok: false,
    message: `\`${written}\` is not a logical id`,
    hint: 'it has letters and digits only, as in the template',
  };
}

const fromBuild = z.strictObject({
  'from-build': documented(z.literal('image'), 'The digest of the image that the build hands over.'),
  prefix: z.optional(
    text('What stands before the digest.', {
      examples: ['111111111111.dkr.ecr.ap-southeast-2.amazonaws.com/shop@'],
    }),
  ),
});
const fromSecret = z.strictObject({
  secret: text('An environment variable of the step that holds the value; it is masked.', {
    examples: ['DB_PASSWORD'],
  }),
});

/** The keys for it. `whose`: what they are keys of, where one component may be several things. */
export function stackKeys(whose?: string) {
  const say = (words: string) =>
    whose === undefined ? words : `${whose}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
  const path = () =>
    parsed(readPath, 'A logical id; `Data/Orders` is in the nested stack `Data`.', { pattern: paths.source });
  return {
    'when-missing': z.optional(
      choice(
        ['create', 'refuse'],
        say('What to do when there is no such stack: in the wrong region or account there is none either.'),
        { default: 'create' },
      ),
    ),
    parameters: z.optional(
      documented(
        z.record(logicalId, z.union([scalar, fromBuild, fromSecret])),
        say('Values of parameters. What is not given keeps its value, or has its default in a new stack.'),
        {
          examples: [
            { InstanceType: 't3.small', Image: { 'from-build': 'image' }, Password: { secret: 'DB_PASSWORD' } },
          ],
        },
      ),
    ),
    capabilities: z.optional(
      list(
        choice(stackCapabilities, 'A capability.'),
        say('What the template may do, as CloudFormation asks for it.'),
        { examples: [['CAPABILITY_NAMED_IAM']] },
      ),
    ),
    tags: z.optional(
      documented(z.record(z.string(), scalar), say('Tags of the stack. Without this key they stay as they are.')),
    ),
    outputs: z.optional(
      documented(
        z.record(logicalId, scalar),
        say(
          'Outputs that the stack must have afterwards, with their values; `*` for any value. Otherwise the deployment has failed.',
        ),
        { examples: [{ Url: '*', Stage: '{env}' }] },
      ),
    ),
    'allow-replacement': z.optional(
      list(path(), say('Resources that hold data and may be replaced all the same, by logical id.'), {
        examples: [['OldTable']],
      }),
    ),
    'allow-removal': z.optional(
      list(path(), say('Resources that hold data and may be deleted all the same, by logical id.')),
    ),
    'on-drift': z.optional(
      choice(
        ['ignore', 'warn', 'refuse'],
        say(
          'What to do about resources that were changed without CloudFormation: look for none, tell, or refuse the change.',
        ),
        { default: 'warn' },
      ),
    ),
  };
}

type StackValues = z.output<ReturnType<typeof stackObject>>;

function stackObject() {
  return z.object(stackKeys());
}

export function readStackWishes(values: StackValues): StackWishes {
  return {
    parameters: mapped(values.parameters, readParameter),
    capabilities: values.capabilities ?? [],
    tags: mapped(values.tags, String),
    outputs: mapped(values.outputs, String),
    allowReplacement: values['allow-replacement'] ?? [],
    allowRemoval: values['allow-removal'] ?? [],
    onDrift: values['on-drift'] ?? 'warn',
    whenMissing: values['when-missing'] ?? 'create',
  };
}

type WrittenParameter = z.output<typeof scalar> | z.output<typeof fromBuild> | z.output<typeof fromSecret>;

function readParameter(written: WrittenParameter): ParameterSource {
  if (typeof written !== 'object') return { from: 'value', value: String(written) };
  return 'secret' in written
    ? { from: 'secret', variable: written.secret }
    : { from: 'build', prefix: written.prefix ?? '' };
}

function mapped<V, R>(
  values: Readonly<Record<string, V>> | undefined,
  read: (value: V) => R,
): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, read(value)]));
}

export function stackRules({ stack, tags }: Declaration): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  // With a template in it, the name is judged by CloudFormation itself.
  if (typeof stack === 'string' && !stack.includes('{') && stack.trim() !== '' && !stackName.test(stack)) {
    mistakes.push({
      path: ['stack'],
      message: `\`${stack}\` is not a name of a stack`,
      hint: 'a letter, then letters, digits and -, 128 at most',
    });
  }
  if (isRecord(tags)) {
    for (const key of Object.keys(tags).filter(name => name.startsWith('aws:'))) {
      mistakes.push({ path: ['tags', key], message: 'belongs to AWS: such a tag cannot be given', at: 'key' });
    }
  }
  return mistakes;
}
