import * as z from 'zod/mini';
import { parseDuration } from '#core/duration';

/** What a scenario file may say. Every key is described: `schema/scenario.schema.json` is made from here. */

function described<S extends z.ZodMiniType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

const text = (description: string) => described(z.string().check(z.minLength(1)), description);
const count = (description: string) => described(z.int().check(z.nonnegative()), description);

/** A duration as in the flow file; ms in the code. */
const duration = (description: string) =>
  described(
    z.pipe(
      z.string().check(z.refine(value => parseDuration(value).ok, 'is not a duration such as 90s, 30m or 2h')),
      z.transform((value: string) => {
        const parsed = parseDuration(value);
        return parsed.ok ? parsed.milliseconds : 0;
      }),
    ),
    description,
  );

const when = {
  first: z.optional(count('On the first n starts only.')),
  every: z.optional(count('On every n-th start only.')),
};
const lines = z.optional(described(z.array(z.string()), 'Lines that are logged.'));

const reply = {
  status: z.optional(count('The status code.')),
  body: z.optional(z.unknown()),
  latency: z.optional(duration('How long the answer takes.')),
  errors: z.optional(described(z.number(), 'Percentage of requests that are answered with 500 instead.')),
};

export const behaviour = z.strictObject({
  'only-in': z.optional(text('The account in which it does so; as the default elsewhere.')),
  'starts-after': z.optional(duration('From the creation of a task to RUNNING; 20 s unless said.')),
  'healthy-after': z.optional(duration('From RUNNING to passing its health checks; 10 s unless said.')),
  unhealthy: z.optional(
    z.union([
      described(z.literal('never'), 'No health check ever passes.'),
      z.strictObject({ after: duration('Checks fail from then on.') }),
    ]),
  ),
  crash: z.optional(
    z.strictObject({
      ...when,
      after: z.optional(duration('From RUNNING; before RUNNING when it is not given.')),
      'exit-code': count('The exit code of the container.'),
      log: lines,
    }),
  ),
  'out-of-memory': z.optional(z.strictObject({ ...when, after: duration('From RUNNING.'), log: lines })),
  pull: z.optional(
    z.strictObject({
      ...when,
      failure: described(z.enum(['not-found', 'denied', 'timeout', 'rate-limit']), 'Why the image cannot be pulled.'),
    }),
  ),
  'missing-secret': z.optional(z.strictObject({ ...when, arn: text('The secret that is not there.') })),
  log: lines,
  http: z.optional(z.strictObject({ ...reply, routes: z.optional(z.record(z.string(), z.strictObject(reply))) })),
  commands: z.optional(
    z.record(
      z.string(),
      z.strictObject({
        'exit-code': count('The exit code.'),
        takes: z.optional(duration('How long it runs.')),
        log: lines,
      }),
    ),
  ),
});

const application = z.strictObject({
  default: z.optional(described(behaviour, 'What every version does.')),
  versions: z.optional(described(z.record(z.string(), behaviour), 'What a version does besides, by version.')),
});

const service = z.strictObject({
  account: described(z.string().check(z.regex(/^\d{12}$/)), 'The AWS account, in quotes.'),
  cluster: text('The cluster.'),
  service: text('The service.'),
  repository: text('The ECR repository of its image; it is made.'),
  container: text('The container of its task definition.'),
  application: text('Which of `applications` the image is.'),
  version: text('The version that has been running for an hour.'),
  tasks: count('How many tasks it wants.'),
  host: z.optional(text('The name under which it answers.')),
  breaker: z.optional(described(z.enum(['rollback', 'on', 'off']), 'The circuit breaker; rollback unless said.')),
  'health-check': z.optional(described(z.boolean(), 'Whether the container has a health check; yes unless said.')),
  alarms: z.optional(described(z.array(z.string()), 'Deployment alarms.')),
  'bake-time': z.optional(duration('How long alarms are watched after the rollout.')),
  'load-balancer': z.optional(
    described(z.boolean(), 'Whether a load balancer checks and serves it; yes when it has a host.'),
  ),
  controller: z.optional(described(z.enum(['ECS', 'CODE_DEPLOY', 'EXTERNAL']), 'Who deploys it; ECS unless said.')),
  deployment: z.optional(
    described(
      z.record(z.string(), z.unknown()),
      'More members of its `deploymentConfiguration`, as the API of ECS names them.',
    ),
  ),
  definition: z.optional(
    described(z.record(z.string(), z.unknown()), 'More members of its task definition, as the API of ECS names them.'),
  ),
  'container-definition': z.optional(
    described(z.record(z.string(), z.unknown()), 'More members of its container, as the API of ECS names them.'),
  ),
});

const image = z.strictObject({
  account: text('The account of the registry.'),
  repository: text('The ECR repository.'),
  application: text('Which of `applications` it is.'),
  version: text('The version that is in it.'),
  tag: z.optional(text('The tag; the version unless said.')),
});

const alarm = z.strictObject({
  account: text('The AWS account.'),
  name: text('The name of the alarm.'),
  state: z.optional(z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA'])),
});

const fault = z.record(z.string(), z.unknown());

const of = z.optional(text('The branch or tag of the run; the newest run unless said.'));

/** Things that happen in the world, from outside of every run. */
export const happening = {
  'delete-branch': z.optional(
    described(z.strictObject({ by: text('Who.'), branch: text('The branch.') }), 'Somebody deletes a branch.'),
  ),
  'set-reviewers': z.optional(
    described(
      z.strictObject({ environment: text('The environment.'), reviewers: z.array(z.string()) }),
      'An administrator changes whom an environment asks.',
    ),
  ),
  'set-alarm': z.optional(
    z.strictObject({
      account: text('The account.'),
      name: text('The alarm.'),
      state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    }),
  ),
  'set-metric': z.optional(
    z.strictObject({
      account: text('The account.'),
      namespace: text('The namespace.'),
      name: text('The metric.'),
      dimensions: z.record(z.string(), z.string()),
      value: described(z.number(), 'Its value from now on, one sample a minute.'),
    }),
  ),
  'update-service': z.optional(
    described(
      z.strictObject({
        account: text('The account.'),
        cluster: text('The cluster.'),
        service: text('The service.'),
        'desired-count': z.optional(count('Scale it.')),
        'force-new-deployment': z.optional(z.boolean()),
        'task-definition': z.optional(text('Another definition.')),
      }),
      'Somebody else changes a service.',
    ),
  ),
  'kill-task': z.optional(
    z.strictObject({
      account: text('The account.'),
      cluster: text('The cluster.'),
      service: text('The service.'),
      'exit-code': z.optional(count('137 unless said.')),
    }),
  ),
  'push-image': z.optional(described(image, 'Somebody pushes an image; a tag that is there already moves.')),
  'stop-deployment': z.optional(
    described(
      z.strictObject({
        account: text('The account.'),
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
        account: text('The account.'),
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
        account: text('The account.'),
        cluster: text('The cluster.'),
        reason: text('As ECS says it: `RESOURCE:MEMORY`.'),
        detail: z.optional(z.string()),
      }),
      'The next RunTask answers this failure, with HTTP 200, instead of a task.',
    ),
  ),
  'aws-fault': z.optional(described(fault, 'A fault rule of packages/lab/wire/faults.ts.')),
  'github-fault': z.optional(described(fault, 'A fault rule of packages/lab/github/faults/rules.ts.')),
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

const meanwhile = z.optional(
  described(
    z.array(z.strictObject({ after: duration('From the beginning of this step.'), ...happening })),
    'What happens while the runs of this step go on.',
  ),
);

const expectation = z.strictObject({
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
      events: z.optional(z.array(z.string())),
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
            'At most so many in any minute but the first, in which everything is read; `ecs.*` is all of a service.',
          ),
        ),
      }),
      'AWS calls since the last step, as `ecs.UpdateService`.',
    ),
  ),
});

const step = z.strictObject({
  chapter: z.optional(text('A heading: what this part of the story shows.')),
  push: z.optional(
    z.strictObject({
      by: text('Who pushes.'),
      message: text('The commit message.'),
      branch: z.optional(text('The branch; main unless said.')),
      files: z.optional(z.record(z.string(), z.nullable(z.string()))),
      version: z.optional(
        described(z.record(z.string(), z.string()), 'Sets `version` in the package.json of these folders.'),
      ),
    }),
  ),
  tag: z.optional(
    z.strictObject({
      name: text('The tag.'),
      by: text('Who.'),
      at: z.optional(text('A branch, tag or commit; main unless said.')),
      annotated: z.optional(z.boolean()),
      moved: z.optional(described(z.boolean(), 'The tag exists and is moved, by force.')),
    }),
  ),
  'edit-file': z.optional(
    described(
      z.strictObject({
        by: text('Who.'),
        branch: text('The branch.'),
        path: text('The file.'),
        replace: z.record(z.string(), z.string()),
      }),
      'Somebody edits a file in the browser: GitHub signs that commit.',
    ),
  ),
  approve: z.optional(
    z.strictObject({
      by: text('Who.'),
      environment: text('The environment.'),
      of,
      after: z.optional(duration('How long they take.')),
      comment: z.optional(z.string()),
    }),
  ),
  reject: z.optional(
    z.strictObject({
      by: text('Who.'),
      environment: text('The environment.'),
      of,
      after: z.optional(duration('How long they take.')),
      comment: z.optional(z.string()),
    }),
  ),
  dispatch: z.optional(
    z.strictObject({
      workflow: text('File name of the workflow.'),
      by: text('Who.'),
      ref: z.optional(text('A branch or tag; main unless said.')),
      inputs: z.optional(z.record(z.string(), z.string())),
    }),
  ),
  rerun: z.optional(z.strictObject({ by: text('Who.'), of, 'failed-only': z.optional(z.boolean()) })),
  wait: z.optional(duration('Let lab time pass.')),
  ...happening,
  meanwhile,
  expect: z.optional(z.array(expectation)),
});

export const scenario = z.strictObject({
  name: text('What the scenario shows, as a sentence.'),
  extends: z.optional(text('A file, relative to this one, whose keys hold where this file has none.')),
  beats: z.optional(described(z.array(z.string()), 'Issues of other tools whose pain this shows to be gone.')),
  start: text('Lab time at the beginning, ISO 8601.'),
  people: described(z.array(z.string()), 'Logins.'),
  repository: z.strictObject({
    name: text('`owner/name`'),
    files: z.optional(text('A folder, relative to this file, whose files are the first commit.')),
    'files-inline': z.optional(described(z.record(z.string(), z.string()), 'More files of the first commit, by path.')),
    replace: z.optional(
      described(
        z.record(z.string(), z.record(z.string(), z.string())),
        'Text to replace in files of the first commit, by path.',
      ),
    ),
    environments: z.optional(
      z.record(
        z.string(),
        z.strictObject({ reviewers: z.optional(z.array(z.string())), 'prevent-self-review': z.optional(z.boolean()) }),
      ),
    ),
    variables: z.optional(z.record(z.string(), z.string())),
  }),
  applications: z.record(z.string(), application),
  aws: z.strictObject({
    region: text('The region.'),
    services: z.array(service),
    alarms: z.optional(z.array(alarm)),
    images: z.optional(described(z.array(image), 'Images that are there besides those of the services.')),
    trust: z.optional(
      described(
        z.record(z.string(), z.array(z.string())),
        'The claims that the release roles trust, as patterns; those of the reusable workflows unless said.',
      ),
    ),
    denied: z.optional(
      described(z.record(z.string(), z.array(z.string())), 'Actions that the release role of an account lacks.'),
    ),
    'future-fields': z.optional(described(z.array(z.string()), 'Fields that AWS has and this SDK does not know.')),
    ecs: z.optional(described(z.record(z.string(), z.unknown()), 'Settings of packages/lab/aws/ecs/settings.ts.')),
  }),
  steps: z.array(step),
});

/** Where scenarios begin: a file that they extend, or a scenario whose story does not matter. */
export const world = z.strictObject({
  ...scenario.shape,
  name: z.optional(scenario.shape.name),
  steps: z.optional(scenario.shape.steps),
});

export type World = z.output<typeof world>;
export type Scenario = z.output<typeof scenario>;
export type Step = z.output<typeof step>;
export type Expectation = z.output<typeof expectation>;
export type Behaviour = z.output<typeof behaviour>;
export type ServiceSpec = z.output<typeof service>;
