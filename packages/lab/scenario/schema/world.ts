import * as z from 'zod/mini';
import { restApi } from '../aws/apigateway/schema.ts';
import { cloudformation } from '../aws/cloudformation/schema.ts';
import { pipeline } from '../aws/codepipeline/schema.ts';
import { table } from '../aws/dynamodb/schema.ts';
import { instance, website } from '../aws/ec2/schema.ts';
import { domain } from '../aws/http-api/schema.ts';
import { lambdaWorld } from '../aws/lambda/schema.ts';
import { database } from '../aws/rds/schema.ts';
import { bucket, distribution } from '../aws/site/schema.ts';
import { topic } from '../aws/sns/schema.ts';
import { account, count, described, duration, form, text } from './words.ts';

const bypass = z.strictObject({
  actor: described(
    z
      .string()
      .check(form(/^(role (admin|maintain|write)|organization-admins|deploy-keys|app \d+|@?[\w.-]+)$/, 'names nobody')),
    'A login, a team as @slug, `role admin`, `role maintain`, `role write`, `organization-admins`, `app 1234` or `deploy-keys`.',
  ),
  mode: z.optional(
    described(z.enum(['always', 'exempt', 'pull_request']), 'How, as GitHub names it; always unless said.'),
  ),
});

/** What is there when a story begins: the repository that is released, and the AWS that it runs in. */

export const repository = z.strictObject({
  name: text('`owner/name`'),
  files: z.optional(text('A folder, relative to this file, whose files are the first commit.')),
  'files-inline': z.optional(described(z.record(z.string(), z.string()), 'More files of the first commit, by path.')),
  executable: z.optional(described(z.array(z.string()), 'Files of the first commit that can be executed.')),
  replace: z.optional(
    described(
      z.record(z.string(), z.record(z.string(), z.string())),
      'Text to replace in files of the first commit, by path.',
    ),
  ),
  environments: z.optional(
    described(
      z.record(
        z.string(),
        z.strictObject({
          reviewers: z.optional(described(z.array(z.string()), 'Whom GitHub asks; one of them is enough.')),
          'prevent-self-review': z.optional(described(z.boolean(), 'Whoever started the run cannot approve it.')),
          refs: z.optional(
            described(
              z.strictObject({
                branches: z.optional(described(z.array(z.string()), 'Patterns of branches.')),
                tags: z.optional(described(z.array(z.string()), 'Patterns of tags.')),
              }),
              'Which refs may enter; any unless said.',
            ),
          ),
        }),
      ),
      'The environments of the repository’s settings, by name.',
    ),
  ),
  rulesets: z.optional(
    described(
      z.array(
        z.strictObject({
          name: text('Its name.'),
          include: described(
            z.array(z.string().check(z.regex(/^refs\/(heads|tags)\/./))),
            'Patterns of full refs, of branches as refs/heads/release/*, or of tags as refs/tags/v*.',
          ),
          rules: described(
            z.array(z.enum(['creation', 'update', 'deletion', 'non_fast_forward', 'required_signatures'])),
            'Its rules, as GitHub names them.',
          ),
          bypass: z.optional(described(z.array(bypass), 'Who may pass by it; nobody unless said.')),
        }),
      ),
      'Rulesets, each of branches or of tags.',
    ),
  ),
  teams: z.optional(
    described(z.record(z.string(), z.array(z.string())), 'Teams of its organisation, by slug, and who is in them.'),
  ),
  protections: z.optional(
    described(
      z.array(
        z.strictObject({
          pattern: text('The branches, as release/*.'),
          reviews: z.optional(described(z.int().check(z.gte(0)), 'A pull request with so many approving reviews.')),
          checks: z.optional(described(z.array(z.string()), 'Required checks.')),
          deletions: z.optional(described(z.boolean(), 'Whether they may be deleted; not unless said.')),
          'force-pushes': z.optional(described(z.boolean(), 'Whether they may be pushed back; not unless said.')),
          'spares-administrators': z.optional(
            described(z.boolean(), 'Whether it does not hold for administrators; it does unless said.'),
          ),
        }),
      ),
      'Classic protection of branches.',
    ),
  ),
  'immutable-releases': z.optional(
    described(z.boolean(), 'Whether nobody can change a release once it is published; not unless said.'),
  ),
  administrators: z.optional(described(z.array(z.string()), 'People who administrate it; the others may write.')),
  variables: z.optional(described(z.record(z.string(), z.string()), '`vars`.')),
  secrets: z.optional(described(z.record(z.string(), z.string()), '`secrets`: nobody may read them anywhere.')),
});

export const otherRepository = z.strictObject({
  name: text('`owner/name`'),
  files: described(z.record(z.string(), z.string()), 'The files of its only commit, by path.'),
  private: z.optional(described(z.boolean(), 'Whether it is private; public unless said.')),
});

export const service = z.strictObject({
  account: account('The AWS account, in quotes.'),
  cluster: text('The cluster.'),
  service: text('The service.'),
  repository: text('The ECR repository of its image; it is made.'),
  container: text('The container of its task definition.'),
  application: text('Which of `applications` the image is.'),
  version: text('The version that has been running for an hour.'),
  fresh: z.optional(described(z.boolean(), 'Made just now: its first deployment has only begun.')),
  tasks: count('How many tasks it wants.'),
  host: z.optional(text('The name under which it answers.')),
  breaker: z.optional(described(z.enum(['rollback', 'on', 'off']), 'The circuit breaker; rollback unless said.')),
  'health-check': z.optional(described(z.boolean(), 'Whether the container has a health check; yes unless said.')),
  alarms: z.optional(described(z.array(z.string()), 'Deployment alarms.')),
  'bake-time': z.optional(duration('How long alarms are watched after the rollout.')),
  environment: z.optional(
    text('The environment of the repository whose jobs alone its account’s release role trusts; any unless said.'),
  ),
  'load-balancer': z.optional(
    described(z.boolean(), 'Whether a load balancer checks and serves it; yes when it has a host.'),
  ),
  requests: z.optional(
    described(z.int().check(z.gte(0)), 'Requests a minute that its load balancer has measured; 600 unless said.'),
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

export const image = z.strictObject({
  account: account('The account of the registry.'),
  repository: text('The ECR repository.'),
  application: text('Which of `applications` it is.'),
  version: text('The version that is in it.'),
  tag: z.optional(text('The tag; the version unless said.')),
});

const readers = z.strictObject({
  account: account('The account of the registry.'),
  repository: text('The ECR repository, which is there with a service or an image.'),
  accounts: described(z.array(account('An account.')), 'Other accounts that its policy lets pull.'),
});

const key = z.strictObject({
  id: text('The access key id, as an earlier step or a person’s configuration has it; its secret may be anything.'),
  account: account('The account.'),
});

const alarm = z.strictObject({
  account: account('The AWS account.'),
  name: text('The name of the alarm.'),
  state: z.optional(z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA'])),
});

export const aws = z.strictObject({
  ...lambdaWorld,
  region: text('The region.'),
  services: z.array(service),
  apis: z.optional(described(z.array(restApi), 'REST APIs of API Gateway, in front of `functions`.')),
  instances: z.optional(described(z.array(instance), 'Instances of EC2.')),
  websites: z.optional(described(z.array(website), 'Instances behind a load balancer, deployed by a pipeline.')),
  pipelines: z.optional(described(z.array(pipeline), 'Pipelines of CodePipeline.')),
  domains: z.optional(described(z.array(domain), 'Domain names of API Gateway that stacks may map to HTTP APIs.')),
  alarms: z.optional(described(z.array(alarm), 'CloudWatch alarms.')),
  buckets: z.optional(described(z.array(bucket), 'S3 buckets.')),
  distributions: z.optional(described(z.array(distribution), 'CloudFront distributions.')),
  tables: z.optional(described(z.array(table), 'Tables of DynamoDB.')),
  databases: z.optional(described(z.array(database), 'Databases of RDS.')),
  topics: z.optional(described(z.array(topic), 'Topics of SNS.')),
  images: z.optional(described(z.array(image), 'Images that are there besides those of the services.')),
  readers: z.optional(described(z.array(readers), 'Repositories that other accounts may pull from.')),
  trust: z.optional(
    described(
      z.record(z.string(), z.array(z.string())),
      'The claims that the release roles trust, as patterns; those of the reusable workflows unless said.',
    ),
  ),
  keys: z.optional(described(z.array(key), 'Access keys of users.')),
  'shows-change-sets': z.optional(
    described(z.array(z.string()), 'Accounts whose role `release-read` may make change sets, which it cannot execute.'),
  ),
  denied: z.optional(
    described(
      z.record(z.string(), z.array(z.string())),
      'Actions that the roles of an account lack, that for changes and that for reads.',
    ),
  ),
  'future-fields': z.optional(described(z.array(z.string()), 'Fields that AWS has and this SDK does not know.')),
  cloudformation: z.optional(described(cloudformation, 'Stacks, and what their resources do.')),
  ecs: z.optional(described(z.record(z.string(), z.unknown()), 'Settings of packages/lab/aws/ecs/settings.ts.')),
});
