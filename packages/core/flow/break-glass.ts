import * as z from 'zod/mini';
import { asList, choice, documented, duration, list, oneOrMany, parsed } from './fields.ts';
import type { GateName } from './gates/registry.ts';
import { readApprover } from './names.ts';

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
    review: z.optional(
      duration('How long after it the review of an emergency is due.', { default: '24h', examples: ['24h'] }),
    ),
  }),
  'What a release may leave aside in an emergency, with a reason and a link to the incident.',
);

export function readBreakGlass({ rules, by, review = DAY }: z.output<typeof breakGlass>): BreakGlass {
  return { rules, by: asList(by), review };
}
