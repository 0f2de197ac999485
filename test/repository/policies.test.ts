import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { repository } from './modules.ts';

/** The policies of README.md: what a reader copies has to be what the actions need, no more and no less. */
interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const readme = readFileSync(join(repository, 'README.md'), 'utf8');
const [trust = [], permissions = []] = [...readme.matchAll(/```json\n(.*?)```/gs)].map(
  ([, text = '']) => (JSON.parse(text) as { readonly Statement: readonly Statement[] }).Statement,
);
/** Each target has a policy of its own in its document. */
const ofTargets = globSync('docs/targets/*.md', { cwd: repository }).map(path =>
  [...readFileSync(join(repository, path), 'utf8').matchAll(/```json\n(.*?)```/gs)].flatMap(
    ([, text = '']) => (JSON.parse(text) as { readonly Statement: readonly Statement[] }).Statement,
  ),
);
const policies = [permissions, ...ofTargets];
const actionsOf = (statements: readonly Statement[]) => statements.flatMap(({ Action }) => Action);
const allowed = [...new Set(policies.flatMap(actionsOf))].toSorted();

/** IAM's name of the service that a client of the SDK is for. */
const services: Readonly<Record<string, string>> = {
  '@aws-sdk/client-cloudwatch': 'cloudwatch',
  '@aws-sdk/client-cloudwatch-logs': 'logs',
  '@aws-sdk/client-ecs': 'ecs',
  '@aws-sdk/client-elastic-load-balancing-v2': 'elasticloadbalancing',
  '@aws-sdk/client-lambda': 'lambda',
  '@aws-sdk/client-sts': 'sts',
};

/** IAM's name of a call that it names otherwise. */
const iamNames: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

/** `ecs:UpdateService` for every command that `packages/aws` sends. */
function calledActions(sources: readonly string[]): readonly string[] {
  const calls = sources.flatMap(source =>
    [...source.matchAll(/import \{([^}]*)\} from '(@aws-sdk\/client-[^']+)'/g)].flatMap(([, names = '', client = '']) =>
      [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => `${services[client] ?? client}:${name}`),
    ),
  );
  return [...new Set(calls.map(call => iamNames[call] ?? call))].toSorted();
}

const sources = globSync('packages/aws/**/*.ts', { cwd: repository }).map(path =>
  readFileSync(join(repository, path), 'utf8'),
);

/** What is asked of IAM besides the calls themselves: tags and roles of a task definition, layers and archives of a function. */
const handedOver = ['ecs:TagResource', 'iam:PassRole', 'lambda:GetLayerVersion', 's3:GetObject', 's3:GetObjectVersion'];

describe('the policy of the role', () => {
  test('allows every call that the sources make, and nothing else', () => {
    const called = calledActions(sources).filter(action => action !== 'sts:AssumeRoleWithWebIdentity');
    expect(called).toContain('ecs:UpdateService');
    expect(allowed).toEqual([...called, ...handedOver].toSorted());
  });

  test('names an action once', () => {
    for (const actions of policies.map(actionsOf)) expect(new Set(actions).size).toBe(actions.length);
  });

  test('has `*` as a resource for reads only, or with a condition', () => {
    const open = policies.flat().filter(({ Resource, Condition }) => Resource === '*' && Condition === undefined);
    expect(open.flatMap(({ Action }) => Action).filter(action => !/:(Describe|Get|List)/.test(action))).toEqual([]);
  });

  test('passes roles to tasks only', () => {
    const passing = permissions.find(({ Action }) => Action === 'iam:PassRole');
    expect(passing?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
  });
});

describe('the trust policy', () => {
  const conditions = Object.assign(
    {},
    ...trust.map(({ Condition }) => ({ ...Condition?.StringEquals, ...Condition?.StringLike })),
  );

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
