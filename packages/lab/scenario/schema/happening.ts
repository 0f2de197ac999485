import * as z from 'zod/mini';
import { stackHappening } from '../aws/cloudformation/schema.ts';
import { pipelineHappenings } from '../aws/codepipeline/schema.ts';
import { tableHappenings } from '../aws/dynamodb/schema.ts';
import { instanceHappenings } from '../aws/ec2/schema.ts';
import { lambdaHappening } from '../aws/lambda/schema.ts';
import { databaseHappenings } from '../aws/rds/schema.ts';
import { siteHappening } from '../aws/site/schema.ts';
import { topicHappenings } from '../aws/sns/schema.ts';
import { commitHappenings } from './commit.ts';
import { awsFault, githubFault } from './fault.ts';
import { issueHappenings } from './issues.ts';
import { changeOutside } from './outside.ts';
import { account, count, described, duration, text } from './words.ts';
import { image } from './world.ts';

const tag = z
  .strictObject({
    name: text('The tag.'),
    by: text('Who.'),
    at: z.optional(text('A branch, tag or commit, or the title of a run, for its commit; main unless said.')),
    annotated: z.optional(described(z.boolean(), 'Whether the tag is an object of its own; yes unless said.')),
    signed: z.optional(described(z.enum(['gpg', 'ssh', 's/mime']), 'Signed so; Sigstore’s are of the last kind.')),
    verification: z.optional(
      text('What GitHub finds when it checks the signature, in the words of its API; `valid` unless said.'),
    ),
    moved: z.optional(described(z.boolean(), 'The tag exists and is moved, by force.')),
  })
  .check(
    z.refine(
      ({ annotated, signed, verification }) =>
        signed === undefined ? verification === undefined : annotated !== false,
      'only an annotated tag can be signed, and only a signature be verified',
    ),
  );

/** Things that people and the world do, from outside of every run. */
export const happening = {
  outside: z.optional(changeOutside),
  push: z.optional(
    described(
      z.strictObject({
        by: text('Who pushes.'),
        message: text('The commit message.'),
        branch: z.optional(text('The branch; main unless said.')),
        from: z.optional(text('Makes the branch, from this branch, tag or commit.')),
        files: z.optional(
          described(z.record(z.string(), z.nullable(z.string())), 'Files of the commit, by path; `null` deletes one.'),
        ),
        version: z.optional(
          described(z.record(z.string(), z.string()), 'Sets `version` in the package.json of these folders.'),
        ),
      }),
      'Somebody pushes a commit.',
    ),
  ),
  tag: z.optional(described(tag, 'Somebody pushes a tag.')),
  publish: z.optional(
    described(
      z.strictObject({
        tag: text('The tag; it is made when it is not there.'),
        by: text('Who.'),
        at: z.optional(text('A branch or commit for a tag that is made; main unless said.')),
        prerelease: z.optional(described(z.boolean(), 'Marked as a prerelease.')),
        draft: z.optional(described(z.boolean(), 'Only drafted.')),
      }),
      'Somebody publishes a release on GitHub.',
    ),
  ),
  ...commitHappenings,
  dispatch: z.optional(
    described(
      z.strictObject({
        workflow: text('File name of the workflow.'),
        by: text('Who.'),
        ref: z.optional(text('A branch or tag; main unless said.')),
        inputs: z.optional(described(z.record(z.string(), z.string()), 'What they fill in.')),
      }),
      'Somebody starts a workflow by hand.',
    ),
  ),
  schedule: z.optional(
    described(
      z.strictObject({
        workflow: text('File name of the workflow.'),
        by: text('Who has last changed its cron line: GitHub names them as the actor.'),
      }),
      'The clock starts a workflow that has a schedule.',
    ),
  ),
  'delete-branch': z.optional(
    described(z.strictObject({ by: text('Who.'), branch: text('The branch.') }), 'Somebody deletes a branch.'),
  ),
  'open-pull-request': z.optional(
    described(
      z.strictObject({
        by: text('Who.'),
        title: text('Its title.'),
        head: text('The branch that is to be merged.'),
        base: z.optional(text('The branch that it goes into; main unless said.')),
        labels: z.optional(described(z.array(z.string()), 'Its labels.')),
      }),
      'Somebody opens a pull request.',
    ),
  ),
  'review-pull-request': z.optional(
    described(
      z.strictObject({
        by: text('Who.'),
        title: text('Its title.'),
        says: described(z.enum(['approve', 'request-changes', 'comment']), 'What they say of it.'),
      }),
      'Somebody reviews a pull request.',
    ),
  ),
  'merge-pull-request': z.optional(
    described(
      z.strictObject({ by: text('Who.'), title: text('Its title.') }),
      'Somebody merges a pull request, with a merge commit.',
    ),
  ),
  ...issueHappenings,
  'set-reviewers': z.optional(
    described(
      z.strictObject({ environment: text('The environment.'), reviewers: z.array(z.string()) }),
      'An administrator changes whom an environment asks.',
    ),
  ),
  'set-alarm': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        name: text('The alarm.'),
        state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
      }),
      'An alarm changes its state.',
    ),
  ),
  'set-metric': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        namespace: text('The namespace.'),
        name: text('The metric.'),
        dimensions: z.record(z.string(), z.string()),
        value: described(z.number(), 'Its value from now on, one sample a minute.'),
      }),
      'A metric changes its value.',
    ),
  ),
  'update-service': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        cluster: text('The cluster.'),
        service: text('The service.'),
        'desired-count': z.optional(count('Scale it.')),
        'force-new-deployment': z.optional(described(z.boolean(), 'Deploy the same definition again.')),
        'task-definition': z.optional(text('Another definition.')),
      }),
      'Somebody else changes a service.',
    ),
  ),
  'kill-task': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        cluster: text('The cluster.'),
        service: text('The service.'),
        'exit-code': z.optional(count('137 unless said.')),
      }),
      'A running task of a service exits.',
    ),
  ),
  'expire-image': z.optional(
    described(
      z.strictObject({
        account: account('The account of the registry.'),
        repository: text('The ECR repository.'),
        version: text('The version whose images go.'),
      }),
      'A life-cycle policy takes the images of a version away.',
    ),
  ),
  'push-image': z.optional(described(image, 'Somebody pushes an image; a tag that is there already moves.')),
  'stop-deployment': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        cluster: text('The cluster.'),
        service: text('The service.'),
        as: z.optional(
          described(
            z.enum(['person', 'breaker', 'alarms']),
            'Who noticed; a person, by StopServiceDeployment, unless said.',
          ),
        ),
      }),
      'The present deployment of a service is stopped.',
    ),
  ),
  'continue-deployment': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        cluster: text('The cluster.'),
        service: text('The service.'),
        action: z.optional(z.enum(['CONTINUE', 'ROLLBACK'])),
      }),
      'A person answers the PAUSE hook at which a deployment waits.',
    ),
  ),
  'fail-placement': z.optional(
    described(
      z.strictObject({
        account: account('The account.'),
        cluster: text('The cluster.'),
        reason: text('As ECS says it: `RESOURCE:MEMORY`.'),
        detail: z.optional(z.string()),
      }),
      'The next RunTask answers this failure, with HTTP 200, instead of a task.',
    ),
  ),
  ...stackHappening,
  ...siteHappening,
  ...pipelineHappenings,
  ...instanceHappenings,
  ...lambdaHappening,
  ...tableHappenings,
  ...databaseHappenings,
  ...topicHappenings,
  'aws-fault': z.optional(described(awsFault, 'Calls of AWS go wrong. A fault that never strikes fails the scenario.')),
  'github-fault': z.optional(
    described(githubFault, 'Calls of GitHub go wrong. A fault that never strikes fails the scenario.'),
  ),
  'end-sessions': z.optional(described(z.literal(true), 'Every AWS session so far expires now.')),
  cancel: z.optional(
    described(
      z.strictObject({ by: text('Who.'), workflow: z.optional(text('The workflow; the newest run unless said.')) }),
      'Somebody cancels the run.',
    ),
  ),
  kill: z.optional(
    described(
      z.strictObject({ job: text('The job, as it is shown.') }),
      'The machine of a job of the newest run vanishes.',
    ),
  ),
};

export const meanwhile = z.optional(
  described(
    z.array(z.strictObject({ after: duration('From the beginning of this step.'), ...happening })),
    'What happens while the runs of this step go on.',
  ),
);
