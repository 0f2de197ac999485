import { describe, expect, test } from '@jest/globals';
import { thresholdOf } from '../../../packages/lab/aws/ecs/breaker.ts';
import { balanced, breaker, ecsWorld, healthCheck, minute, second, serviceInput } from './world.ts';

const beforeRunning = { crash: { beforeRunning: true, exitCode: 1, log: ['Error: no DATABASE_URL'] } } as const;

describe('the circuit breaker with rollback', () => {
  test('goes back to the last completed revision, under its old deployment id', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: breaker(true) });
    const good = world.describe().deployments?.[0];
    world.push('v2', beforeRunning);
    const arn = world.deploy('v2');
    const bad = world.describe().deployments?.[0];

    const requested = world.reaches(arn, 'ROLLBACK_REQUESTED');
    expect(requested.deploymentCircuitBreaker).toEqual({ status: 'TRIGGERED', failureCount: 3, threshold: 3 });
    expect(requested.statusReason).toBe(
      'Service deployment rolled back because the circuit breaker threshold was exceeded.',
    );
    const rolling = world.reaches(arn, 'ROLLBACK_IN_PROGRESS');
    expect(rolling.rollback?.serviceRevisionArn).toMatch(new RegExp(`/${good?.id?.replace('ecs-svc/', '')}$`));
    expect(world.events().slice(0, 2)).toEqual([
      `(service api) rolling back to deployment ${good?.id}.`,
      `(service api) (deployment ${bad?.id}) deployment failed: tasks failed to start.`,
    ]);
    world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
    expect(world.describe()).toMatchObject({
      taskDefinition: good?.taskDefinition,
      currentServiceDeployment: arn,
      runningCount: 2,
    });
    expect(world.describe().deployments?.[0]).toMatchObject({ id: good?.id, rolloutState: 'COMPLETED' });
  });

  test('shows the failed rollout and the one it goes back to while the rollback runs', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: breaker(true), ...balanced });
    world.push('v2', { startsAfter: 5 * second, crash: { after: 5 * second, exitCode: 2 } });
    const arn = world.deploy('v2');
    world.reaches(arn, 'ROLLBACK_IN_PROGRESS');
    expect(world.describe().deployments).toMatchObject([
      {
        status: 'PRIMARY',
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: expect.stringMatching(
          /^ECS deployment circuit breaker: rolling back to deploymentId ecs-svc\/\d+\.$/,
        ),
      },
      {
        status: 'ACTIVE',
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
      },
    ]);
  });

  test('a first deployment has nothing to go back to: ROLLBACK_FAILED', () => {
    const world = ecsWorld();
    world.push('v1', beforeRunning);
    world.call('CreateService', {
      ...serviceInput(world.register('v1')),
      deploymentConfiguration: breaker(true),
    });
    const failed = world.reaches(world.describe().currentServiceDeployment ?? '', 'ROLLBACK_FAILED');
    expect(failed.statusReason).toBe('No rollback candidate was found to run the rollback.');
    expect(failed.rollback).toBeUndefined();
    expect(world.describe().deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'FAILED' }]);
  });

  test('goes to the last completed revision even when nobody verified it: v2, not v1', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: breaker(true) });
    world.push('v2');
    world.push('v3', beforeRunning);
    const v2 = world.register('v2');
    world.reaches(world.update({ taskDefinition: v2 }).currentServiceDeployment ?? '', 'SUCCESSFUL');
    world.reaches(world.deploy('v3'), 'ROLLBACK_SUCCESSFUL');
    expect(world.describe().taskDefinition).toBe(v2);
  });

  test('while a rollback runs nothing is COMPLETED: a deployment started then has no fallback', () => {
    const world = ecsWorld();
    world.steady('v1', {
      deploymentConfiguration: { ...breaker(true), maximumPercent: 200, minimumHealthyPercent: 0 },
    });
    world.push('v2', beforeRunning);
    world.push('v3', beforeRunning);
    const first = world.deploy('v2');
    world.reaches(first, 'ROLLBACK_IN_PROGRESS');
    const second = world.deploy('v3');
    world.reaches(second, 'ROLLBACK_FAILED');
    expect(world.deployment(first).status).toBe('STOPPED');
  });
});

describe('the circuit breaker without rollback', () => {
  test('STOPPED with the breaker TRIGGERED; the old tasks stay, no new ones start', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: breaker(false) });
    world.push('v2', beforeRunning);
    const arn = world.deploy('v2');
    const stopped = world.reaches(arn, 'STOPPED');
    expect(stopped).toMatchObject({
      stoppedAt: expect.any(Date),
      deploymentCircuitBreaker: { status: 'TRIGGERED' },
    });
    expect(stopped.rollback).toBeUndefined();
    const tasks = world.stopped().length;
    world.clock.pass(30 * minute);
    expect(world.stopped()).toHaveLength(tasks);
    expect(world.describe()).toMatchObject({
      runningCount: 2,
      deployments: [
        { status: 'PRIMARY', rolloutState: 'FAILED', runningCount: 0 },
        { status: 'ACTIVE', runningCount: 2 },
      ],
    });
  });

  test('an unchanged UpdateService then returns the FAILED primary; forced it starts again', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: breaker(false) });
    world.push('v2', beforeRunning);
    const arn = world.deploy('v2');
    world.reaches(arn, 'STOPPED');
    const again = world.update({ taskDefinition: world.describe().taskDefinition });
    expect(again).toMatchObject({ currentServiceDeployment: arn, deployments: [{ rolloutState: 'FAILED' }, {}] });
    expect(world.update({ forceNewDeployment: true }).currentServiceDeployment).not.toBe(arn);
  });
});

describe('what the breaker counts', () => {
  const cases = [
    { what: 'tasks that never ran', behaviour: beforeRunning, trips: true },
    { what: 'pulls that fail', behaviour: { pull: { failure: 'not-found' } } as const, trips: true },
    { what: 'missing secrets', behaviour: { missingSecret: { arn: 'arn:aws:secretsmanager:x' } }, trips: true },
    {
      what: 'failed container health checks',
      behaviour: { unhealthy: 'never' } as const,
      container: healthCheck,
      trips: true,
    },
    { what: 'failed load balancer checks', behaviour: { unhealthy: 'never' } as const, service: balanced, trips: true },
    {
      what: 'a crash after RUNNING without health checks',
      behaviour: { crash: { after: second, exitCode: 1 } },
      trips: false,
    },
    {
      what: 'a crash before the first healthy check',
      behaviour: { crash: { after: second, exitCode: 1 } },
      container: healthCheck,
      trips: true,
    },
    {
      what: 'a crash after it was healthy',
      behaviour: { crash: { after: minute, exitCode: 1 } },
      container: healthCheck,
      trips: false,
    },
  ] as const;

  test.each(cases)('$what: $trips', ({ behaviour, trips, ...rest }) => {
    const world = ecsWorld();
    const service = 'service' in rest ? rest.service : {};
    world.steady('v1', { deploymentConfiguration: breaker(true), ...service });
    world.push('v2', behaviour);
    const arn = world.deploy('v2', {}, 'container' in rest ? rest.container : {});
    world.clock.pass(60 * minute);
    expect(world.deployment(arn).deploymentCircuitBreaker?.status === 'TRIGGERED').toBe(trips);
  });

  test.each([
    { resetOnHealthyTask: true, status: 'SUCCESSFUL' },
    { resetOnHealthyTask: false, status: 'ROLLBACK_SUCCESSFUL' },
  ])(
    'every second start fails, one at a time, resetOnHealthyTask: $resetOnHealthyTask: $status',
    ({ status, ...reset }) => {
      const world = ecsWorld();
      world.steady('v1', {
        desiredCount: 6,
        deploymentConfiguration: { ...breaker(true, reset), maximumPercent: 117 },
      });
      world.push('v2', { crash: { beforeRunning: true, exitCode: 1, every: 2 } });
      const arn = world.deploy('v2');
      world.clock.until(() => world.deployment(arn).finishedAt !== undefined, 60 * minute);
      expect(world.deployment(arn).status).toBe(status);
    },
  );

  const thresholds = [
    { desiredCount: 1, threshold: 3 },
    { desiredCount: 25, threshold: 13 },
    { desiredCount: 800, threshold: 200 },
    { desiredCount: 800, threshold: 400, type: 'UNBOUNDED_PERCENT', value: 50 },
    { desiredCount: 10, threshold: 1, type: 'UNBOUNDED_PERCENT', value: 10 },
    { desiredCount: 10, threshold: 5, type: 'COUNT', value: 5 },
    { desiredCount: 10, threshold: 10, type: 'BOUNDED_PERCENT', value: 100 },
  ] as const;

  test.each(thresholds)(
    'threshold of $desiredCount tasks, $type $value: $threshold',
    ({ desiredCount, threshold, ...limit }) => {
      const thresholdConfiguration = 'type' in limit ? { thresholdConfiguration: limit } : {};
      expect(thresholdOf({ enable: true, rollback: true, ...thresholdConfiguration }, desiredCount)).toBe(threshold);
    },
  );
});

describe('a service without a breaker', () => {
  test('stays IN_PROGRESS for as long as the tasks crash', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2', { crash: { after: 5 * second, exitCode: 1, log: ['boom'] } });
    const arn = world.deploy('v2');
    world.clock.pass(3 * 60 * minute);
    expect(world.deployment(arn)).toMatchObject({
      status: 'IN_PROGRESS',
      deploymentCircuitBreaker: { status: 'DISABLED' },
    });
    expect(world.logs.filter(({ message }) => message === 'boom').length).toBeGreaterThan(100);
  });
});

test('without a breaker failedTasks counts, failureCount does not', () => {
  const world = ecsWorld();
  world.steady('v1');
  world.push('v2', beforeRunning);
  const arn = world.deploy('v2');
  world.clock.pass(5 * minute);
  expect(world.describe().deployments?.[0]?.failedTasks).toBeGreaterThan(3);
  expect(world.deployment(arn).deploymentCircuitBreaker).toMatchObject({ status: 'DISABLED', failureCount: 0 });
});
