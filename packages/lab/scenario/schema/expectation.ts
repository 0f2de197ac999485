import * as z from 'zod/mini';
import { stackExpectation } from '../aws/cloudformation/schema.ts';
import { pipelineExpectation } from '../aws/codepipeline/schema.ts';
import { tableExpectation } from '../aws/dynamodb/schema.ts';
import { lambdaExpectation } from '../aws/lambda/schema.ts';
import { siteExpectation } from '../aws/site/schema.ts';
import { topicExpectation } from '../aws/sns/schema.ts';
import { commandLineExpectation } from './command-line.ts';
import { issueExpectation } from './issues.ts';
import { expectOutside } from './outside.ts';
import { releaseExpectations } from './releases.ts';
import { account, count, described, duration, expects, list, map, of, text, texts } from './words.ts';

const jobResult = z.enum(['success', 'failure', 'cancelled', 'skipped', 'waiting', 'queued', 'pending', 'in_progress']);
const times = z.int().check(z.nonnegative());

/** What a step is expected to have come to. */
export const expectation = z
  .strictObject({
    run: z.optional(
      described(
        z
          .strictObject({
            workflow: z.optional(text('Its name; the newest run of this step unless said.')),
            of,
            conclusion: z.optional(z.enum(['success', 'failure', 'cancelled', 'skipped', 'waiting'])),
            jobs: z.optional(described(map(jobResult), 'What came of its jobs, by the name that is shown.')),
            'took-less-than': z.optional(duration('From its start to its end, waiting for people included.')),
            'github-at-most': z.optional(
              described(
                z
                  .strictObject({
                    requests: z.optional(described(times, 'Of all of them.')),
                    writes: z.optional(described(times, 'Of those that would change something.')),
                  })
                  .check(expects('requests', 'writes')),
                'Calls of GitHub’s API that its jobs have made since it began, in steps before this one, too.',
              ),
            ),
          })
          .check(expects('conclusion', 'jobs', 'took-less-than', 'github-at-most')),
        'What a run came to.',
      ),
    ),
    step: z.optional(
      described(
        z
          .strictObject({
            name: text('The name of a step of the newest run of this step.'),
            job: z.optional(text('Its job, as it is shown; needed where several have a step of that name.')),
            of,
            conclusion: z.optional(z.enum(['success', 'failure', 'cancelled', 'skipped'])),
            outputs: z.optional(described(map(z.string()), 'Its outputs, by name.')),
            log: z.optional(texts('Its log has these.')),
            'log-lacks': z.optional(texts('Its log has none of these.')),
            summary: z.optional(texts('Its summary has these.')),
            annotation: z.optional(texts('Its annotations have these.')),
            'took-less-than': z.optional(duration('From its start to its end.')),
          })
          .check(expects('conclusion', 'outputs', 'log', 'log-lacks', 'summary', 'annotation', 'took-less-than')),
        'What a step of a job came to.',
      ),
    ),
    journal: z.optional(
      described(
        z
          .strictObject({
            environment: text('The environment.'),
            running: z.optional(described(z.nullable(z.string()), 'The version that runs; `null` for none.')),
            verified: z.optional(
              described(z.nullable(z.string()), 'The version that was verified last; `null` for none.'),
            ),
            apart: z.optional(
              described(
                z.nullable(map(z.string())),
                'Components that stand at another version, brought back alone; `null` for none.',
              ),
            ),
            holds: z.optional(
              described(
                z.array(z.string()),
                'Everything that is held: versions, components, `api of 1.3.0`, or the environment.',
              ),
            ),
            parked: z.optional(
              described(z.array(z.string()), 'Why each release waits that is parked, as `window-closed`.'),
            ),
            page: z.optional(described(list(), 'The page that GitHub shows for it has these.')),
            locked: z.optional(described(z.boolean(), 'Whether a run holds its lock.')),
            history: z.optional(described(z.array(z.string()), 'Its whole history, as `1.3.0 verified`.')),
            events: z.optional(described(list(), 'Events that are among those since the step began.')),
            'all-events': z.optional(
              described(
                z.array(z.string()),
                'Every event since the beginning of the story, in order; `[]` also where there is no journal.',
              ),
            ),
          })
          .check(
            expects(
              'running',
              'verified',
              'apart',
              'holds',
              'parked',
              'page',
              'locked',
              'history',
              'events',
              'all-events',
            ),
          ),
        'What the journal of an environment says.',
      ),
    ),
    serves: z.optional(
      described(
        z.strictObject({ host: text('The host.'), version: text('What all of its tasks are.') }),
        'What an application answers.',
      ),
    ),
    service: z.optional(
      described(
        z
          .strictObject({
            account: account('The account.'),
            cluster: text('The cluster.'),
            service: text('The service.'),
            running: z.optional(count('Running tasks.')),
            revision: z.optional(count('The revision of its task definition.')),
            version: z.optional(text('The version of its application that all running tasks have.')),
            rollouts: z.optional(
              described(
                z.array(z.string()),
                'The statuses of its service deployments, the newest last, without its first.',
              ),
            ),
            'definition-has': z.optional(
              described(map(z.unknown()), 'What its task definition holds, by JSON pointer.'),
            ),
            'followed-within': z.optional(duration('From the end of its newest rollout to the end of the newest run.')),
          })
          .check(expects('running', 'revision', 'version', 'rollouts', 'definition-has', 'followed-within')),
        'A service as ECS has it.',
      ),
    ),
    stack: stackExpectation,
    outside: z.optional(expectOutside),
    'command-line': commandLineExpectation,
    pipeline: pipelineExpectation,
    ...lambdaExpectation,
    table: tableExpectation,
    topic: topicExpectation,
    'github-calls': z.optional(
      described(z.int().check(z.nonnegative()), 'How many calls of GitHub’s API the runs of this step have made.'),
    ),
    deployment: z.optional(
      described(
        z.strictObject({
          environment: text('The environment.'),
          release: z.optional(text('The version that it shows; the newest unless said.')),
          state: text('The newest status of that deployment.'),
        }),
        'What GitHub shows people as the deployment.',
      ),
    ),
    ...issueExpectation,
    ...releaseExpectations,
    ...siteExpectation,
    calls: z.optional(
      described(
        z
          .strictObject({
            made: z.optional(described(list(), 'Calls that have reached their service, whatever it answered.')),
            'not-made': z.optional(described(list(), 'Calls that nobody has even tried; `ecs.*` is all of ECS.')),
            'at-most': z.optional(described(map(times), 'No more calls than this.')),
            exactly: z.optional(described(map(times), 'Just so many calls.')),
            'a-minute': z.optional(
              described(
                map(times),
                'At most so many in any minute between the first and the last, in which everything is read; `ecs.*` is all of ECS.',
              ),
            ),
          })
          .check(expects('made', 'not-made', 'at-most', 'exactly', 'a-minute')),
        'AWS calls since the last step, as `ecs.UpdateService`.',
      ),
    ),
  })
  .check(
    expects(
      'run',
      'step',
      'journal',
      'serves',
      'service',
      'stack',
      'outside',
      'command-line',
      'github-calls',
      'deployment',
      'calls',
      'pipeline',
      'function',
      'table',
      'topic',
      'issue',
      ...Object.keys(releaseExpectations),
      ...Object.keys(siteExpectation),
    ),
  );
