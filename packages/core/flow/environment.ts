import * as z from 'zod/mini';
import { parseRefPattern, type RefPattern } from '../version/pattern.ts';
import { type BreakGlass, breakGlass, readBreakGlass } from './break-glass.ts';
import {
  asList,
  choice,
  documented,
  duration,
  list,
  named,
  oneOrMany,
  parsed,
  path,
  text,
  url,
  wholeNumber,
} from './fields.ts';
import { type Gates, gateKeys, readGates } from './gates/registry.ts';
import { type Limit, parseLimit } from './limit.ts';
import {
  type AlarmSelector,
  type ApiStage,
  type FunctionAlias,
  readAlarm,
  readApiStage,
  readApprover,
  readFunction,
  readRegion,
  readRole,
} from './names.ts';
import { type Publish, publish, readPublish } from './publish.ts';
import { readTagPolicy, type TagPolicy, tagPolicy } from './tag-policy.ts';

/** A place that releases go to, and what must hold before and after. */
export interface Environment {
  readonly name: string;
  /** Empty: only a person starts a release to it. */
  readonly from: readonly RefPattern[];
  readonly tags: TagPolicy;
  /** The environment in which the same commit and digests must have been verified before. */
  readonly after?: string | undefined;
  readonly role?: string | undefined;
  /** What gates look with in AWS, from the plan job on, also for the environments that come after this one. */
  readonly readRole?: string | undefined;
  readonly region?: string | undefined;
  readonly url?: string | undefined;
  readonly approve?: Approval | undefined;
  readonly gates: Gates;
  readonly queue: Queue;
  readonly breakGlass?: BreakGlass | undefined;
  readonly smoke?: string | undefined;
  readonly watch?: Watch | undefined;
  readonly onFailure: OnFailure;
  readonly publish?: Publish | undefined;
  /** Values of components that are different here, as the file spells them. */
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly vars: Readonly<Record<string, string>>;
}

export interface Approval {
  /** Names of roles, logins, or teams (`@org/team`). */
  readonly by: readonly string[];
  /** Milliseconds after which an unanswered release is refused; without it, GitHub's own limit of 30 days. */
  readonly within?: number | undefined;
  /** How many different people must approve. */
  readonly count: number;
}

export interface Watch {
  /** Milliseconds. */
  readonly for: number;
  readonly limits: readonly Limit[];
  readonly alarms: readonly AlarmSelector[];
  /** RDS instances that the `rds-…` limits mean. */
  readonly databases: readonly string[];
  /** Names or ARNs of target groups and load balancers that the limits mean, instead of those of ECS services. */
  readonly targetGroups: readonly string[];
  readonly loadBalancers: readonly string[];
  /** REST APIs that the `api-…` limits mean. */
  readonly apis: readonly ApiStage[];
  /** Functions that the `lambda-…` limits mean, instead of those of the components. */
  readonly functions: readonly FunctionAlias[];
}

export const QUEUES = ['newest', 'in-order'] as const;
export type Queue = (typeof QUEUES)[number];

export const ON_FAILURE = ['rollback', 'leave', 'hold'] as const;
export type OnFailure = (typeof ON_FAILURE)[number];

export const approve = documented(
  z.strictObject({
    by: oneOrMany(
      parsed(readApprover, 'A role of `roles`, a login, or a team as @org/team.'),
      'Who may approve: roles, logins or teams. Nobody approves their own release.',
      { examples: [['lead', 'ops']] },
    ),
    within: z.optional(
      duration('How long the approval may take; after that the release is refused and must be started again.', {
        examples: ['1h'],
      }),
    ),
    count: z.optional(
      wholeNumber(
        1,
        6,
        'How many different people must approve. GitHub asks for one click; the others dispatch `approve`.',
        {
          default: 1,
        },
      ),
    ),
  }),
  'The people who must agree before anything is changed.',
);

export const watch = documented(
  z.strictObject({
    for: duration('How long the environment is watched after the release.', { examples: ['1h'] }),
    'fail-if': z.optional(
      list(
        parsed(parseLimit, 'metric, comparison, threshold, and for counts the time: `alb-5xx > 10 per 5m`.', {
          examples: ['ecs-cpu > 80%', 'alb-5xx > 10 per 5m', 'rds-storage < 5GB'],
        }),
        'Limits as the runbook prints them; the release has failed when one of them holds.',
      ),
    ),
    alarms: z.optional(
      oneOrMany(
        parsed(readAlarm, 'The name of a CloudWatch alarm, or the beginning of several with a * at the end.', {
          examples: ['unifocus-prod-*'],
        }),
        'CloudWatch alarms; the release has failed when one of them goes off.',
      ),
    ),
    database: z.optional(
      oneOrMany(text('The identifier of an RDS instance.'), 'The RDS instances that the `rds-…` limits mean.', {
        examples: ['unifocus-prod-db'],
      }),
    ),
    'target-group': z.optional(
      oneOrMany(
        text('The name or the ARN of a target group.'),
        'The target groups that the limits mean, instead of those of the ECS services.',
        { examples: ['helios-prod-web'] },
      ),
    ),
    'load-balancer': z.optional(
      oneOrMany(
        text('The name or the ARN of an application load balancer.'),
        'The load balancers that the limits mean as a whole, instead of the target groups of the ECS services.',
        { examples: ['helios-prod-alb'] },
      ),
    ),
    api: z.optional(
      oneOrMany(
        parsed(readApiStage, 'The name of a REST API and of its stage, as shop-api/prod.'),
        'The REST APIs of API Gateway that the `api-…` limits mean, each with its stage.',
        { examples: ['s3-files/live'] },
      ),
    ),
    function: z.optional(
      oneOrMany(
        parsed(readFunction, 'The name of a function, or its name and its alias as shop-api:live.'),
        'The Lambda functions that the `lambda-…` limits mean, instead of those of the components.',
        { examples: ['shop-prod-api:live'] },
      ),
    ),
  }),
  'Monitoring after the release.',
);

export const overridesOfComponent = documented(
  z.record(z.string(), z.unknown()),
  'Values of this component that are different in this environment.',
);

export const environmentKeys = {
  from: z.optional(
    oneOrMany(
      parsed(parseRefPattern, 'A branch, or a tag pattern: vX.Y.Z, vX.Y.Z-stage, vX.Y.Z-rc.N.'),
      'What releases to this environment: the name of a branch, or a pattern of tags. Without it, only a person does.',
      { examples: ['main', 'vX.Y.Z-stage', 'vX.Y.Z'] },
    ),
  ),
  tags: z.optional(tagPolicy),
  after: z.optional(
    text('The environment in which the same commit, with the same digests, must have been verified before.', {
      examples: ['stage'],
    }),
  ),
  role: z.optional(
    parsed(readRole, "The IAM role that is assumed with the runner's OIDC token.", {
      examples: ['arn:aws:iam::111111111111:role/release'],
    }),
  ),
  'read-role': z.optional(
    parsed(
      readRole,
      'An IAM role that may only read: gates look with it, also before anybody is asked, and for the environments that come after this one.',
      { examples: ['arn:aws:iam::111111111111:role/release-read'] },
    ),
  ),
  region: z.optional(parsed(readRegion, 'The AWS region, when it is another one than that of the file.')),
  url: z.optional(url('Where people find this environment.', { examples: ['https://app.example.com'] })),
  approve: z.optional(approve),
  ...gateKeys,
  queue: z.optional(
    choice(
      QUEUES,
      'When several releases wait: only the `newest` goes on, and the ones before it are dropped; or all of them, `in-order`.',
      { default: 'newest' },
    ),
  ),
  'break-glass': z.optional(breakGlass),
  smoke: z.optional(path('The smoke tests to run after a deployment.', { examples: ['tests/smoke.yml'] })),
  watch: z.optional(watch),
  'on-failure': z.optional(
    choice(
      ON_FAILURE,
      'When the deployment, the smoke tests or the monitoring fail: `rollback` to the last verified release and hold the ' +
        'bad version; `hold` leaves everything as it is and stops further releases; `leave` only reports.',
      { default: 'leave' },
    ),
  ),
  publish: z.optional(publish),
  components: z.optional(named(overridesOfComponent, 'Values of components that are different in this environment.')),
  vars: z.optional(
    named(documented(z.string(), 'Text.'), 'Values for {vars.NAME} in components; they win over those of GitHub.'),
  ),
} as const;

export const environment = documented(z.strictObject(environmentKeys), 'A place that releases go to.');

export type EnvironmentValues = z.output<typeof environment>;

export function readEnvironment(name: string, values: EnvironmentValues): Environment {
  return {
    name,
    from: asList(values.from),
    tags: readTagPolicy(values.tags),
    after: values.after,
    role: values.role,
    readRole: values['read-role'],
    region: values.region,
    url: values.url,
    approve: values.approve && {
      by: asList(values.approve.by),
      within: values.approve.within,
      count: values.approve.count ?? 1,
    },
    gates: readGates(values),
    queue: values.queue ?? 'newest',
    breakGlass: values['break-glass'] && readBreakGlass(values['break-glass']),
    smoke: values.smoke,
    watch: values.watch && {
      for: values.watch.for,
      limits: values.watch['fail-if'] ?? [],
      alarms: asList(values.watch.alarms),
      databases: asList(values.watch.database),
      targetGroups: asList(values.watch['target-group']),
      loadBalancers: asList(values.watch['load-balancer']),
      apis: asList(values.watch.api),
      functions: asList(values.watch.function),
    },
    onFailure: values['on-failure'] ?? 'leave',
    publish: readPublish(values.publish),
    components: values.components ?? {},
    vars: values.vars ?? {},
  };
}
