import * as z from 'zod/mini';
import type { Sought } from '../../gate/sought.ts';
import { asList, documented, oneOrMany, text } from '../fields.ts';
import { didYouMean } from '../nearest.ts';
import type { Mistake } from '../problem.ts';
import { asRecord, type RawRecord, textsAt } from '../raw.ts';

/** Migrations that one commit has and another has not. */
export interface MigrationChanges {
  readonly files: number;
  /** The first of them. */
  readonly some: readonly string[];
  /** Those that cannot be undone. */
  readonly irreversible: readonly string[];
}

/** Which files are migrations, and which of them cannot be undone. */
export interface MigrationsPolicy {
  readonly files: readonly string[];
  /** Of those: patterns, too. */
  readonly irreversible: readonly string[];
  /** Whose migrations they are; of all components when empty. */
  readonly components: readonly string[];
  /** What lies between what runs and what is planned; null where nothing runs. Absent until a plan is made. */
  readonly changes?: Sought<MigrationChanges | null>;
}

const pattern = (description: string, examples: readonly unknown[]) =>
  oneOrMany(text('Paths as in .gitignore.'), description, { examples });

export const migrations = documented(
  z.strictObject({
    files: pattern('The files of the repository that are migrations.', ['prisma/migrations/']),
    irreversible: z.optional(
      pattern('Which of them cannot be undone: what ran before does not work with what they leave.', [
        '*_irreversible/',
      ]),
    ),
    components: z.optional(
      oneOrMany(text('The name of a component.'), 'The components whose migrations they are; all unless said.', {
        examples: ['api'],
      }),
    ),
  }),
  'Migrations of data: shown to the reviewer. Nothing goes back across one that cannot be undone.',
  { examples: [{ files: 'prisma/migrations/', irreversible: '*_irreversible/', components: 'api' }] },
);

/** A component that is not there would never have migrations. `known`: the components of the file. */
export function checkMigrations(name: string, environment: RawRecord, known: readonly string[]): readonly Mistake[] {
  const path = ['environments', name, 'migrations', 'components'];
  return textsAt(asRecord(environment.migrations).components, path)
    .filter(({ text: written }) => !known.includes(written))
    .map(entry => ({
      path: entry.path,
      message: `no component \`${entry.text}\``,
      hint: didYouMean(entry.text, known),
    }));
}

export function readMigrations(given: z.output<typeof migrations>): MigrationsPolicy {
  return {
    files: asList(given.files),
    irreversible: asList(given.irreversible),
    components: asList(given.components),
  };
}
