import { describe, expect, test } from '@jest/globals';
import { defaultSettings } from '../../../packages/lab/aws/ecs/settings.ts';
import { api, balanced, digestOf, ecsWorld, minute, place, repository, second, serviceInput } from './world.ts';

describe('what makes a deployment', () => {
  const cases = [
    { change: {}, deploys: false },
    { change: { desiredCount: 5 }, deploys: false },
    { change: { deploymentConfiguration: { minimumHealthyPercent: 50 } }, deploys: false },
    { change: { healthCheckGracePeriodSeconds: 60 }, deploys: false },
    { change: { enableExecuteCommand: true }, deploys: false },
    { change: { taskDefinition: 'api:1' }, deploys: false },
    { change: { taskDefinition: 'api' }, deploys: true },
    { change: { forceNewDeployment: true }, deploys: true },
    { change: { platformVersion: '1.4.0' }, deploys: true },
    { change: { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-2'] } } }, deploys: true },
    { change: balanced, deploys: true },
  ];

  test.each(cases)('$change: $deploys', ({ change, deploys }) => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2');
    world.register('v2');
    const before = world.describe();
    const after = world.update(change);
    expect(after.currentServiceDeployment !== before.currentServiceDeployment).toBe(deploys);
    expect(after.deployments?.[0]?.id !== before.deployments?.[0]?.id).toBe(deploys);
  });

  test('a new desired count scales without a deployment, in a rollout too', () => {
    const world = ecsWorld();
    world.steady('v1');
    const before = world.describe();
    world.update({ desiredCount: 4 });
    world.clock.pass(2 * minute);
    expect(world.describe()).toMatchObject({
      runningCount: 4,
      currentServiceDeployment: before.currentServiceDeployment,
    });
    world.update({ desiredCount: 1 });
    world.clock.pass(minute);
    expect(world.describe().runningCount).toBe(1);
    expect(world.stopped()[0]?.stoppedReason).toMatch(/^Scaling activity initiated by \(deployment ecs-svc\/\d+\)$/);
  });

  test('somebody else may deploy and scale meanwhile', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2');
    const arn = world.deploy('v2');
    world.clock.pass(5 * second);
    world.world.updateService(api, { forceNewDeployment: true, desiredCount: 3 });
    world.clock.pass(5 * second);
    expect(world.deployment(arn).status).toBe('STOPPED');
    expect(world.describe().desiredCount).toBe(3);
  });
});

describe('task definitions', () => {
  test('may be a family, family:revision or an ARN, and must be ACTIVE', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2');
    const arn = world.register('v2');
    for (const taskDefinition of ['api', 'api:2', arn]) {
      expect(world.update({ taskDefinition }).taskDefinition).toBe(arn);
    }
    world.call('DeregisterTaskDefinition', { taskDefinition: 'api:1' });
    const update = (taskDefinition: string) =>
      world.refusal('UpdateService', { cluster: 'prod', service: 'api', taskDefinition });
    expect(update('api:1')).toBe('ClientException: TaskDefinition is inactive');
    expect(update('api:9')).toBe('ClientException: TaskDefinition not found.');
    expect(update('other')).toBe('ClientException: TaskDefinition not found.');
  });

  test('an INACTIVE revision keeps running, and is where a rollback goes', () => {
    const world = ecsWorld();
    world.steady('v1', { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } });
    const good = world.describe().taskDefinition;
    world.call('DeregisterTaskDefinition', { taskDefinition: 'api:1' });
    world.world.killTask(api);
    world.clock.pass(2 * minute);
    expect(world.describe().runningCount).toBe(2);
    world.push('v2', { pull: { failure: 'not-found' } });
    world.reaches(world.deploy('v2'), 'ROLLBACK_SUCCESSFUL');
    expect(world.describe().taskDefinition).toBe(good);
  });

  test('a tag becomes a digest at the deployment, for all its tasks; the next deployment resolves it again', () => {
    const world = ecsWorld();
    world.push('v1', {}, 'latest');
    world.world.steadyService(place, serviceInput(world.register('latest')));
    world.push('v2', {}, 'latest');
    world.world.killTask(api);
    world.clock.pass(2 * minute);
    const images = () => [...new Set(world.running().map(task => task.containers?.[0]?.imageDigest))];
    expect(images()).toEqual([digestOf('v1')]);
    const arn = world.update({ forceNewDeployment: true }).currentServiceDeployment ?? '';
    const target = world.reaches(arn, 'SUCCESSFUL').targetServiceRevision?.arn ?? '';
    expect(images()).toEqual([digestOf('v2')]);
    const { serviceRevisions } = world.call<{ serviceRevisions: { containerImages: unknown }[] }>(
      'DescribeServiceRevisions',
      {
        serviceRevisionArns: [target],
      },
    );
    expect(serviceRevisions[0]?.containerImages).toEqual([
      { containerName: 'api', image: `${repository}@${digestOf('v2')}`, imageDigest: digestOf('v2') },
    ]);
  });
});

describe('other deployment controllers', () => {
  test.each(['CODE_DEPLOY', 'EXTERNAL'] as const)('%s: UpdateService is refused for what is not its own', type => {
    const world = ecsWorld();
    world.steady('v1', { deploymentController: { type } });
    world.push('v2');
    const update = (change: object) => world.refusal('UpdateService', { cluster: 'prod', service: 'api', ...change });
    expect(update({ taskDefinition: world.register('v2') })).toMatch(
      new RegExp(
        `^InvalidParameterException: Unable to update task definition on services with an? ${type} deployment controller`,
      ),
    );
    expect(update({ forceNewDeployment: true })).toContain('Cannot force a new deployment on services with');
    expect(world.update({ desiredCount: 3 })).toMatchObject({ desiredCount: 3, deployments: [] });
    expect(world.describe()).not.toHaveProperty('currentServiceDeployment');
    expect(world.describe().deploymentController).toEqual({ type });
  });
});

describe('habits of a world', () => {
  test('currentServiceDeployment may be absent and ListServiceDeployments late', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.push('v2');
    Object.assign(world.world.settings, { currentServiceDeployment: 'never', listLag: 20 * second });
    const id =
      world.update({ taskDefinition: world.register('v2') }).deployments?.[0]?.id?.replace('ecs-svc/', '') ?? '?';
    expect(world.describe()).not.toHaveProperty('currentServiceDeployment');
    const listed = () =>
      world
        .call<{ serviceDeployments: { targetServiceRevisionArn: string }[] }>('ListServiceDeployments', {
          cluster: 'prod',
          service: 'api',
        })
        .serviceDeployments.some(each => each.targetServiceRevisionArn.endsWith(`/${id}`));
    expect(listed()).toBe(false);
    world.clock.pass(21 * second);
    expect(listed()).toBe(true);
  });

  test('start from these', () => {
    expect(ecsWorld().world.settings).toEqual(defaultSettings());
  });
});

describe('a Classic Load Balancer', () => {
  test('has no rolloutState', () => {
    const world = ecsWorld();
    world.steady('v1', { loadBalancers: [{ loadBalancerName: 'old', containerName: 'api', containerPort: 8080 }] });
    expect(world.describe().deployments?.[0]).not.toHaveProperty('rolloutState');
  });
});

describe('refusals', () => {
  test.each([
    ['UpdateService', { cluster: 'none', service: 'api' }, 'ClusterNotFoundException: Cluster not found.'],
    ['UpdateService', { cluster: 'prod', service: 'none' }, 'ServiceNotFoundException: Service not found.'],
    ['UpdateService', { service: 'api' }, 'ClusterNotFoundException: Cluster not found.'],
    ['DescribeServices', { cluster: 'prod', services: [] }, 'InvalidParameterException: Services cannot be empty.'],
    ['DescribeServices', { cluster: 'prod', services: Array(11).fill('api') }, /^InvalidParameterException/],
    ['DescribeServiceDeployments', { serviceDeploymentArns: Array(21).fill('x') }, /^InvalidParameterException/],
    ['DescribeServiceRevisions', { serviceRevisionArns: Array(21).fill('x') }, /^InvalidParameterException/],
    ['DescribeTasks', { cluster: 'prod', tasks: Array(101).fill('x') }, /^InvalidParameterException/],
    [
      'DeleteService',
      { cluster: 'prod', service: 'api' },
      'InvalidParameterException: The service cannot be stopped while it is scaled above 0.',
    ],
    [
      'UpdateService',
      {
        cluster: 'prod',
        service: 'api',
        loadBalancers: [{ targetGroupArn: 'arn:none', containerName: 'api', containerPort: 8080 }],
      },
      /target group arn:none does not exist/,
    ],
    [
      'UpdateService',
      { cluster: 'prod', service: 'api', loadBalancers: [{ containerName: 'web', containerPort: 80 }] },
      'InvalidParameterException: The container web does not exist in the task definition.',
    ],
    [
      'UpdateService',
      { cluster: 'prod', service: 'api', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      /^NotModelled/,
    ],
  ])('%s %j', (operation, input, words) => {
    const world = ecsWorld();
    world.steady('v1');
    const before = world.describe();
    const refused = world.refusal(operation, input);
    if (typeof words === 'string') expect(refused).toBe(words);
    else expect(refused).toMatch(words);
    expect(world.describe()).toEqual(before);
  });

  test('a deleted service is DRAINING, then INACTIVE: ServiceNotActiveException; its name can be used again', () => {
    const world = ecsWorld();
    world.steady('v1');
    world.call('DeleteService', { cluster: 'prod', service: 'api', force: true });
    expect(world.describe().status).toBe('DRAINING');
    expect(world.refusal('UpdateService', { cluster: 'prod', service: 'api' })).toBe(
      'ServiceNotActiveException: Service was not ACTIVE.',
    );
    world.clock.pass(minute);
    expect(world.describe()).toMatchObject({ status: 'INACTIVE', runningCount: 0 });
    world.call('CreateService', serviceInput(world.register('v1')));
    expect(world.describe().status).toBe('ACTIVE');
  });

  test('what is MISSING is a failure beside what is there', () => {
    const world = ecsWorld();
    world.steady('v1');
    expect(world.call('DescribeServices', { cluster: 'prod', services: ['api', 'web'] })).toMatchObject({
      services: [{ serviceName: 'api' }],
      failures: [{ arn: `arn:aws:ecs:${place.region}:${place.account}:service/prod/web`, reason: 'MISSING' }],
    });
    expect(world.call('DescribeServiceDeployments', { serviceDeploymentArns: ['arn:x'] })).toEqual({
      serviceDeployments: [],
      failures: [{ arn: 'arn:x', reason: 'MISSING' }],
    });
  });

  test('another account has a world of its own', () => {
    const world = ecsWorld();
    world.steady('v1');
    const operation = world.service.operations.DescribeClusters;
    const call = { now: world.clock.now(), account: '111111111111', region: place.region, principal: 'x' };
    expect(operation?.({ clusters: ['prod'] } as never, call)).toMatchObject({
      clusters: [],
      failures: [{ reason: 'MISSING' }],
    });
  });
});
