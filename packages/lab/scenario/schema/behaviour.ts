import * as z from 'zod/mini';
import { account, count, described, duration, percentage, status, text } from './words.ts';

/** What an image does when it runs. */

const when = {
  first: z.optional(count('On the first n starts only.')),
  every: z.optional(count('On every n-th start only.')),
};
const lines = z.optional(described(z.array(z.string()), 'Lines that are logged.'));

const reply = {
  status: z.optional(status('The status code.')),
  body: z.optional(described(z.unknown(), 'The body, as JSON.')),
  latency: z.optional(duration('How long the answer takes.')),
  errors: z.optional(percentage('Percentage of requests that are answered with 500 instead.')),
};

const route = z.strictObject({
  ...reply,
  needs: z.optional(text('A header without which it answers 401.')),
});

export const behaviour = z.strictObject({
  'only-in': z.optional(account('The account in which it does so; as the default elsewhere.')),
  'starts-after': z.optional(duration('From the creation of a task to RUNNING; 20 s unless said.')),
  'healthy-after': z.optional(duration('From RUNNING to passing its health checks; 10 s unless said.')),
  unhealthy: z.optional(
    z.union([
      described(z.literal('never'), 'No health check ever passes.'),
      z.strictObject({ after: duration('Checks fail from then on.') }),
    ]),
  ),
  crash: z.optional(
    described(
      z.strictObject({
        ...when,
        after: z.optional(duration('From RUNNING; before RUNNING when it is not given.')),
        'exit-code': count('The exit code of the container.'),
        log: lines,
      }),
      'The container exits.',
    ),
  ),
  'out-of-memory': z.optional(
    described(
      z.strictObject({ ...when, after: duration('From RUNNING.'), log: lines }),
      'The container is killed for its memory.',
    ),
  ),
  pull: z.optional(
    described(
      z.strictObject({
        ...when,
        failure: described(z.enum(['not-found', 'denied', 'timeout', 'rate-limit']), 'Why the image cannot be pulled.'),
      }),
      'The image cannot be pulled.',
    ),
  ),
  'missing-secret': z.optional(
    described(
      z.strictObject({ ...when, arn: text('The secret that is not there.') }),
      'A secret of the task definition is not there.',
    ),
  ),
  log: lines,
  'init-error': z.optional(
    described(
      z.strictObject({ error: text('As `Runtime.ImportModuleError`.'), message: text('What the runtime logs.') }),
      'A Lambda function of it does not start.',
    ),
  ),
  http: z.optional(
    described(
      z.strictObject({ ...reply, routes: z.optional(z.record(z.string(), route)) }),
      'How it answers requests, and otherwise by `POST /notes`, or by a path for every method.',
    ),
  ),
  commands: z.optional(
    described(
      z.record(
        z.string(),
        z.strictObject({
          'exit-code': count('The exit code.'),
          takes: z.optional(duration('How long it runs.')),
          log: lines,
        }),
      ),
      'What it does as a one-off task, by its command.',
    ),
  ),
});

export const application = z.strictObject({
  default: z.optional(described(behaviour, 'What every version does.')),
  versions: z.optional(described(z.record(z.string(), behaviour), 'What a version does besides, by version.')),
});
