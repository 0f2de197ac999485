import { describe, expect, test } from '@jest/globals';
import { thresholdOf } from '../../../packages/lab/aws/ecs/breaker.ts';
import { api, balanced, breaker, ecsWorld, healthCheck, minute, second, serviceInput, targetGroup } from './world.ts';

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

describe('deployment alarms', () => {
  const watched = (rollback: boolean) => ({ alarms: { alarmNames: ['5xx', 'latency'], enable: true, rollback } });

  test('bake before SUCCESSFUL', () => {
    const world = ecsWorld();
    world.setAlarm('5xx', 'OK');
    world.steady('v1', { deploymentConfiguration: watched(true) });
    world.push('v2');
    const arn = world.deploy('v2');
    world.clock.pass(3 * minute);
    expect(world.deployment(arn)).toMatchObject({ status: 'IN_PROGRESS', alarms: { status: 'MONITORING' } });
    expect(world.reaches(arn, 'SUCCESSFUL', 3 * minute).alarms).toEqual({
      status: 'MONITORING_COMPLETE',
      alarmNames: ['5xx', 'latency'],
      triggeredAlarmNames: [],
    });
    expect(world.watched()).toEqual([]);
  });

  test.each([
    { when: 'while tasks start', after: 15 * second },
    { when: 'in the bake time', after: 3 * minute },
  ])('one that goes to ALARM $when rolls back', ({ after }) => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: watched(true) });
    const good = world.describe().taskDefinition;
    world.push('v2');
    const arn = world.deploy('v2');
    world.clock.pass(after);
    world.setAlarm('latency', 'ALARM');
    const done = world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
    expect(done).toMatchObject({
      statusReason: 'Service deployment rolled back because of one or more active alarms.',
      alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['latency'] },
    });
    expect(world.describe().taskDefinition).toBe(good);
    expect(world.events().join()).toContain('deployment failed: alarm detected.');
  });

  test('without rollback: STOPPED', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: watched(false) });
    world.push('v2');
    const arn = world.deploy('v2');
    world.clock.pass(15 * second);
    world.setAlarm('5xx', 'ALARM');
    expect(world.reaches(arn, 'STOPPED').alarms?.status).toBe('TRIGGERED');
  });

  test('one that is red at the start makes ECS ignore all of them', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: watched(true) });
    world.setAlarm('5xx', 'ALARM');
    world.push('v2');
    const arn = world.deploy('v2');
    world.clock.pass(15 * second);
    expect(world.deployment(arn).alarms?.status).toBe('DISABLED');
    world.setAlarm('latency', 'ALARM');
    expect(world.reaches(arn, 'SUCCESSFUL', 2 * minute).alarms?.triggeredAlarmNames).toEqual([]);
  });
});

describe('StopServiceDeployment', () => {
  test('rolls back, also without any configured rollback', () => {
    const world = ecsWorld();
    world.steady('v1');
    const good = world.describe().taskDefinition;
    world.push('v2', { crash: { after: 3 * second, exitCode: 1 } });
    const arn = world.deploy('v2');
    world.clock.pass(minute);
    expect(world.call('StopServiceDeployment', { serviceDeploymentArn: arn })).toEqual({ serviceDeploymentArn: arn });
    expect(world.deployment(arn).status).toBe('ROLLBACK_REQUESTED');
    world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
    expect(world.describe().taskDefinition).toBe(good);
  });

  test('may come too late: ROLLBACK_REQUESTED and yet SUCCESSFUL', () => {
    const world = ecsWorld({ settings: { deploymentStop: 10 * second } });
    world.steady('v1');
    world.push('v2', { startsAfter: 20 * second });
    const arn = world.deploy('v2');
    world.clock.pass(second + 58 * second);
    world.call('StopServiceDeployment', { serviceDeploymentArn: arn, stopType: 'ROLLBACK' });
    expect(world.deployment(arn).status).toBe('ROLLBACK_REQUESTED');
    world.reaches(arn, 'SUCCESSFUL', 10 * second);
  });

  test('a bake time that is interrupted is not a success', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: { bakeTimeInMinutes: 10 } });
    world.push('v2');
    const arn = world.deploy('v2');
    world.clock.pass(5 * minute);
    world.call('StopServiceDeployment', { serviceDeploymentArn: arn });
    world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
  });

  test('is refused with ABORT, for the unknown, and in every state but PENDING and IN_PROGRESS', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2');
    const arn = world.deploy('v2');
    const stop = (input: object) => world.refusal('StopServiceDeployment', { serviceDeploymentArn: arn, ...input });
    expect(stop({ stopType: 'ABORT' })).toMatch(/^InvalidParameterException/);
    expect(stop({ serviceDeploymentArn: `${arn}x` })).toMatch(/^ServiceDeploymentNotFoundException/);
    world.call('StopServiceDeployment', { serviceDeploymentArn: arn });
    expect(stop({})).toMatch(/^ConflictException/);
    world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
    expect(stop({})).toMatch(/^ConflictException/);
  });
});

describe('stopped tasks say why', () => {
  const reasons = [
    [
      'not-found',
      /^CannotPullContainerError: pull image manifest has been retried 1 time\(s\): failed to resolve ref .*: not found$/,
    ],
    ['denied', /pull access denied/],
    ['timeout', /retried 5 time\(s\).*i\/o timeout/],
    ['rate-limit', /toomanyrequests/],
  ] as const;

  test.each(reasons)('a pull that ends in %s', (failure, words) => {
    const world = ecsWorld();
    world.steady('v1');
    world.breakPull('v2', failure);
    world.deploy('v2');
    world.clock.pass(30 * second);
    const [task] = world.stopped();
    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: expect.stringMatching(words) });
    expect(task?.containers?.[0]).toMatchObject({ lastStatus: 'STOPPED', reason: task?.stoppedReason });
    expect(task?.containers?.[0]).not.toHaveProperty('exitCode');
    expect(task).not.toHaveProperty('startedAt');
    expect(world.events().join()).toContain('was unable to place a task. Reason: CannotPullContainerError');
  });

  test('a missing secret, a missing log group, an OutOfMemory kill, failed target checks', () => {
    const why = (behaviour: object, container = {}, service = {}) => {
      const world = ecsWorld();
      world.steady('v1', service);
      world.push('v2', behaviour);
      world.deploy('v2', {}, container);
      world.clock.until(() => world.stopped().length > 0, 5 * minute);
      return world.stopped()[0];
    };
    expect(why({ missingSecret: { arn: 'arn:s' } })?.stoppedReason).toMatch(
      /^ResourceInitializationError: unable to pull secrets/,
    );
    const elsewhere = { logConfiguration: { logDriver: 'awslogs' as const, options: { 'awslogs-group': '/nowhere' } } };
    expect(why({}, elsewhere)?.stoppedReason).toMatch(/^ResourceInitializationError: .*log group does not exist/);
    expect(why({ outOfMemory: { after: 5 * second } })?.containers?.[0]).toMatchObject({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    });
    expect(why({ unhealthy: 'never' }, {}, balanced)).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${targetGroup})`,
    });
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

test('the grace period keeps the scheduler from stopping what fails its checks', () => {
  const world = ecsWorld();
  world.steady('v1', { ...balanced, healthCheckGracePeriodSeconds: 600 });
  world.push('v2', { unhealthy: 'never' });
  world.deploy('v2', {}, healthCheck);
  world.clock.pass(9 * minute);
  expect(world.running().filter(({ healthStatus }) => healthStatus === 'UNHEALTHY')).toHaveLength(2);
  expect(world.stopped()).toEqual([]);
  world.clock.pass(2 * minute);
  expect(world.stopped()).toHaveLength(2);
});

test('a world cannot begin with a service that never comes to rest', () => {
  const world = ecsWorld();
  expect(() => world.steady('v1', {}, { crash: { after: second, exitCode: 1 } })).toThrow(
    /^api does not come to rest within an hour: /,
  );
});

test('the lab can make a deployment fail from outside', () => {
  const world = ecsWorld();
  world.steady('v1', { deploymentConfiguration: breaker(true) });
  world.push('v2');
  const arn = world.deploy('v2');
  world.clock.pass(10 * second);
  world.world.failDeployment(api);
  world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
});
