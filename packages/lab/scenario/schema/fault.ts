import * as z from 'zod/mini';
import { account, described, duration, form, text } from './words.ts';

/** Calls that go wrong. Which ones: the nth, every n-th, `from` … `to`, for a time; each one unless said. */

const nth = (description: string) => described(z.int().check(z.positive()), description);
const optional = z.optional(
  described(z.boolean(), 'It need not strike; otherwise one that never did fails the scenario.'),
);

const skew = z.strictObject({
  ahead: z.optional(duration('By how much the clock of AWS is ahead.')),
  behind: z.optional(duration('By how much it is behind.')),
});

export const awsFault = z.strictObject({
  call: described(
    z.string().check(form(/^(\*|[a-z0-9-]+)\.(\*|[A-Za-z0-9]+)$/, 'is no call such as ecs.UpdateService or ecs.*')),
    'As `ecs.UpdateService`; `*` for any.',
  ),
  do: z.union([
    described(
      z.enum(['throttle', 'reset-before', 'reset-after', 'expired-token', 'deny']),
      'Refused as the service would, or the connection breaks before or after the effect.',
    ),
    z.strictObject({
      error: z.strictObject({
        code: text('The name of the exception.'),
        message: z.string(),
        status: z.int().check(z.gte(400), z.lte(599)),
        effect: z.optional(described(z.boolean(), 'The effect of the call happens all the same.')),
      }),
    }),
    z.strictObject({ slow: duration('How long the call waits.') }),
    z.strictObject({ stale: duration('How old the answer is.') }),
    z.strictObject({ skew }),
  ]),
  nth: z.optional(nth('Only the nth call from now on.')),
  every: z.optional(nth('Every n-th call.')),
  from: z.optional(nth('From this call on.')),
  to: z.optional(nth('Up to and including this call.')),
  after: z.optional(duration('Not before that time has passed.')),
  for: z.optional(duration('Only so long from now on.')),
  account: z.optional(account('Only calls of this account.')),
  optional,
});

const kind = <K extends string>(name: K, description: string) => described(z.literal(name), description);

export const githubFault = z.strictObject({
  call: described(
    z
      .string()
      .check(
        form(
          /^(GET|POST|PUT|PATCH|DELETE) \/|^graphql \w+$/,
          'is no call such as `POST /repos/{owner}/{repo}/deployments` or `graphql createCommitOnBranch`',
        ),
      ),
    'As GitHub documents it: the method and the template of the path, or `graphql` and the field.',
  ),
  when: z.optional(
    z.union([
      z.strictObject({ nth: nth('Only the nth call from now on.') }),
      z.strictObject({ from: nth('From this call on.'), to: nth('Up to and including this call.') }),
      z.strictObject({ for: duration('Only so long from now on.') }),
    ]),
  ),
  fault: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: kind('error', 'A server error.'),
      status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]),
      effect: z.optional(described(z.boolean(), 'The effect happens all the same.')),
    }),
    z.strictObject({ kind: kind('reset-before', 'The connection breaks, nothing happens.') }),
    z.strictObject({ kind: kind('reset-after', 'It happens, then the connection breaks.') }),
    z.strictObject({ kind: kind('slow', 'The call waits.'), milliseconds: nth('How long, in lab time.') }),
    z.strictObject({ kind: kind('rate-limit', 'The hourly limit is used up.') }),
    z.strictObject({
      kind: kind('secondary-limit', 'Too much at once.'),
      'retry-after': z.optional(duration('What GitHub asks to wait.')),
    }),
  ]),
  optional,
});
