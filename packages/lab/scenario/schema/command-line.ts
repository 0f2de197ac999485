import * as z from 'zod/mini';
import { account, count, described, expects, text, texts } from './words.ts';

/** The commands of the suite, as people use them on their own machine. */

export const commandLine = z.optional(
  described(
    z.strictObject({
      by: text('Who; `GITHUB_TOKEN` is theirs.'),
      words: described(z.array(z.string()), 'The words after `npx github:org/release-actions`.'),
      account: z.optional(account('The AWS account that they have a key of, in quotes; none unless said.')),
      denied: z.optional(described(z.array(z.string()), 'Actions that their user in that account lacks.')),
      branch: z.optional(text('What is checked out in their clone; the default branch unless said.')),
      replace: z.optional(
        described(
          z.record(z.string(), z.record(z.string(), z.string())),
          'Text that they replace in files of that checkout before, by path. `*` stands for any characters of a name.',
        ),
      ),
    }),
    'Somebody runs a command of the suite in a fresh clone of the repository.',
  ),
);

export const commandLineExpectation = z.optional(
  described(
    z
      .strictObject({
        exit: z.optional(count('Its exit code.')),
        says: z.optional(texts('It says these.')),
        'github-calls': z.optional(count('How many calls of GitHub’s API it has made.')),
        'says-not': z.optional(texts('It says none of these.')),
      })
      .check(expects('exit', 'says', 'says-not', 'github-calls')),
    'What the command of this step came to.',
  ),
);
