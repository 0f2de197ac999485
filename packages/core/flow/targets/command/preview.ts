import * as z from 'zod/mini';
import { documented, text } from '../../fields.ts';

/** One key: for a script the words of a command, for a tool that makes plans whether people see one before they are asked. */
export const previewKeys = {
  preview: z.optional(
    documented(
      z.union([z.boolean(), z.array(text('One word of the command.')).check(z.minLength(1))]),
      'tool script: a command that says what would change and changes nothing. Tools terraform and opentofu: whether `release.yml` ' +
        'makes the plan before anybody is asked, so that exactly the one that people have read is applied.',
      { examples: [['./deploy.sh', '--dry-run'], true] },
    ),
  ),
} as const;
