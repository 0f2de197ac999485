import * as z from 'zod/mini';
import { asList, choice, documented, oneOrMany, text } from '../fields.ts';

/** What has to have succeeded on the commit, by the names that GitHub shows. */
export interface RequiredChecks {
  readonly names: readonly string[];
  /** Conclusions that count as well. */
  readonly allow: readonly Lenient[];
}

export const LENIENT = ['skipped', 'neutral'] as const;
export type Lenient = (typeof LENIENT)[number];

const checkName = text('A check or a status, by the name on the page of the commit.', {
  examples: ['build / api', 'ci/lint'],
});

export const checksMapping = z.strictObject({
  require: oneOrMany(checkName, 'What has to have succeeded on the commit.'),
  allow: z.optional(
    oneOrMany(
      choice(LENIENT, 'A conclusion.'),
      'Conclusions that count as success, too; none unless said: a check that was skipped has shown nothing.',
    ),
  ),
});

export const requiredChecks = documented(
  z.union([checkName, z.array(checkName).check(z.minLength(1)), checksMapping]),
  'Checks and statuses that have to have succeeded on the commit that is released, by the names that GitHub shows.',
  { examples: [['build / api', 'ci/lint'], { require: ['build / api'], allow: ['skipped'] }] },
);

/** Without a name nothing is asked for. */
export function readChecks(values: z.output<typeof requiredChecks>): RequiredChecks {
  if (typeof values === 'object' && 'require' in values) {
    return { names: asList(values.require), allow: asList(values.allow) };
  }
  return { names: asList<string>(values), allow: [] };
}
