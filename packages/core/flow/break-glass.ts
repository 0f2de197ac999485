import * as z from 'zod/mini';
import { asList, choice, documented, duration, list, oneOrMany, parsed } from './fields.ts';
import type { GateName } from './gates/registry.ts';
import { type Reviews, readReviews, reviewsWanted } from './gates/reviews.ts';
import { readApprover } from './names.ts';
import type { Mistake } from './problem.ts';
import { asRecord, type RawRecord, textsAt } from './raw.ts';

/** The rules that an emergency may break, by their key in the flow file. No other rule ever is. */
export const breakableRules = [
  'window',
  'freeze',
  'reviews',
  'no-open-issues',
  'soak',
  'alarms-ok',
  'stack-complete',
  'backups',
  'checklist',
  'after',
  'checks',
] as const satisfies readonly (GateName | 'after' | 'checks')[];

export type BreakableRule = (typeof breakableRules)[number];

/** What an emergency may do here. */
export interface BreakGlass {
  readonly rules: readonly BreakableRule[];
  /** Names of roles, logins or teams: one of them has to agree. */
  readonly by: readonly string[];
  /** What the pull request needs all the same where `reviews` is broken. Roles are resolved when a release is planned. */
  readonly reviews: readonly Reviews[];
  /** Milliseconds after which the review of the emergency is overdue. */
  readonly review: number;
}

const DAY = 86_400_000;

export const breakGlass = documented(
  z.strictObject({
    rules: list(
      choice(
        breakableRules,
        'A rule, by its key in this file; `after` is that the earlier environment has verified it.',
      ),
      'The rules that an emergency may break, and no others.',
      { examples: [['window', 'freeze', 'soak']] },
    ),
    by: oneOrMany(
      parsed(readApprover, 'A role of `roles`, a login, or a team as @org/team.'),
      'Who has to agree instead of those of `approve`: one of them.',
      { examples: ['ops'] },
    ),
    reviews: z.optional(
      oneOrMany(
        z.omit(reviewsWanted, { 'code-owners': true }),
        'Approving reviews that the pull request needs all the same where an emergency breaks `reviews`.',
        { examples: [{ by: 'seniors' }] },
      ),
    ),
    review: z.optional(
      duration('How long after it the review of an emergency is due.', { default: '24h', examples: ['24h'] }),
    ),
  }),
  'What a release may leave aside in an emergency, with a reason and a link to the incident.',
);

export function readBreakGlass({ rules, by, reviews, review = DAY }: z.output<typeof breakGlass>): BreakGlass {
  return { rules, by: asList(by), reviews: readReviews(reviews), review };
}

/** Other reviews instead of none at all say something only where there are some, and an emergency may break them. */
export function checkBreakGlass(name: string, environment: RawRecord): readonly Mistake[] {
  const glass = asRecord(environment['break-glass']);
  const path = ['environments', name, 'break-glass', 'reviews'];
  if (!Object.hasOwn(glass, 'reviews')) return [];
  if (!Object.hasOwn(environment, 'reviews')) {
    return [{ path, message: `\`${name}\` asks for no \`reviews\` that they could stand for`, at: 'key' }];
  }
  if (textsAt(glass.rules, []).some(({ text }) => text === 'reviews')) return [];
  const hint = 'add `reviews` to `rules`, or take these out';
  return [{ path, message: 'says nothing while no emergency may break `reviews`', hint, at: 'key' }];
}
