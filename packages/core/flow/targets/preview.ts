import * as z from 'zod/mini';
import { documented, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';

/** How a plan is handed over to a later job, or comes from an earlier. */
export interface PlanHandover {
  /** The plan is made before anybody is asked, and exactly that one is applied. */
  readonly preview?: true | undefined;
  /** From the top of the repository, as the folder of `applyPlan`; absolute where the release hands it over. */
  readonly savePlan?: string | undefined;
  /** The plan is made by who may only read: no lock is taken, and none waited for. No key says so, only a preview; that of Pulumi never takes one. */
  readonly unlocked?: true | undefined;
  readonly applyPlan?: string | undefined;
  readonly planDigest?: string | undefined;
}

/** One key: for a script the words of a command, for a tool that makes plans whether people see one before they are asked. */
export const previewKeys = {
  preview: z.optional(
    documented(
      z.union([z.boolean(), z.array(text('One word of the command.')).check(z.minLength(1))]),
      'tool script: a command that says what would change and changes nothing. Other tools: whether ' +
        '`release.yml` makes the plan before anybody is asked, so that exactly the one that people have read is applied.',
      { examples: [['./deploy.sh', '--dry-run'], true] },
    ),
  ),
} as const;

/** The same where no tool takes words. */
export const previewKey = z.optional(
  documented(
    z.boolean(),
    'Whether `release.yml` makes the change set before anybody is asked, so that exactly the one that people have read is executed.',
    { default: false },
  ),
);

/** Words are for a script. */
export function planPreviewRule(preview: unknown): readonly Mistake[] {
  if (!Array.isArray(preview)) return [];
  const message = 'is `true` or `false` here: the tool makes the plan';
  return [{ path: ['preview'], message, hint: 'write `true`' }];
}
