import { describe, expect, test } from '@jest/globals';
import { componentFor } from '#core/flow/resolve';
import { flowOf, UNIFOCUS, warningsOf } from './fixture.ts';

const MINUTE = 60_000;

describe('the flow file of Unifocus', () => {
  const flow = flowOf(UNIFOCUS);

  test('is fine as it is printed, with nothing to warn of', () => {
    expect(warningsOf(UNIFOCUS)).toEqual([]);
  });

  test('has its environments in order, each with what leads to it', () => {
    const from = Object.values(flow.environments).map(({ name, from, after }) => [
      name,
      from.map(({ text }) => text),
      after,
    ]);
    expect(from).toEqual([
      ['dev', ['main'], undefined],
      ['stage', ['vX.Y.Z-stage'], undefined],
      ['prod', ['vX.Y.Z'], 'stage'],
    ]);
  });

  test('reads what prod demands before and after a release', () => {
    expect(flow.environments.prod).toMatchObject({
      role: 'arn:aws:iam::333333333333:role/release',
      approve: { by: ['lead', 'ops'], within: 60 * MINUTE, count: 1 },
      gates: { checklist: { path: '.github/prod-checklist.md' } },
      smoke: 'tests/smoke.yml',
      onFailure: 'rollback',
    });
  });

  test('reads the limits of the runbook', () => {
    expect(flow.environments.prod?.watch).toEqual({
      for: 60 * MINUTE,
      alarms: [],
      databases: [],
      targetGroups: [],
      loadBalancers: [],
      apis: [],
      functions: [],
      limits: [
        { text: 'ecs-cpu > 80%', metric: 'ecs-cpu', comparison: '>', threshold: { value: 80, unit: 'percent' } },
        { text: 'ecs-memory > 80%', metric: 'ecs-memory', comparison: '>', threshold: { value: 80, unit: 'percent' } },
        {
          text: 'alb-5xx > 10 per 5m',
          metric: 'alb-5xx',
          comparison: '>',
          threshold: { value: 10, unit: 'count' },
          window: 5 * MINUTE,
        },
        {
          text: 'unhealthy-targets > 0',
          metric: 'unhealthy-targets',
          comparison: '>',
          threshold: { value: 0, unit: 'count' },
        },
        {
          text: 'rds-connections > 80',
          metric: 'rds-connections',
          comparison: '>',
          threshold: { value: 80, unit: 'count' },
        },
        {
          text: 'rds-storage < 5GB',
          metric: 'rds-storage',
          comparison: '<',
          threshold: { value: 5_000_000_000, unit: 'bytes' },
        },
      ],
    });
  });

  test('gives the api of prod, names filled in', () => {
    expect(componentFor(flow, 'prod', 'api', { version: '1.3.0', sha: 'c0ffee' })).toEqual({
      ok: true,
      component: {
        target: 'ecs',
        name: 'api',
        environment: 'prod',
        region: 'ap-southeast-2',
        role: 'arn:aws:iam::333333333333:role/release',
        cluster: 'unifocus-prod-cluster',
        services: ['unifocus-prod-api-service'],
        container: 'api',
        image: { from: 'repository', repository: 'unifocus-prod-api' },
        taskDefinition: { base: 'running' },
        before: ['npx', 'prisma', 'migrate', 'deploy'],
        needs: [],
        timeout: 30 * MINUTE,
        onFailure: 'rollback',
        onCancel: 'rollback',
      },
    });
  });

  test('gives the web of stage, a target that comes later', () => {
    expect(componentFor(flow, 'stage', 'web', {})).toMatchObject({
      ok: true,
      component: { target: 'static-site', bucket: 'unifocus-stage-web', artifact: 'web', onFailure: 'leave' },
    });
  });
});
