import * as z from 'zod/mini';
import { path, text } from '../../fields.ts';
import type { Mistake } from '../../problem.ts';
import { isRecord } from '../../raw.ts';
import { type PlanHandover, planPreviewRule, previewKeys } from '../preview.ts';
import { readStackWishes, type StackWishes, stackKeys, stackRules } from '../stack.ts';
import type { Declaration } from '../target.ts';
import type { CommandFrame } from './frame.ts';
import { pulumiKeys } from './pulumi.ts';

/** An application of AWS SAM: its code is built and uploaded by the SAM CLI, its stack is changed as by the target cloudformation. */
export interface SamComponent extends CommandFrame, StackWishes, PlanHandover {
  readonly tool: 'sam';
  /** Absent: as samconfig says. */
  readonly stack?: string | undefined;
  /** From `folder`; in an artifact `sam build` has called it template.yaml. */
  readonly template: string;
  /** The workflow artifact with the folder that `sam build` has made; absent: it is built in the job. */
  readonly artifact?: string | undefined;
  /** For code and templates. Absent: as samconfig says. */
  readonly bucket?: string | undefined;
  /** The environment of samconfig that says what the component does not. Absent: nothing is read there. */
  readonly configEnv?: string | undefined;
}

export const samKeys = {
  stack: pulumiKeys.stack,
  template: z.optional(
    path('tool sam: the template, from `folder`.', { examples: ['template.yml'], default: 'template.yaml' }),
  ),
  artifact: z.optional(
    text('tool sam: the workflow artifact with what `sam build` has made; without it, it is built in the job.', {
      examples: ['sam'],
    }),
  ),
  bucket: z.optional(
    text('tool sam: the bucket that code and templates are uploaded to; best with versions.', {
      examples: ['notes-{env}-artifacts'],
    }),
  ),
  'config-env': z.optional(
    text('tool sam: the environment of samconfig.toml that says what the component does not.', { examples: ['{env}'] }),
  ),
  ...stackKeys('tool sam'),
  ...previewKeys,
} as const;

type SamValues = z.output<ReturnType<typeof samObject>>;

function samObject() {
  return z.object(samKeys);
}

export function readSam(values: SamValues, frame: CommandFrame): SamComponent {
  return {
    ...frame,
    ...readStackWishes(values),
    tool: 'sam',
    stack: values.stack,
    template: values.template ?? 'template.yaml',
    artifact: values.artifact,
    bucket: values.bucket,
    configEnv: values['config-env'],
    preview: values.preview === true ? true : undefined,
  };
}

export function samRules(declaration: Declaration): readonly Mistake[] {
  const { stack, bucket, artifact, template, parameters, preview, 'config-env': configEnv } = declaration;
  const mistakes = [...stackRules(declaration), ...planPreviewRule(preview)];
  if (preview === true && artifact === undefined) {
    const message =
      'needs `artifact`: what one job builds to show it, and another one to deploy it, need not be the same';
    mistakes.push({ path: ['preview'], message, hint: 'build it once, and upload `.aws-sam/build`', at: 'key' });
  }
  if (configEnv === undefined) {
    const hint = 'name it, or the environment of samconfig.toml that does: `config-env`';
    const missing = (key: string, question: string) =>
      mistakes.push({ path: [], message: `\`${key}\` is missing: ${question}`, hint, at: 'key' });
    if (stack === undefined) missing('stack', 'which stack is updated?');
    if (bucket === undefined) missing('bucket', 'where is the code uploaded to?');
  }
  if (artifact !== undefined && template !== undefined) {
    const message = 'stands beside `artifact`, which has a template of its own';
    mistakes.push({ path: ['template'], message, hint: 'remove one', at: 'key' });
  }
  if (artifact !== undefined && isRecord(parameters)) {
    for (const [name, value] of Object.entries(parameters)) {
      if (!isRecord(value) || !('from-build' in value)) continue;
      const message = 'is the image of the build, beside `artifact`: a component takes one thing of the build';
      mistakes.push({ path: ['parameters', name], message, hint: 'make the image’s stack a component of its own' });
    }
  }
  return mistakes;
}
