import * as z from 'zod/mini';
import { choice, documented, list, parsed, path, type Reading, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { isRecord } from '../raw.ts';
import { type CommonComponent, commonKeys, type Declaration, defineTarget, readCommon } from './target.ts';

/** One stack, brought to one template through a change set. */
export interface CloudFormationComponent extends CommonComponent {
  readonly target: 'cloudformation';
  readonly stack: string;
  /** A file of the release’s commit. */
  readonly template: string;
  readonly templateBucket?: string | undefined;
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  readonly capabilities: readonly StackCapability[];
  readonly tags: Readonly<Record<string, string>>;
  /** What the stack must answer afterwards; `*` for anything. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly allowReplacement: readonly string[];
  readonly allowRemoval: readonly string[];
  readonly onDrift: 'ignore' | 'warn' | 'refuse';
  readonly imports: readonly StackImport[];
  readonly whenMissing: 'create' | 'refuse';
}

export type ParameterSource =
  | { readonly from: 'value'; readonly value: string }
  /** The digest of the image that the build handed over for this component. */
  | { readonly from: 'build'; readonly prefix: string }
  /** An environment variable of the step; never shown. */
  | { readonly from: 'secret'; readonly variable: string };

const capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;

export type StackCapability = (typeof capabilities)[number];

export interface StackImport {
  readonly resource: string;
  readonly type: string;
  readonly identifier: Readonly<Record<string, string>>;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Logical ids and parameter names. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const ids = /^[A-Za-z0-9]+$/;
const logicalId = z.string().check(z.regex(ids));

/** In a nested stack, behind the logical id of that stack. */
const paths = /^[A-Za-z0-9]+(\/[A-Za-z0-9]+)*$/;

function readId(written: string): Reading<string> {
  return ids.test(written) ? { ok: true, value: written } : notAnId(written);
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

const imported = z.strictObject({
  resource: parsed(readId, 'Its logical id in the template.', { pattern: ids.source }),
  type: text('Its type.', { examples: ['AWS::S3::Bucket'] }),
  identifier: documented(z.record(z.string(), z.string()), 'What names it.', {
    examples: [{ BucketName: 'old-bucket' }],
  }),
});

export const cloudformation = defineTarget({
  name: 'cloudformation',
  description: 'AWS CloudFormation: a stack, changed through a change set that is shown, executed and followed.',
  keys: {
    ...commonKeys,
    stack: text('The stack, by name; it is created when there is none.', { examples: ['helios-{env}-web'] }),
    template: path('The template: a YAML or JSON file of the repository.', { examples: ['infra/web.yml'] }),
    'template-bucket': z.optional(
      text(
        'A bucket for templates that are larger than 51,200 bytes, and for those of earlier releases; best with versions.',
      ),
    ),
    'when-missing': z.optional(
      choice(
        ['create', 'refuse'],
        'What to do when there is no such stack: in the wrong region or account there is none either.',
        {
          default: 'create',
        },
      ),
    ),
    parameters: z.optional(
      documented(
        z.record(logicalId, z.union([scalar, fromBuild, fromSecret])),
        'Values of parameters. What is not given keeps its value, or has its default in a new stack.',
        {
          examples: [
            { InstanceType: 't3.small', Image: { 'from-build': 'image' }, Password: { secret: 'DB_PASSWORD' } },
          ],
        },
      ),
    ),
    capabilities: z.optional(
      list(choice(capabilities, 'A capability.'), 'What the template may do, as CloudFormation asks for it.', {
        examples: [['CAPABILITY_NAMED_IAM']],
      }),
    ),
    tags: z.optional(
      documented(z.record(z.string(), scalar), 'Tags of the stack. Without this key they stay as they are.'),
    ),
    outputs: z.optional(
      documented(
        z.record(logicalId, scalar),
        'Outputs that the stack must have afterwards, with their values; `*` for any value. Otherwise the deployment has failed.',
        { examples: [{ Url: '*', Stage: '{env}' }] },
      ),
    ),
    'allow-replacement': z.optional(
      list(
        parsed(readPath, 'A logical id; `Data/Orders` is in the nested stack `Data`.', { pattern: paths.source }),
        'Resources that hold data and may be replaced all the same, by logical id.',
        { examples: [['OldTable']] },
      ),
    ),
    'allow-removal': z.optional(
      list(
        parsed(readPath, 'A logical id; `Data/Orders` is in the nested stack `Data`.', { pattern: paths.source }),
        'Resources that hold data and may be deleted all the same, by logical id.',
      ),
    ),
    'on-drift': z.optional(
      choice(
        ['ignore', 'warn', 'refuse'],
        'What to do about resources that were changed without CloudFormation: look for none, tell, or refuse the change.',
        { default: 'warn' },
      ),
    ),
    import: z.optional(
      list(
        documented(imported, 'A resource.'),
        'Resources that exist and are brought into the stack; those that it has already are left alone.',
      ),
    ),
  },
  rules: cloudFormationRules,
  read: (values, surroundings): CloudFormationComponent => ({
    ...readCommon(values, surroundings),
    target: 'cloudformation',
    stack: values.stack,
    template: values.template,
    templateBucket: values['template-bucket'],
    parameters: mapped(values.parameters, readParameter),
    capabilities: values.capabilities ?? [],
    tags: mapped(values.tags, String),
    outputs: mapped(values.outputs, String),
    allowReplacement: values['allow-replacement'] ?? [],
    allowRemoval: values['allow-removal'] ?? [],
    onDrift: values['on-drift'] ?? 'warn',
    imports: values.import ?? [],
    whenMissing: values['when-missing'] ?? 'create',
  }),
});

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

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
const stackName = /^[A-Za-z][-A-Za-z0-9]{0,127}$/;

function cloudFormationRules(declaration: Declaration): readonly Mistake[] {
  const { stack, template, import: imports, tags } = declaration;
  const mistakes: Mistake[] = [];
  // With a template in it, the name is judged by CloudFormation itself.
  if (typeof stack === 'string' && !stack.includes('{') && stack.trim() !== '' && !stackName.test(stack)) {
    mistakes.push({
      path: ['stack'],
      message: `\`${stack}\` is not a name of a stack`,
      hint: 'a letter, then letters, digits and -, 128 at most',
    });
  }
  if (typeof template === 'string' && template.trim() !== '' && !/\.(ya?ml|json|template)$/.test(template)) {
    mistakes.push({
      path: ['template'],
      message: 'is not a template',
      hint: 'its name ends in .yml, .yaml, .json or .template',
    });
  }
  if (isRecord(tags)) {
    for (const key of Object.keys(tags).filter(name => name.startsWith('aws:'))) {
      mistakes.push({ path: ['tags', key], message: 'belongs to AWS: such a tag cannot be given', at: 'key' });
    }
  }
  if (Array.isArray(imports)) {
    const names = imports.map((each: unknown) => (isRecord(each) ? each.resource : undefined));
    names.forEach((name, index) => {
      if (name !== undefined && names.indexOf(name) !== index) {
        mistakes.push({ path: ['import', index], message: `\`${String(name)}\` is listed twice` });
      }
    });
  }
  return mistakes;
}
