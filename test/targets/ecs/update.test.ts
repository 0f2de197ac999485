import { describe, expect, test } from '@jest/globals';
import type { Ecs, Service, ServiceDeployment } from '#aws/ecs';
import { AwsCallError } from '#aws/errors';
import type { EcsContext } from '#targets/ecs/context';
import { planService } from '#targets/ecs/plan';
import { clientToken, register, startRollout, startRollouts } from '#targets/ecs/update';
import { virtualClock } from '../../aws/virtual-clock.ts';
import { stubEcs } from './stub-ecs.ts';

const lost = new AwsCallError('unknown-effect', 'TimeoutError', 'ecs:RegisterTaskDefinition', 'socket hang up');
const absent = new AwsCallError('refused', 'ClientException', 'ecs:DescribeTaskDefinition', 'Unable to describe');
const definition = { family: 'api', containerDefinitions: [{ name: 'api', image: 'api@sha256:2' }] };
const wanted = { kind: 'new', family: 'api', definition } as const;
const registered = { ...definition, taskDefinitionArn: 'arn:task-definition/api:2' };

function contextOf(calls: Partial<Ecs>): EcsContext {
  const never = { next: () => Promise.reject(new Error('nothing is followed here')) };
  return {
    ecs: stubEcs(calls),
    logs: () => Promise.reject(new Error('no log is read here')),
    clock: virtualClock(),
    deployments: never,
    services: never,
    report: () => undefined,
    signal: new AbortController().signal,
    runToken: '42-1',
  };
}

function serviceOf(id: string, taskDefinition: string, change: Partial<Service> = {}): Service {
  return {
    serviceName: 'api',
    serviceArn: 'arn:aws:ecs:eu-west-1:1:service/main/api',
    clusterArn: 'arn:aws:ecs:eu-west-1:1:cluster/main',
    taskDefinition,
    desiredCount: 3,
    runningCount: 3,
    currentServiceDeployment: `arn:deployment/${id}`,
    deployments: [{ id: `ecs-svc/${id}`, status: 'PRIMARY', taskDefinition }],
    ...change,
  };
}

function deploymentOf(id: string, status: NonNullable<ServiceDeployment['status']>): ServiceDeployment {
  const arn = `arn:aws:ecs:eu-west-1:1:service-revision/main/api/${id}`;
  return { serviceDeploymentArn: `arn:deployment/${id}`, status, targetServiceRevision: { arn } };
}

describe('a definition is registered once, whatever becomes of the reply', () => {
  test.each<[string, Ecs['describeTaskDefinition'], string, number]>([
    [
      'it was registered: the newest of the family says so',
      async () => ({ definition: registered, tags: [] }),
      'arn:task-definition/api:2',
      1,
    ],
    [
      'it was not: the newest is another',
      async () => ({ definition: { ...registered, cpu: '512' }, tags: [] }),
      'arn:task-definition/api:3',
      2,
    ],
    ['it was not: the family has no revision at all', () => Promise.reject(absent), 'arn:task-definition/api:3', 2],
  ])('%s', async (_name, describeTaskDefinition, arn, times) => {
    let calls = 0;
    const registerTaskDefinition = async () => {
      calls += 1;
      if (calls === 1) throw lost;
      return { ...registered, taskDefinitionArn: 'arn:task-definition/api:3' };
    };
    expect(await register(contextOf({ registerTaskDefinition, describeTaskDefinition }), wanted)).toBe(arn);
    expect(calls).toBe(times);
  });

  test('one that exists is not registered at all', async () => {
    expect(await register(contextOf({}), { kind: 'existing', arn: 'api:1', definition })).toBe('api:1');
  });
});

describe('a service is updated once, whatever becomes of the reply', () => {
  test.each<[string, Service, number]>([
    ['the service shows the new deployment: it has happened', serviceOf('2', 'api:2'), 1],
    ['it shows the old one: it is asked again', serviceOf('1', 'api:1'), 2],
  ])('%s', async (_name, now, times) => {
    let calls = 0;
    const context = contextOf({
      updateService: async () => {
        calls += 1;
        if (calls === 1) throw lost;
        return serviceOf('2', 'api:2');
      },
      describeServices: async () => ({ found: [now], missing: [] }),
      describeServiceDeployments: async () => [deploymentOf('2', 'PENDING')],
    });
    const plan = { kind: 'update', service: serviceOf('1', 'api:1'), wanted, force: false } as const;
    const started = await startRollout(context, plan, 'api:2');
    expect([calls, started.deployment?.serviceDeploymentArn]).toEqual([times, 'arn:deployment/2']);
  });

  test('the deployment is found by its own identity, in the list where the service does not name it yet', async () => {
    let listed = 0;
    const context = contextOf({
      updateService: async () => ({ ...serviceOf('2', 'api:2'), currentServiceDeployment: 'arn:deployment/1' }),
      describeServiceDeployments: async arns =>
        [deploymentOf('1', 'STOPPED'), deploymentOf('2', 'PENDING')].filter(found =>
          arns.includes(found.serviceDeploymentArn ?? ''),
        ),
      listServiceDeployments: async () => {
        listed += 1;
        return listed < 3 ? [] : [{ serviceDeploymentArn: 'arn:deployment/2' }];
      },
    });
    const clock = virtualClock();
    const plan = { kind: 'update', service: serviceOf('1', 'api:1'), wanted, force: false } as const;
    const started = await clock.run(() => startRollout({ ...context, clock }, plan, 'api:2'));
    expect(started.deployment?.serviceDeploymentArn).toBe('arn:deployment/2');
  });

  test('one that ECS never shows is not made up', async () => {
    const clock = virtualClock();
    const calls = {
      updateService: async () => serviceOf('2', 'api:2'),
      describeServiceDeployments: async () => [],
      listServiceDeployments: async () => [],
    };
    const plan = { kind: 'update', service: serviceOf('1', 'api:1'), wanted, force: false } as const;
    const started = await clock.run(() => startRollout({ ...contextOf(calls), clock }, plan, 'api:2'));
    expect(started.deployment).toBeUndefined();
    expect(clock.now()).toBe(60_000);
  });
});

describe('of many services that are started together', () => {
  const denial = new AwsCallError('denied', 'AccessDeniedException', 'ecs:UpdateService', 'not authorized');
  const existing = { kind: 'existing', arn: 'api:2', definition } as const;
  const plans = ['1', '2'].map(id => {
    const service = serviceOf(id, 'api:1', { serviceName: `api-${id}`, serviceArn: `arn:service/main/api-${id}` });
    return { kind: 'update', service, wanted: existing, force: false } as const;
  });
  const deniedFor = (...refused: readonly string[]) =>
    contextOf({
      updateService: async ({ service = '' }) => {
        if (refused.some(id => service.endsWith(`-${id}`))) throw denial;
        return serviceOf('2', 'api:2');
      },
      describeServiceDeployments: async () => [deploymentOf('2', 'PENDING')],
    });
  const started = (context: EcsContext) =>
    startRollouts(context, plans, new Map([[existing, 'arn:task-definition/api:2']]));

  test('one that cannot begin does not hide those that have begun', async () => {
    expect(await started(deniedFor('2'))).toMatchObject([
      { deployment: { status: 'PENDING' } },
      { service: { serviceName: 'api-2' }, deployment: undefined, trouble: denial },
    ]);
  });

  test('where none has begun nothing was changed, and the refusal is thrown', async () => {
    await expect(started(deniedFor('1', '2'))).rejects.toBe(denial);
  });

  test('one that has begun and cannot be looked at is not called a refusal', async () => {
    const blind = contextOf({
      updateService: async () => serviceOf('2', 'api:2'),
      describeServiceDeployments: () => Promise.reject(denial),
    });
    expect(await started(blind)).toMatchObject([{ trouble: denial }, { trouble: denial }]);
  });
});

describe('what has to happen to a service that is wanted on api:1', () => {
  const existing = { kind: 'existing', arn: 'api:1', definition } as const;
  test.each<[string, Partial<Service>, NonNullable<ServiceDeployment['status']>, number | undefined, string]>([
    ['it runs, its deployment ended well: nothing', {}, 'SUCCESSFUL', undefined, 'same'],
    ['the number of tasks that is asked for is the one it has', {}, 'SUCCESSFUL', 3, 'same'],
    ['another number of tasks, which alone makes no deployment', {}, 'SUCCESSFUL', 5, 'update, forced'],
    ['a task is missing', { runningCount: 2 }, 'SUCCESSFUL', undefined, 'update, forced'],
    ['its deployment failed: ECS would answer with the failed one', {}, 'STOPPED', undefined, 'update, forced'],
    ['its deployment was rolled back', {}, 'ROLLBACK_SUCCESSFUL', undefined, 'update, forced'],
    ['it is being rolled out already: a re-run takes it up', {}, 'IN_PROGRESS', undefined, 'adopt'],
    ['it is about to be rolled out', {}, 'PENDING', undefined, 'adopt'],
    [
      'it runs another definition',
      { deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: 'api:9' }] },
      'SUCCESSFUL',
      undefined,
      'update',
    ],
  ])('%s', async (_name, change, status, count, expected) => {
    const context = contextOf({ describeServiceDeployments: async () => [deploymentOf('1', status)] });
    const plan = await planService(context, serviceOf('1', 'api:1', change), existing, count);
    expect(plan.kind === 'update' && plan.force ? 'update, forced' : plan.kind).toBe(expected);
  });
});

test('an image without a digest is deployed again under the same definition: its tag may have moved', async () => {
  const context = contextOf({ describeServiceDeployments: async () => [deploymentOf('1', 'SUCCESSFUL')] });
  const existing = { kind: 'existing', arn: 'api:1', definition } as const;
  const plan = await planService(context, serviceOf('1', 'api:1'), existing, undefined, true);
  expect(plan).toMatchObject({ kind: 'update', force: true });
});

test('the same one-off task of the same run is the same task; of another run or command it is another', () => {
  const token = clientToken('42-1', 'api:2', 'npx', 'prisma');
  expect(clientToken('42-1', 'api:2', 'npx', 'prisma')).toBe(token);
  expect(clientToken('43-1', 'api:2', 'npx', 'prisma')).not.toBe(token);
  expect(clientToken('42-1', 'api:2', 'npx prisma')).not.toBe(token);
  expect(token.length).toBeLessThanOrEqual(64);
});
