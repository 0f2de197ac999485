import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readActions, showActions } from '#lab/scenario/read-actions';
import { repository } from './modules.ts';

/**
 * The policies of README.md, for ECS, of docs/targets, one for each target, of docs/gates.md, for whoever only looks, and of docs/commands.md, for
 * the doctor: what a reader copies has to be what the actions need, no more and no less.
 */
interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const [trust = [], ofEcs = []] = statementsIn('README.md');
const [trustToRead = [], ofGates = []] = statementsIn('docs/gates.md');
const [ofDoctor = []] = statementsIn('docs/commands.md');
const ofTargets = globSync('docs/targets/*.md', { cwd: repository }).flatMap(page => statementsIn(page));
const permissions = [ofEcs, ofGates, ofDoctor, ...ofTargets].flat();
const allowed = [...new Set(permissions.flatMap(({ Action }) => Action))].toSorted();

/** Of each policy on a page. */
function statementsIn(page: string): readonly (readonly Statement[])[] {
  const text = readFileSync(join(repository, page), 'utf8');
  const blocks = [...text.matchAll(/```json\n(.*?)```/gs)].map(
    ([, block = '']) => JSON.parse(block) as { readonly Statement?: readonly Statement[] },
  );
  return blocks.flatMap(({ Statement }) => (Statement === undefined ? [] : [Statement]));
}

/** IAM's name of the service that a client of the SDK is for. */
const services: Readonly<Record<string, string>> = {
  '@aws-sdk/client-api-gateway': 'apigateway',
  '@aws-sdk/client-cloudformation': 'cloudformation',
  '@aws-sdk/client-cloudfront': 'cloudfront',
  '@aws-sdk/client-cloudwatch': 'cloudwatch',
  '@aws-sdk/client-codebuild': 'codebuild',
  '@aws-sdk/client-codepipeline': 'codepipeline',
  '@aws-sdk/client-dynamodb': 'dynamodb',
  '@aws-sdk/client-ec2': 'ec2',
  '@aws-sdk/client-ecr': 'ecr',
  '@aws-sdk/client-iam': 'iam',
  '@aws-sdk/client-lambda': 'lambda',
  '@aws-sdk/client-rds': 'rds',
  '@aws-sdk/client-s3': 's3',
  '@aws-sdk/client-cloudwatch-logs': 'logs',
  '@aws-sdk/client-ecs': 'ecs',
  '@aws-sdk/client-elastic-load-balancing-v2': 'elasticloadbalancing',
  '@aws-sdk/client-sts': 'sts',
};

/** What IAM calls an operation, where it has another name; API Gateway has verbs: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const checkedAs: Readonly<Record<string, string>> = {
  'apigateway:GetRestApis': 'apigateway:GET',
  'apigateway:GetStages': 'apigateway:GET',
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:CopyObject': 's3:PutObject',
  's3:DeleteObjects': 's3:DeleteObject',
};

/** `ecs:UpdateService` for every command that `packages/aws` sends. */
function calledActions(sources: readonly string[]): readonly string[] {
  const calls = sources.flatMap(source =>
    [...source.matchAll(/import \{([^}]*)\} from '(@aws-sdk\/client-[^']+)'/g)].flatMap(([, names = '', client = '']) =>
      [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => actionOf(services[client] ?? client, name)),
    ),
  );
  return [...new Set(calls)].toSorted();
}

function actionOf(service: string, command: string | undefined): string {
  const action = `${service}:${command}`;
  return checkedAs[action] ?? action;
}

const sources = globSync('packages/aws/**/*.ts', { cwd: repository }).map(path =>
  readFileSync(join(repository, path), 'utf8'),
);

/** What nobody has to be allowed: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html, and who assumes a role by a token. */
const free = ['sts:AssumeRoleWithWebIdentity', 'sts:GetCallerIdentity'];

/** What is asked of IAM besides the calls themselves: tags and roles that are handed over in RegisterTaskDefinition, and the like. */
const handedOver = ['ecs:TagResource', 'iam:PassRole', 'lambda:GetLayerVersion', 's3:GetObjectVersion'];

describe('the policy of the role', () => {
  test('allows every call that the sources make, and nothing else', () => {
    const called = calledActions(sources).filter(action => !free.includes(action));
    expect(called).toContain('ecs:UpdateService');
    expect(allowed).toEqual([...called, ...handedOver].toSorted());
  });

  test('names an action once', () => {
    for (const statements of [ofEcs, ofGates, ofDoctor, ...ofTargets]) {
      const actions = statements.flatMap(({ Action }) => Action);
      expect(actions).toEqual([...new Set(actions)]);
    }
  });

  test('has `*` as a resource for reads only, or with a condition', () => {
    const open = permissions.filter(({ Resource, Condition }) => Resource === '*' && Condition === undefined);
    expect(
      open.flatMap(({ Action }) => Action).filter(action => !/:(Describe|Get|List|BatchGet)/.test(action)),
    ).toEqual([]);
  });

  test('passes roles to tasks only', () => {
    const passing = ofEcs.find(({ Action }) => Action === 'iam:PassRole');
    expect(passing?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
  });
});

function conditionsOf(statements: readonly Statement[]): Readonly<Record<string, string>> {
  return Object.assign(
    {},
    ...statements.map(({ Condition }) => ({ ...Condition?.StringEquals, ...Condition?.StringLike })),
  );
}

test('the doctor may read, and nothing else', () => {
  const actions = ofDoctor.flatMap(({ Action }) => Action);
  expect(actions).toContain('iam:GetRole');
  expect(actions.filter(action => !/:(Describe|Get|List|BatchGet)/.test(action))).toEqual([]);
});

describe('the role that shows change sets', () => {
  const [, ofShowing = []] = statementsIn('docs/targets/cloudformation.md');
  const actions = ofShowing.flatMap(({ Action }) => Action);

  test('can carry out none of them', () => {
    expect(actions).toContain('cloudformation:CreateChangeSet');
    expect(actions.filter(action => /Execute|Update|DeleteStack|Cancel/.test(action))).toEqual([]);
  });

  test('is, in the lab, just what the page says', () => {
    expect(showActions.toSorted()).toEqual(actions.toSorted());
  });
});

describe('the role that gates look with', () => {
  test('may read, and nothing else', () => {
    const actions = ofGates.flatMap(({ Action }) => Action);
    expect(actions.filter(action => !/:(Describe|Get|List|BatchGet)/.test(action))).toEqual([]);
    expect(actions).toContain('cloudwatch:DescribeAlarmHistory');
  });

  test('is, in the lab, just what the page says', () => {
    expect(readActions.toSorted()).toEqual(ofGates.flatMap(({ Action }) => Action).toSorted());
  });

  test('trusts the reusable workflow of a tag, whatever starts it', () => {
    const conditions = conditionsOf(trustToRead);
    expect(conditions['token.actions.githubusercontent.com:sub']).toBe('repo:acme/unifocus:*');
    expect(conditions['token.actions.githubusercontent.com:job_workflow_ref']).toMatch(/@refs\/tags\/v\d+$/);
  });
});

describe('the trust policy', () => {
  const conditions = conditionsOf(trust);

  test('names audience, environment and workflow', () => {
    expect(
      Object.keys(conditions)
        .map(key => key.split(':').at(-1))
        .toSorted(),
    ).toEqual(['aud', 'job_workflow_ref', 'sub']);
    expect(conditions['token.actions.githubusercontent.com:sub']).toMatch(/:environment:prod$/);
  });

  test('names the workflow at a tag: at any ref, a branch of the suite would do', () => {
    expect(conditions['token.actions.githubusercontent.com:job_workflow_ref']).toMatch(/@refs\/tags\/v\d+$/);
  });
});

test('the test can fail: a call is seen where it is imported, whatever else the import brings', () => {
  const source = `import { ECSClient, UpdateServiceCommand, type Service } from '@aws-sdk/client-ecs';`;
  expect(calledActions([source])).toEqual(['ecs:UpdateService']);
  expect(calledActions([`import { PutThingCommand } from '@aws-sdk/client-new';`])).toEqual([
    '@aws-sdk/client-new:PutThing',
  ]);
});
