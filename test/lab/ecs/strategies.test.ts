import type { DeploymentConfiguration, DeploymentLifecycleHook } from '@aws-sdk/client-ecs';
import { describe, expect, test } from '@jest/globals';
import { breaker, ecsWorld, greenGroup, minute, second, targetGroup } from './world.ts';

const hour = 60 * minute;
const weighted = {
  loadBalancers: [
    {
      targetGroupArn: targetGroup,
      containerName: 'api',
      containerPort: 8080,
      advancedConfiguration: {
        alternateTargetGroupArn: greenGroup,
        productionListenerRule: 'arn:rule/production',
        testListenerRule: 'arn:rule/test',
        roleArn: 'arn:role',
      },
    },
  ],
};

const blueGreen: DeploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 };

function deployed(configuration: DeploymentConfiguration, behaviour: object = {}) {
  const world = ecsWorld();
  world.steady('v1', { ...weighted, deploymentConfiguration: configuration });
  world.push('v2', behaviour);
  const arn = world.deploy('v2');
  return { world, arn };
}

/** Every stage with the weight of production traffic that the new revision had in it. */
function follow({ world, arn }: ReturnType<typeof deployed>): [string, number][] {
  const seen: [string, number][] = [];
  world.clock.until(() => {
    const { lifecycleStage = '', targetServiceRevision, finishedAt } = world.deployment(arn);
    const now: [string, number] = [lifecycleStage, targetServiceRevision?.requestedProductionTrafficWeight ?? 0];
    if (finishedAt === undefined && lifecycleStage !== '' && seen.at(-1)?.join() !== now.join()) seen.push(now);
    return finishedAt !== undefined;
  });
  return seen;
}

describe('BLUE_GREEN', () => {
  test('goes through its stages, and shifts all production traffic at once', () => {
    const run = deployed(blueGreen);
    expect(follow(run)).toEqual([
      ['PRE_SCALE_UP', 0],
      ['SCALE_UP', 0],
      ['POST_SCALE_UP', 0],
      ['TEST_TRAFFIC_SHIFT', 0],
      ['POST_TEST_TRAFFIC_SHIFT', 0],
      ['PRODUCTION_TRAFFIC_SHIFT', 100],
      ['POST_PRODUCTION_TRAFFIC_SHIFT', 100],
      ['BAKE_TIME', 100],
      ['CLEAN_UP', 100],
    ]);
    expect(run.world.deployment(run.arn).status).toBe('SUCCESSFUL');
  });

  test('runs both revisions fully until CLEAN_UP, in two target groups', () => {
    const { world, arn } = deployed(blueGreen);
    world.clock.until(() => world.deployment(arn).lifecycleStage === 'BAKE_TIME');
    const states = (group: string) => world.world.targetHealth(group).map(({ state }) => state);
    expect([states(targetGroup), states(greenGroup)]).toEqual([
      ['healthy', 'healthy'],
      ['healthy', 'healthy'],
    ]);
    world.reaches(arn, 'SUCCESSFUL');
    expect([states(targetGroup), states(greenGroup)]).toEqual([[], ['healthy', 'healthy']]);
  });

  test('StopServiceDeployment in the bake time gives the traffic back without a new task', () => {
    const { world, arn } = deployed(blueGreen);
    world.clock.until(() => world.deployment(arn).lifecycleStage === 'BAKE_TIME');
    const blue = world.world.targetHealth(targetGroup).map(({ id }) => id);
    world.call('StopServiceDeployment', { serviceDeploymentArn: arn });
    const done = world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
    expect(done).not.toHaveProperty('lifecycleStage');
    expect(world.world.targetHealth(targetGroup).map(({ id }) => id)).toEqual(blue);
    expect(world.world.targetHealth(greenGroup)).toEqual([]);
  });

  test('the breaker does not watch it; a stage that gets nowhere rolls back after 24 h', () => {
    const { world, arn } = deployed(
      { ...blueGreen, ...breaker(true) },
      { crash: { beforeRunning: true, exitCode: 1 } },
    );
    world.clock.pass(23 * hour);
    expect(world.deployment(arn)).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: 'SCALE_UP',
      deploymentCircuitBreaker: { status: 'DISABLED' },
    });
    world.reaches(arn, 'ROLLBACK_SUCCESSFUL', 2 * hour);
  });

  test('in a world where it does, it rolls back as a rolling one', () => {
    const world = ecsWorld({ settings: { breakerStrategies: 'all' } });
    world.steady('v1', { ...weighted, deploymentConfiguration: { ...blueGreen, ...breaker(true) } });
    world.push('v2', { crash: { beforeRunning: true, exitCode: 1 } });
    world.reaches(world.deploy('v2'), 'ROLLBACK_SUCCESSFUL', 10 * minute);
  });

  test('an alarm in the bake time rolls back', () => {
    const { world, arn } = deployed({ ...blueGreen, alarms: { alarmNames: ['5xx'], enable: true, rollback: true } });
    world.clock.until(() => world.deployment(arn).lifecycleStage === 'BAKE_TIME');
    world.setAlarm('5xx', 'ALARM');
    world.reaches(arn, 'ROLLBACK_SUCCESSFUL');
  });
});

describe('CANARY and LINEAR', () => {
  const production = (seen: readonly [string, number][]) =>
    seen.filter(([stage]) => stage === 'PRODUCTION_TRAFFIC_SHIFT').map(([, weight]) => weight);

  test('CANARY: a part, a bake time, the rest', () => {
    const run = deployed({
      strategy: 'CANARY',
      canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 10 },
    });
    const { world, arn } = run;
    world.clock.until(() => world.deployment(arn).lifecycleStage === 'PRODUCTION_TRAFFIC_SHIFT');
    expect(world.deployment(arn)).toMatchObject({
      sourceServiceRevisions: [{ requestedProductionTrafficWeight: 80 }],
      targetServiceRevision: { requestedProductionTrafficWeight: 20 },
    });
    const from = world.clock.now();
    expect(production(follow(run))).toEqual([20, 100]);
    expect(world.clock.now() - from).toBeGreaterThan(10 * minute);
  });

  test('LINEAR: equal steps with a bake time between them', () => {
    const run = deployed({ strategy: 'LINEAR', linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 2 } });
    expect(production(follow(run))).toEqual([30, 60, 90, 100]);
  });
});

describe('lifecycle hooks', () => {
  const pause = (rest: Partial<DeploymentLifecycleHook> = {}): DeploymentConfiguration => ({
    ...blueGreen,
    lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'], ...rest }],
  });
  const paused = ({ world, arn }: ReturnType<typeof deployed>) => {
    world.clock.until(() => world.deployment(arn).lifecycleHookDetails !== undefined);
    return world.deployment(arn).lifecycleHookDetails?.[0];
  };

  test('PAUSE waits for ContinueServiceDeployment', () => {
    const run = deployed(pause());
    const { world, arn } = run;
    const hook = paused(run);
    expect(hook).toMatchObject({ targetType: 'PAUSE', status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' });
    expect(hook?.hookId).toMatch(/^ecs-pause-/);
    expect(hook?.expiresAt?.getTime()).toBe(world.clock.now() + 24 * hour);
    world.clock.pass(5 * hour);
    expect(world.deployment(arn)).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'POST_SCALE_UP' });
    world.call('ContinueServiceDeployment', { serviceDeploymentArn: arn, hookId: hook?.hookId });
    world.reaches(arn, 'SUCCESSFUL', hour);
  });

  test('ROLLBACK instead goes back', () => {
    const run = deployed(pause());
    const hookId = paused(run)?.hookId;
    run.world.call('ContinueServiceDeployment', { serviceDeploymentArn: run.arn, hookId, action: 'ROLLBACK' });
    run.world.reaches(run.arn, 'ROLLBACK_SUCCESSFUL', hour);
    const again = { serviceDeploymentArn: run.arn, hookId };
    expect(run.world.refusal('ContinueServiceDeployment', again)).toMatch(/^InvalidParameterException/);
  });

  test.each([
    { timeout: {}, after: 24 * hour, status: 'ROLLBACK_SUCCESSFUL' },
    {
      timeout: { timeoutConfiguration: { timeoutInMinutes: 10, action: 'CONTINUE' as const } },
      after: 10 * minute,
      status: 'SUCCESSFUL',
    },
  ])('nobody answers: $status', ({ timeout, after, status }) => {
    const run = deployed(pause(timeout));
    paused(run);
    const from = run.world.clock.now();
    run.world.clock.pass(after - second);
    expect(run.world.deployment(run.arn).status).toBe('IN_PROGRESS');
    run.world.reaches(run.arn, status);
    expect(run.world.clock.now() - from).toBeGreaterThanOrEqual(after);
  });

  const lambda: DeploymentConfiguration = {
    ...blueGreen,
    lifecycleHooks: [{ hookTargetArn: 'arn:fn', roleArn: 'arn:role', lifecycleStages: ['PRODUCTION_TRAFFIC_SHIFT'] }],
  };

  test.each([
    { answers: ['SUCCEEDED'], status: 'SUCCESSFUL' },
    { answers: ['IN_PROGRESS', 'IN_PROGRESS', 'SUCCEEDED'], status: 'SUCCESSFUL' },
    { answers: ['IN_PROGRESS', 'FAILED'], status: 'ROLLBACK_SUCCESSFUL' },
  ] as const)('a Lambda hook that answers $answers: $status', ({ answers, status }) => {
    const world = ecsWorld();
    world.steady('v1', { ...weighted, deploymentConfiguration: lambda });
    world.world.answerHooks('arn:fn', answers);
    world.push('v2');
    world.reaches(world.deploy('v2'), status, hour);
  });

  test.each<[string, DeploymentConfiguration]>([
    ['PAUSE at a shift stage', pause({ lifecycleStages: ['PRODUCTION_TRAFFIC_SHIFT'] })],
    ['a Lambda hook without a function', { ...blueGreen, lifecycleHooks: [{ lifecycleStages: ['PRE_SCALE_UP'] }] }],
    ['BLUE_GREEN without a bake time', { strategy: 'BLUE_GREEN' }],
    ['a step below 3 %', { strategy: 'LINEAR', linearConfiguration: { stepPercent: 1 } }],
  ])('refuses %s', (_, deploymentConfiguration) => {
    const world = ecsWorld();
    world.steady('v1', weighted);
    expect(world.refusal('UpdateService', { cluster: 'prod', service: 'api', deploymentConfiguration })).toMatch(
      /^InvalidParameterException/,
    );
  });

  test('says that hooks on a rolling deployment are not modelled', () => {
    const world = ecsWorld();
    world.steady('v1', weighted);
    const deploymentConfiguration = { ...pause(), strategy: 'ROLLING' };
    expect(world.refusal('UpdateService', { cluster: 'prod', service: 'api', deploymentConfiguration })).toMatch(
      /^NotModelled/,
    );
  });

  test('a strategy with weights needs the advanced configuration of its load balancers', () => {
    const world = ecsWorld();
    const plain = [{ targetGroupArn: targetGroup, containerName: 'api', containerPort: 8080 }];
    world.steady('v1', { loadBalancers: plain });
    const input = { cluster: 'prod', service: 'api', deploymentConfiguration: blueGreen };
    expect(world.refusal('UpdateService', input)).toContain(
      'advancedConfiguration field is required for all loadBalancers',
    );
  });
});
