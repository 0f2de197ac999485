import * as z from 'zod/mini';
import { documented, list, parsed, path, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { isRecord } from '../raw.ts';
import { type PlanHandover, previewKey } from './preview.ts';
import { logicalIds, readLogicalId, readStackWishes, type StackWishes, stackKeys, stackRules } from './stack.ts';
import { type CommonComponent, commonKeys, type Declaration, defineTarget, readCommon } from './target.ts';

/** One stack, brought to one template through a change set. */
export interface CloudFormationComponent extends CommonComponent, StackWishes, PlanHandover {
  readonly target: 'cloudformation';
  readonly stack: string;
  /** A file of the release’s commit. */
  readonly template: string;
  readonly templateBucket?: string | undefined;
  readonly imports: readonly StackImport[];
}

export interface StackImport {
  readonly resource: string;
  readonly type: string;
  readonly identifier: Readonly<Record<string, string>>;
}

const imported = z.strictObject({
  resource: parsed(readLogicalId, 'Its logical id in the template.', { pattern: logicalIds.source }),
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
    ...stackKeys(),
    preview: previewKey,
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
    ...readStackWishes(values),
    target: 'cloudformation',
    stack: values.stack,
    template: values.template,
    templateBucket: values['template-bucket'],
    imports: values.import ?? [],
    preview: values.preview === true ? true : undefined,
  }),
});

function cloudFormationRules(declaration: Declaration): readonly Mistake[] {
  const { template, import: imports } = declaration;
  const mistakes = [...stackRules(declaration)];
  if (typeof template === 'string' && template.trim() !== '' && !/\.(ya?ml|json|template)$/.test(template)) {
    mistakes.push({
      path: ['template'],
      message: 'is not a template',
      hint: 'its name ends in .yml, .yaml, .json or .template',
    });
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
