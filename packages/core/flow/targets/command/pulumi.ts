import * as z from 'zod/mini';
import { documented, text } from '../../fields.ts';
import type { Mistake } from '../../problem.ts';
import { type PlanHandover, planPreviewRule, previewKeys } from '../preview.ts';
import type { Declaration } from '../target.ts';
import type { CommandFrame } from './frame.ts';

/** A stack of Pulumi; its project is in `folder`. */
export interface PulumiComponent extends CommandFrame, PlanHandover {
  readonly tool: 'pulumi';
  readonly stack: string;
  /** Configuration besides that of the stack’s file, without secrets. A key without `project:` is of the project itself. */
  readonly config: Readonly<Record<string, string>>;
  /** Whether the state is compared with what is really there first. */
  readonly refresh: boolean;
  /** Whether dependencies and plugins of the program are installed first. */
  readonly install: boolean;
}

const KEY = /^[^=\s]+$/;

export const pulumiKeys = {
  stack: z.optional(text('tools pulumi and sam: the stack.', { examples: ['{env}', 'acme/code-remote/{env}'] })),
  config: z.optional(
    documented(
      z.record(z.string().check(z.regex(KEY)), z.string()),
      'tool pulumi: configuration besides that of the stack’s file, as --config. Secrets belong into that file, encrypted.',
      { examples: [{ imageTag: '{version}' }] },
    ),
  ),
  refresh: z.optional(
    documented(z.boolean(), 'tool pulumi: whether the state is first compared with what is really there.', {
      default: true,
    }),
  ),
  install: z.optional(
    documented(
      z.boolean(),
      'tool pulumi: whether `pulumi install` gets dependencies and plugins of the program first.',
      {
        default: true,
      },
    ),
  ),
  ...previewKeys,
} as const;

type PulumiValues = z.output<ReturnType<typeof pulumiObject>>;

function pulumiObject() {
  return z.object(pulumiKeys);
}

export function readPulumi(values: PulumiValues, frame: CommandFrame): PulumiComponent {
  return {
    ...frame,
    tool: 'pulumi',
    stack: values.stack ?? '',
    config: values.config ?? {},
    refresh: values.refresh ?? true,
    install: values.install ?? true,
    preview: values.preview === true ? true : undefined,
  };
}

export function pulumiRules({ stack, preview }: Declaration): readonly Mistake[] {
  const hint = 'give its name, such as {env}';
  const missing: Mistake = { path: [], message: '`stack` is missing: which stack is updated?', hint, at: 'key' };
  return [...(stack === undefined ? [missing] : []), ...planPreviewRule(preview)];
}
