import { describe, expect, test } from '@jest/globals';
import { balanced, breaker, ecsWorld, healthCheck, minute, second } from './world.ts';

describe('a rolling deployment', () => {
  test('goes from PENDING over IN_PROGRESS to SUCCESSFUL, its identity is in what UpdateService returns', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2');
    const before = world.describe().deployments?.[0]?.id;
    const updated = world.update({ taskDefinition: world.register('v2') });
    const id = updated.deployments?.[0]?.id ?? '';
    expect(updated.deployments?.map(({ status, id }) => ({ status, id }))).toEqual([
      { status: 'PRIMARY', id },
      { status: 'ACTIVE', id: before },
    ]);
    const arn = updated.currentServiceDeployment ?? '';
    expect(world.deployment(arn).status).toBe('PENDING');
    const number = id.replace('ecs-svc/', '');
    expect(world.deployment(arn).targetServiceRevision?.arn).toMatch(
      new RegExp(`service-revision/prod/api/${number}$`),
    );
    world.clock.pass(second);
    expect(world.deployment(arn)).toMatchObject({ status: 'IN_PROGRESS', startedAt: expect.any(Date) });

    const done = world.reaches(arn, 'SUCCESSFUL');
    expect(done.targetServiceRevision).toMatchObject({
      requestedTaskCount: 2,
      runningTaskCount: 2,
      pendingTaskCount: 0,
    });
    expect(done.sourceServiceRevisions).toMatchObject([{ requestedTaskCount: 0, runningTaskCount: 0 }]);
    world.clock.pass(minute);
    expect(world.describe().deployments).toMatchObject([
      { id, status: 'PRIMARY', rolloutState: 'COMPLETED', rolloutStateReason: `ECS deployment ${id} completed.` },
    ]);
    expect(world.events().slice(0, 2)).toEqual([
      '(service api) has reached a steady state.',
      `(service api) (deployment ${id}) deployment completed.`,
    ]);
  });

  test('a task without health checks counts as healthy 40 s after RUNNING', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2', { startsAfter: 20 * second });
    const arn = world.deploy('v2');
    world.clock.pass(second + 20 * second + 39 * second);
    expect(world.describe().runningCount).toBe(4);
    expect(world.deployment(arn).status).toBe('IN_PROGRESS');
    world.clock.pass(2 * second);
    expect(world.stopped()).toHaveLength(2);
    expect(world.reaches(arn, 'SUCCESSFUL', 10 * second).status).toBe('SUCCESSFUL');
  });

  test.each([
    { minimumHealthyPercent: 100, maximumPercent: 200, most: 8, least: 4 },
    { minimumHealthyPercent: 50, maximumPercent: 100, most: 4, least: 2 },
    { minimumHealthyPercent: 75, maximumPercent: 150, most: 6, least: 3 },
  ])('keeps to $minimumHealthyPercent–$maximumPercent %', ({ most, least, ...limits }) => {
    const world = ecsWorld();
    world.steady('v1', { desiredCount: 4, deploymentConfiguration: limits });
    world.push('v2');
    const arn = world.deploy('v2');
    let highest = 0;
    let lowest = 99;
    world.clock.until(() => {
      const live = [
        ...world.world.service({
          ...{ account: '333333333333', region: 'ap-southeast-2' },
          cluster: 'prod',
          service: 'api',
        }).tasks,
      ];
      highest = Math.max(highest, live.filter(task => task.executionStoppedAt === undefined).length);
      lowest = Math.min(lowest, live.filter(task => task.healthy).length);
      return world.deployment(arn).status === 'SUCCESSFUL';
    });
    expect({ highest, lowest }).toEqual({ highest: most, lowest: least });
  });

  test('desired = 0 is SUCCESSFUL without a single task', () => {
    const world = ecsWorld();
    world.steady('v1', { desiredCount: 0 });
    world.push('v2', { crash: { beforeRunning: true, exitCode: 1 } });
    expect(world.reaches(world.deploy('v2'), 'SUCCESSFUL', 5 * second).targetServiceRevision).toMatchObject({
      requestedTaskCount: 0,
      runningTaskCount: 0,
    });
  });

  test('is superseded by a newer one: STOPPED, and the newer has two sources', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2');
    world.push('v3');
    const older = world.deploy('v2');
    world.clock.pass(30 * second);
    const newer = world.deploy('v3');
    expect(world.deployment(older).status).toBe('STOP_REQUESTED');
    expect(world.deployment(newer).status).toBe('PENDING');
    world.clock.pass(5 * second);
    expect(world.deployment(older)).toMatchObject({
      status: 'STOPPED',
      deploymentCircuitBreaker: { status: 'DISABLED' },
      alarms: { status: 'DISABLED' },
    });
    expect(world.reaches(newer, 'SUCCESSFUL').sourceServiceRevisions).toHaveLength(2);
    expect(world.deployment(older).status).toBe('STOPPED');
  });

  test('crashes after SUCCESSFUL restart tasks and change no status', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2', { crash: { after: 5 * minute, exitCode: 3, log: ['fatal: out of handles'], first: 1 } });
    const arn = world.deploy('v2');
    world.reaches(arn, 'SUCCESSFUL', 4 * minute);
    world.clock.pass(5 * minute);
    const crashed = world.stopped().find(({ stopCode }) => stopCode === 'EssentialContainerExited');
    expect(crashed).toMatchObject({
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 3, lastStatus: 'STOPPED' }],
    });
    world.clock.pass(2 * minute);
    expect(world.describe()).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect(world.deployment(arn).status).toBe('SUCCESSFUL');
  });

  test('behind a load balancer it waits for healthy targets, and drains the old ones', () => {
    const world = ecsWorld();
    world.steady('v1', balanced);
    world.push('v2', { startsAfter: 20 * second, healthyAfter: 15 * second });
    const started = world.clock.now();
    const arn = world.deploy('v2');
    world.clock.pass(22 * second);
    const states = () =>
      world.world.targetHealth(balanced.loadBalancers[0]?.targetGroupArn ?? '').map(({ state }) => state);
    expect(states()).toEqual(['healthy', 'healthy', 'initial', 'initial']);
    world.clock.pass(15 * second);
    expect(states()).toEqual(['draining', 'draining', 'healthy', 'healthy']);
    world.reaches(arn, 'SUCCESSFUL', minute);
    expect(states()).toEqual(['healthy', 'healthy']);
    // What metrics of a minute past are made of.
    const group = balanced.loadBalancers[0]?.targetGroupArn ?? '';
    const past = world.world.targetHealth(group, started + 22 * second).map(({ state }) => state);
    expect(past).toEqual(['healthy', 'healthy', 'initial', 'initial']);
  });
});

describe('early success', () => {
  const early = (sourceServiceRevisionCleanup: 'BLOCKING' | 'DEFERRED') => ({
    minimumHealthyPercent: 50,
    maximumPercent: 200,
    earlySuccessCriteria: { enable: true, healthyPercent: 50, sourceServiceRevisionCleanup },
  });

  test('DEFERRED: SUCCESSFUL while old tasks still run and new ones are not all healthy', () => {
    const world = ecsWorld();
    world.steady('v1', { desiredCount: 4, deploymentConfiguration: early('DEFERRED') });
    world.push('v2', { crash: { after: 10 * second, exitCode: 1, every: 4 } });
    const done = world.reaches(world.deploy('v2'), 'SUCCESSFUL');
    expect(done.sourceServiceRevisions?.[0]?.runningTaskCount).toBeGreaterThan(0);
    world.clock.pass(10 * minute);
    expect(world.deployment(done.serviceDeploymentArn ?? '').sourceServiceRevisions).toMatchObject([
      { runningTaskCount: 0 },
    ]);
  });

  test('BLOCKING: SUCCESSFUL below 100 % healthy, but after the old tasks are gone', () => {
    const world = ecsWorld();
    world.steady('v1', { desiredCount: 4, deploymentConfiguration: early('BLOCKING') }, {});
    // Every fourth start never gets healthy: without early success this would go on and on.
    world.push('v2', { crash: { after: 10 * second, exitCode: 1, every: 2 } });
    const done = world.reaches(world.deploy('v2'), 'SUCCESSFUL');
    expect(done.sourceServiceRevisions).toMatchObject([{ runningTaskCount: 0 }]);
  });

  test.each([
    [
      'healthyPercent below minimumHealthyPercent',
      {
        minimumHealthyPercent: 100,
        earlySuccessCriteria: { enable: true, healthyPercent: 50, sourceServiceRevisionCleanup: 'BLOCKING' },
      },
    ],
    ['no clean-up named', { earlySuccessCriteria: { enable: true, healthyPercent: 100 } }],
    [
      'another strategy',
      {
        strategy: 'BLUE_GREEN',
        bakeTimeInMinutes: 1,
        earlySuccessCriteria: { enable: true, healthyPercent: 100, sourceServiceRevisionCleanup: 'BLOCKING' },
      },
    ],
  ])('refuses %s', (_, deploymentConfiguration) => {
    const world = ecsWorld();
    world.steady('v1');
    expect(world.refusal('UpdateService', { cluster: 'prod', service: 'api', deploymentConfiguration })).toMatch(
      /^InvalidParameterException/,
    );
  });
});

describe('the throttle', () => {
  test('delays tasks that never run, more with every attempt; those that ran are replaced at once', () => {
    const world = ecsWorld();
    world.steady('v1', { desiredCount: 1 });
    world.breakPull('v2', 'timeout');
    world.deploy('v2');
    world.clock.pass(10 * minute);
    const starts = world.stopped().map(({ createdAt }) => createdAt?.getTime() ?? 0);
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(Math.max(...gaps)).toBeGreaterThan(2 * minute);
    expect(world.events()).toContain('(service api) is unable to consistently start tasks successfully.');
  });

  test('a container that fails its checks is stopped by the scheduler, and says so', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: breaker(true) });
    world.push('v2', { unhealthy: 'never' });
    const arn = world.deploy('v2', {}, healthCheck);
    world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
    const failed = world
      .stopped()
      .filter(({ stoppedReason }) => stoppedReason === 'Task failed container health checks');
    expect(failed.length).toBeGreaterThanOrEqual(3);
    expect(failed[0]).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      containers: [{ healthStatus: 'UNHEALTHY' }],
    });
  });
});
