import * as z from 'zod/mini';
import { account, count, described, duration, expects, map, text } from '../../schema/words.ts';

/** CodePipeline in a scenario: what is there, what happens to it, what is expected of it. */

const lines = z.optional(described(z.array(z.string()), 'Lines that it logs.'));

const behaviour = {
  takes: z.optional(duration('How long it takes; 20 s unless said.')),
  log: lines,
  fails: z.optional(
    described(
      z.strictObject({
        when: z.optional(
          described(
            z.strictObject({ file: text('A file of the commit.'), holds: text('A text in it.') }),
            'Only for commits with this; always unless said.',
          ),
        ),
        code: z.optional(text('The code of the error; JobFailed unless said.')),
        message: text('What went wrong, in the words of whoever did the work.'),
        log: lines,
      }),
      'It fails in the end.',
    ),
  ),
};

const action = z.strictObject({
  name: text('Its name.'),
  provider: described(
    z.enum(['CodeStarSourceConnection', 'CodeBuild', 'Commands', 'CloudFormation', 'CodeDeploy', 'Manual']),
    'Who does the work; `Manual` is an approval.',
  ),
  'run-order': z.optional(count('Its order within the stage; 1 unless said.')),
  configuration: z.optional(
    described(z.record(z.string(), z.string()), 'More of its configuration, as CodePipeline names it.'),
  ),
  ...behaviour,
});

export const pipeline = z.strictObject({
  account: account('The AWS account, in quotes.'),
  name: text('Its name.'),
  branch: z.optional(text('The branch of the repository that it takes; main unless said.')),
  type: z.optional(described(z.enum(['V1', 'V2']), 'V2 unless said.')),
  mode: z.optional(described(z.enum(['SUPERSEDED', 'QUEUED', 'PARALLEL']), 'SUPERSEDED unless said.')),
  'starts-after-push': z.optional(duration('It starts by itself, so long after a push; never unless said.')),
  'polling-disabled': z.optional(described(z.boolean(), 'AWS has switched its periodic checks off.')),
  variables: z.optional(described(z.record(z.string(), z.string()), 'Its variables, with their defaults.')),
  ran: z.optional(described(z.boolean(), 'It ran an hour ago, on the first commit; yes unless said.')),
  environment: z.optional(
    text('The environment of the repository whose jobs alone its account’s release role trusts; any unless said.'),
  ),
  stages: described(
    z.array(
      z.strictObject({
        name: text('The stage.'),
        'on-failure': z.optional(described(z.enum(['rollback']), 'It rolls back by itself when it fails.')),
        actions: z.array(action),
      }),
    ),
    'Its stages, the source first.',
  ),
});

const which = { account: account('The account.'), pipeline: text('The pipeline.') };

export const pipelineHappenings = {
  'start-pipeline': z.optional(
    described(z.strictObject({ ...which, by: text('Who.') }), 'Somebody starts a pipeline by hand.'),
  ),
  'stop-pipeline': z.optional(
    described(
      z.strictObject({
        ...which,
        reason: text('What they say.'),
        abandon: z.optional(described(z.boolean(), 'What is at work is abandoned.')),
      }),
      'Somebody stops the newest execution that is under way.',
    ),
  ),
  'set-transition': z.optional(
    described(
      z.strictObject({
        ...which,
        stage: text('The stage behind it.'),
        by: text('Who.'),
        enabled: z.boolean(),
        reason: z.optional(text('Why it is closed.')),
      }),
      'Somebody opens or closes the transition before a stage.',
    ),
  ),
  'set-action': z.optional(
    described(
      z.strictObject({ ...which, action: text('`Stage/Action`'), ...behaviour }),
      'An action does something else from its next run on.',
    ),
  ),
  'update-pipeline': z.optional(
    described(
      z.strictObject(which),
      'Somebody changes the structure of a pipeline: its version rises, and what is under way is cancelled.',
    ),
  ),
  'answer-approval': z.optional(
    described(
      z.strictObject({
        ...which,
        action: text('`Stage/Action`'),
        by: text('Who.'),
        answer: z.enum(['Approved', 'Rejected']),
        comment: z.optional(text('What they write.')),
      }),
      'Somebody answers an approval of a pipeline.',
    ),
  ),
};

export const pipelineExpectation = z.optional(
  described(
    z
      .strictObject({
        ...which,
        executions: z.optional(
          described(
            z.array(z.string()),
            'Every execution since the beginning of the story, as `Fix it: Succeeded`, the oldest first; `rollback of Deploy to Fix it: Succeeded` is one.',
          ),
        ),
        triggers: z.optional(described(z.array(z.string()), 'What has started them, as CodePipeline names it.')),
        stages: z.optional(
          described(map(z.string()), 'The first line of the commit that was last successful in a stage, by stage.'),
        ),
        'followed-within': z.optional(duration('From the end of its newest execution to the end of the newest run.')),
      })
      .check(expects('executions', 'triggers', 'stages', 'followed-within')),
    'A pipeline as CodePipeline has it.',
  ),
);
