import * as z from 'zod/mini';
import { described, text } from './words.ts';

/** What other tools say of a commit. */
const at = z.optional(text('A branch, tag or commit; main unless said.'));

export const commitHappenings = {
  'report-check': z.optional(
    described(
      z.strictObject({
        name: text('Its name.'),
        at,
        conclusion: z.optional(
          described(
            z.enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required']),
            'How it ended; it goes on unless said.',
          ),
        ),
      }),
      'Somebody’s CI reports a check run of a commit.',
    ),
  ),
  'report-status': z.optional(
    described(
      z.strictObject({
        context: text('Its context.'),
        by: text('Whose token reports it.'),
        at,
        state: described(z.enum(['error', 'failure', 'pending', 'success']), 'Its state.'),
      }),
      'Somebody’s CI reports a status of a commit.',
    ),
  ),
};

export type CommitHappening = keyof typeof commitHappenings;
