import * as z from 'zod/mini';
import { asList, documented, oneOrMany, parsed, wholeNumber } from '../fields.ts';
import { readApprover } from '../names.ts';

/** Approving reviews that the pull request of a release must have. */
export interface Reviews {
  /** How many different people. */
  readonly count: number;
  /** Who counts, as the flow file names them: roles, logins, teams. Nobody named: whoever may write to the repository. */
  readonly roles: readonly string[];
  /** The same with roles resolved: logins, and teams as `@org/team`. */
  readonly by: readonly string[];
  /** Each file has to be approved by one of its owners, too. */
  readonly codeOwners?: true;
}

export const reviewsWanted = documented(
  z.strictObject({
    count: z.optional(wholeNumber(1, 10, 'How many different people.', { default: 1 })),
    by: z.optional(
      oneOrMany(
        parsed(readApprover, 'A role of `roles`, a login, or a team as @org/team.'),
        'Whose reviews count; without it, those of everybody who may write to the repository.',
        { examples: ['security'] },
      ),
    ),
    'code-owners': z.optional(
      documented(z.boolean(), 'Whether every file that has owners in CODEOWNERS needs the approval of one of them.', {
        default: false,
      }),
    ),
  }),
  'Approving reviews of some people.',
);

export const reviews = documented(
  z.union([reviewsWanted, z.array(reviewsWanted).check(z.minLength(1))]),
  'Approving reviews that the merged pull request of a release must have; those of its authors, and dismissed and outdated ones, do not count.',
  { examples: [{ count: 2, 'code-owners': true }, [{ count: 2 }, { by: 'security' }]] },
);

/** Roles are resolved when a release is planned: `withPeople`. */
export function readReviews(given: z.output<typeof reviews> | undefined): readonly Reviews[] {
  return asList(given).map(({ count = 1, by, 'code-owners': owners = false }) => ({
    count,
    roles: asList(by),
    by: asList(by),
    ...(owners ? { codeOwners: true } : {}),
  }));
}

export function withPeople(
  wanted: readonly Reviews[],
  peopleOf: (role: string) => readonly string[],
): readonly Reviews[] {
  return wanted.map(each => ({ ...each, by: [...new Set(each.roles.flatMap(peopleOf))] }));
}
