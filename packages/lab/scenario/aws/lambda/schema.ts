import * as z from 'zod/mini';
import { account, count, described, expects, map, text } from '../../schema/words.ts';

/** Lambda functions: what is there, what happens to them, what has come of them. */

const where = { account: account('The account.'), name: text('The function.') };
const variables = (description: string) => described(z.record(z.string(), z.string()), description);

export const lambdaFunction = z.strictObject({
  account: account('The AWS account, in quotes.'),
  name: text('The function.'),
  copies: z.optional(count('So many of it, with their number behind the name: `mail-1`, `mail-2`.')),
  application: text('Which of `applications` its code is.'),
  version: text('The version that has been there for an hour.'),
  alias: z.optional(text('The alias of its version 1; without it there is neither.')),
  host: z.optional(text('The name under which the alias answers.')),
  repository: z.optional(text('The ECR repository of its image, which is made; a zip without it.')),
  variables: z.optional(variables('Its environment variables.')),
  'variables-unreadable': z.optional(described(z.literal(true), 'Callers may not decrypt them.')),
  layers: z.optional(described(z.array(z.string()), 'ARNs of its layers.')),
  memory: z.optional(count('Its memory in MB; 256 unless said.')),
  'provisioned-concurrency': z.optional(count('Of the alias.')),
  state: z.optional(described(z.enum(['Active', 'Inactive', 'Pending', 'Failed']), 'Active unless said.')),
  environment: z.optional(
    text('The environment of the repository whose jobs alone its account’s release role trusts; any unless said.'),
  ),
});

export const codeObject = z.strictObject({
  account: account('The account of the bucket.'),
  bucket: text('The bucket; it is made when it is not there.'),
  key: text('The key of the archive.'),
  application: text('Which of `applications` is in it.'),
  version: text('Its version.'),
  region: z.optional(text('The region of the bucket; that of the scenario unless said.')),
});

export const lambdaWorld = {
  functions: z.optional(described(z.array(lambdaFunction), 'Lambda functions.')),
  'code-objects': z.optional(described(z.array(codeObject), 'Archives of functions in buckets.')),
  layers: z.optional(
    described(
      z.array(z.strictObject({ account: account('The account.'), arn: text('With its version.') })),
      'Layer versions that are there besides those of the functions.',
    ),
  ),
  lambda: z.optional(described(z.record(z.string(), z.unknown()), 'Settings of packages/lab/aws/lambda/settings.ts.')),
};

export const lambdaHappening = {
  'update-function': z.optional(
    described(
      z.strictObject({
        ...where,
        version: z.optional(text('The version of its application that is uploaded.')),
        variables: z.optional(variables('All of its environment variables from now on.')),
        memory: z.optional(count('Its memory in MB.')),
      }),
      'Somebody else changes the code or the configuration of a function.',
    ),
  ),
  'move-alias': z.optional(
    described(
      z.strictObject({
        ...where,
        alias: text('The alias.'),
        to: text('The published version, in quotes.'),
        weights: z.optional(described(z.record(z.string(), z.number()), 'Shares of other versions, from 0 to 1.')),
      }),
      'Somebody else moves an alias.',
    ),
  ),
  'request-function': z.optional(
    described(
      z.strictObject({
        host: text('The host of an alias.'),
        times: count('How many.'),
        path: z.optional(text('/ unless said.')),
      }),
      'Requests reach a function: its code starts, and logs.',
    ),
  ),
  'publish-function': z.optional(described(z.strictObject(where), 'Somebody else publishes a version.')),
  'delete-version': z.optional(
    described(
      z.strictObject({ ...where, version: text('The published version, in quotes.') }),
      'Somebody deletes a published version.',
    ),
  ),
  'fail-function-update': z.optional(
    described(
      z.strictObject({ ...where, code: text('As `InvalidImage`.'), reason: text('What Lambda says.') }),
      'The next update of a function is accepted and then fails.',
    ),
  ),
};

export const lambdaExpectation = {
  function: z.optional(
    described(
      z
        .strictObject({
          ...where,
          alias: z.optional(text('The alias that is looked at.')),
          version: z.optional(text('The version of its application behind the alias, alone.')),
          routes: z.optional(
            described(
              z.array(z.string()),
              'Where the alias has sent its requests since the beginning, in order: `1`, then `1 + 2 10%`, then `2`.',
            ),
          ),
          versions: z.optional(count('How many versions are published.')),
          latest: z.optional(text('The version of its application in `$LATEST`.')),
          variables: z.optional(described(map(z.string()), 'All environment variables of what is looked at.')),
          layers: z.optional(described(z.array(z.string()), 'All of its layers, in order.')),
          memory: z.optional(count('Its memory in MB.')),
          provisioned: z.optional(
            described(z.nullable(z.string()), 'Provisioned concurrency of the alias: `5 READY`; `null` for none.'),
          ),
        })
        .check(expects('version', 'routes', 'versions', 'latest', 'variables', 'layers', 'memory', 'provisioned')),
      'A function as Lambda has it: its alias where one is named, else `$LATEST`.',
    ),
  ),
};
