import { describe, expect, test } from '@jest/globals';
import { api, balanced, breaker, ecsWorld, healthCheck, minute, second, targetGroup } from './world.ts';

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
