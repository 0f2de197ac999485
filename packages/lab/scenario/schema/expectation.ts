import * as z from 'zod/mini';
import { count, described, duration, of, text } from './words.ts';

/** What a step is expected to have come to. */
export const expectation = z.strictObject({
  run: z.optional(
    z.strictObject({
      workflow: z.optional(text('Its name; the newest run unless said.')),
      of,
      conclusion: z.optional(z.enum(['success', 'failure', 'cancelled', 'skipped', 'waiting'])),
      jobs: z.optional(z.record(z.string(), z.string())),
      'took-less-than': z.optional(duration('From its start to its end, waiting for people included.')),
    }),
  ),
  step: z.optional(
    z.strictObject({
      name: text('The name of a step of the newest run.'),
      of,
      conclusion: z.optional(z.enum(['success', 'failure', 'cancelled', 'skipped'])),
      outputs: z.optional(z.record(z.string(), z.string())),
      log: z.optional(z.union([z.string(), z.array(z.string())])),
      'log-lacks': z.optional(z.union([z.string(), z.array(z.string())])),
      summary: z.optional(z.union([z.string(), z.array(z.string())])),
      annotation: z.optional(z.union([z.string(), z.array(z.string())])),
      'took-less-than': z.optional(duration('From its start to its end.')),
    }),
  ),
  journal: z.optional(
    z.strictObject({
      environment: text('The environment.'),
      running: z.optional(z.nullable(z.string())),
      verified: z.optional(z.nullable(z.string())),
      holds: z.optional(z.array(z.string())),
      locked: z.optional(z.boolean()),
      history: z.optional(z.array(z.string())),
      events: z.optional(described(z.array(z.string()), 'Events that are among all.')),
      'all-events': z.optional(described(z.array(z.string()), 'Every event, in order.')),
    }),
  ),
  serves: z.optional(z.strictObject({ host: text('The host.'), version: text('What all of its tasks are.') })),
  service: z.optional(
    z.strictObject({
      account: text('The account.'),
      cluster: text('The cluster.'),
      service: text('The service.'),
      running: z.optional(count('Running tasks.')),
      revision: z.optional(count('The revision of its task definition.')),
      version: z.optional(text('The version of its application that all running tasks have.')),
      rollouts: z.optional(
        described(z.array(z.string()), 'The statuses of its service deployments, the newest last, without its first.'),
      ),
      'definition-has': z.optional(
        described(z.record(z.string(), z.unknown()), 'What its task definition holds, by JSON pointer.'),
      ),
      'followed-within': z.optional(duration('From the end of its newest rollout to the end of the newest run.')),
    }),
  ),
  'github-calls': z.optional(
    described(z.int().check(z.nonnegative()), 'How many calls of GitHub’s API the runs of this step have made.'),
  ),
  deployment: z.optional(
    z.strictObject({
      environment: text('The environment.'),
      release: z.optional(text('The version that it shows; the newest unless said.')),
      state: text('The newest status of that deployment.'),
    }),
  ),
  calls: z.optional(
    described(
      z.strictObject({
        made: z.optional(z.array(z.string())),
        'not-made': z.optional(z.array(z.string())),
        'at-most': z.optional(z.record(z.string(), z.int())),
        exactly: z.optional(z.record(z.string(), z.int())),
        'a-minute': z.optional(
          described(
            z.record(z.string(), z.int()),
            'At most so many in any minute between the first and the last, in which everything is read; `ecs.*` is all of ECS.',
          ),
        ),
      }),
      'AWS calls since the last step, as `ecs.UpdateService`.',
    ),
  ),
});
