import { describe, expect, test } from '@jest/globals';
import type { Ecs, Service } from '#aws/ecs';
import type { EcsContext } from '#targets/ecs/context';
import { createEcsDriver } from '#targets/ecs/driver';
import { ecsSnapshot } from '#targets/ecs/snapshot';
import { virtualClock } from '../../aws/virtual-clock.ts';
import { stubEcs } from './stub-ecs.ts';

const cluster = 'main';
const spec = { cluster, services: [], definition: { kind: 'revision', reference: '' }, timeout: 60_000 } as const;

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

/** Runs revision 2, of which nothing is gone back to. */
function serviceOf(name: string, desiredCount = 2): Service {
  return {
    serviceName: name,
    serviceArn: `arn:aws:ecs:eu-west-1:1:service/${cluster}/${name}`,
    status: 'ACTIVE',
    taskDefinition: 'api:2',
    desiredCount,
    runningCount: desiredCount,
    deployments: [{ id: 'ecs-svc/2', status: 'PRIMARY', taskDefinition: 'api:2', rolloutState: 'COMPLETED' }],
  };
}

function snapshotOf(names: readonly string[], desiredCount = 2) {
  const services = names.map(service => ({
    service,
    taskDefinition: 'api:1',
    images: { api: 'api@sha256:1' },
    desiredCount,
  }));
  return ecsSnapshot({ cluster, services });
}

function accountOf(services: readonly Service[]) {
  const registered: unknown[] = [];
  const described: string[] = [];
  const context = contextOf({
    describeServices: async () => ({ found: [...services], missing: [] }),
    describeServiceRevisions: async () => [],
    describeTaskDefinition: async reference => {
      described.push(reference);
      // Its tag has moved since: what ran has to be registered anew, by its digest.
      const image = reference === 'api:1' ? 'api:latest' : 'api@sha256:2';
      const definition = { taskDefinitionArn: reference, family: 'api', status: 'ACTIVE' };
      return { definition: { ...definition, containerDefinitions: [{ name: 'api', image }] }, tags: [] };
    },
    registerTaskDefinition: async definition => {
      registered.push(definition);
      return { ...definition, taskDefinitionArn: 'api:3' };
    },
    updateService: () => Promise.reject(new Error('far enough')),
  });
  return { context, registered, described };
}

describe('the way back of many services of one definition', () => {
  test('registers one revision for all of them', async () => {
    const names = ['api', 'worker', 'cron'];
    const { context, registered, described } = accountOf(names.map(name => serviceOf(name)));
    const planned = await createEcsDriver(context, spec).restore(snapshotOf(names), 'by-itself');
    if (planned.kind !== 'change') throw new Error(`there is nothing to change: ${planned.kind}`);
    await expect(planned.apply()).rejects.toThrow('far enough');
    expect(registered).toHaveLength(1);
    expect(described.filter(reference => reference === 'api:1')).toHaveLength(1);
  });
});

describe('a service that somebody has scaled to zero', () => {
  const rows = async (services: readonly Service[], cause: 'asked-for' | 'by-itself') => {
    const { context } = accountOf(services);
    const names = services.map(service => service.serviceName ?? '');
    const planned = await createEcsDriver(context, spec).restore(snapshotOf(names), cause);
    return planned.kind === 'change' ? planned.changes.map(row => row.after) : planned;
  };

  test('is left so by a way back that nobody asked for', async () => {
    expect(await rows([serviceOf('api', 0)], 'by-itself')).toMatchObject({
      kind: 'refused',
      findings: [{ reason: 'scaled-to-zero', message: expect.stringContaining('left as it is') }],
    });
  });

  test('is left so while the others come back', async () => {
    expect(await rows([serviceOf('api', 0), serviceOf('worker')], 'by-itself')).toEqual(['left at zero', 'a new api']);
  });

  test('is brought back to life when a person asks for it', async () => {
    expect(await rows([serviceOf('api', 0)], 'asked-for')).toEqual(['a new api']);
  });
});
