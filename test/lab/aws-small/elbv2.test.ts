import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElbv2, type ElbPlace, type ElbWorld } from '../../../packages/lab/aws/elbv2/elbv2.ts';
import { failureOf, manualClock, startLab, type TestLab } from '../wire/harness.ts';

let lab: TestLab;
let world: ElbWorld;
let place: ElbPlace;
let client: elb.ElasticLoadBalancingV2Client;
let balancer: string;
let blue: string;
let green: string;
let listener: string;

beforeEach(async () => {
  const manual = manualClock();
  world = createElbv2({ clock: manual });
  place = world.at('111111111111', 'ap-southeast-2');
  lab = await startLab({ services: [world.service], manual });
  client = new elb.ElasticLoadBalancingV2Client(lab.client);
  balancer = place.addLoadBalancer('prod');
  blue = place.addTargetGroup('api-blue', { port: 8080, healthCheckPath: '/healthz', interval: 10_000 });
  green = place.addTargetGroup('api-green', { port: 8080 });
  listener = place.addListener(balancer, 443, { [blue]: 100, [green]: 0 });
});
afterEach(() => lab.close());

const health = async (TargetGroupArn: string, Targets?: elb.TargetDescription[]) => {
  const answer = await client.send(new elb.DescribeTargetHealthCommand({ TargetGroupArn, Targets }));
  return answer.TargetHealthDescriptions?.map(({ Target, TargetHealth: now }) => [Target?.Id, now?.State, now?.Reason]);
};

describe('target health', () => {
  test.each<[Parameters<ElbPlace['setTarget']>[1]['state'], string | undefined]>([
    ['healthy', undefined],
    ['initial', 'Elb.RegistrationInProgress'],
    ['unhealthy', 'Target.FailedHealthChecks'],
    ['draining', 'Target.DeregistrationInProgress'],
  ])('%s with its usual reason', async (state, reason) => {
    place.setTarget(blue, { id: '10.0.0.1', port: 8080, state });
    expect(await health(blue)).toEqual([['10.0.0.1', state, reason]]);
  });

  test('with a reason of its own, and gone when it is removed', async () => {
    const target = { id: '10.0.0.1', port: 8080, state: 'unhealthy' } as const;
    const description = 'Health checks failed with these codes: [502]';
    place.setTarget(blue, { ...target, reason: 'Target.ResponseCodeMismatch', description });
    const { TargetHealthDescriptions } = await client.send(
      new elb.DescribeTargetHealthCommand({ TargetGroupArn: blue }),
    );
    expect(TargetHealthDescriptions?.[0]?.TargetHealth).toEqual({
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: description,
    });
    place.removeTarget(blue, '10.0.0.1', 8080);
    expect(await health(blue)).toEqual([]);
  });

  test('a target that is not registered, and every one behind no listener, is unused', async () => {
    expect(await health(blue, [{ Id: '10.0.0.9' }])).toEqual([['10.0.0.9', 'unused', 'Target.NotRegistered']]);
    place.setTarget(green, { id: '10.0.0.2', port: 8080, state: 'healthy' });
    expect(await health(green)).toEqual([['10.0.0.2', 'healthy', undefined]]);
    place.setWeights(listener, { [blue]: 100 });
    expect(await health(green)).toEqual([['10.0.0.2', 'unused', 'Target.NotInUse']]);
  });

  test('targets that somebody else keeps are shown as they are at that moment', async () => {
    const kept: Parameters<ElbPlace['setTarget']>[1][] = [];
    place.followTargets(blue, () => kept);
    expect(await health(blue)).toEqual([]);
    kept.push({ id: '10.0.0.3', port: 8080, state: 'initial' });
    expect(await health(blue)).toEqual([['10.0.0.3', 'initial', 'Elb.RegistrationInProgress']]);
    expect(await health(blue, [{ Id: '10.0.0.3' }])).toEqual([['10.0.0.3', 'initial', 'Elb.RegistrationInProgress']]);
  });

  test('of a group that is not there', async () => {
    expect(await failureOf(health(`${blue}x`))).toBeInstanceOf(elb.TargetGroupNotFoundException);
  });
});

describe('groups, load balancers, listeners', () => {
  test('are found by name, by ARN, and through each other', async () => {
    const groups = async (input: elb.DescribeTargetGroupsCommandInput) =>
      (await client.send(new elb.DescribeTargetGroupsCommand(input))).TargetGroups?.map(group => group.TargetGroupName);
    expect(await groups({})).toEqual(['api-blue', 'api-green']);
    expect(await groups({ Names: ['api-green'] })).toEqual(['api-green']);
    expect(await groups({ TargetGroupArns: [blue] })).toEqual(['api-blue']);
    place.setWeights(listener, { [green]: 1 });
    expect(await groups({ LoadBalancerArn: balancer })).toEqual(['api-green']);
    const { LoadBalancers } = await client.send(new elb.DescribeLoadBalancersCommand({ Names: ['prod'] }));
    expect(LoadBalancers).toMatchObject([
      { LoadBalancerArn: balancer, State: { Code: 'active' }, CreatedTime: expect.any(Date) },
    ]);
  });

  test('a group shows how it checks, over the wire and to the rest of the lab', async () => {
    const { TargetGroups } = await client.send(new elb.DescribeTargetGroupsCommand({ Names: ['api-blue'] }));
    expect(TargetGroups).toMatchObject([{ Port: 8080, HealthCheckPath: '/healthz', HealthCheckIntervalSeconds: 10 }]);
    expect(world.group(blue)).toMatchObject({ interval: 10_000, unhealthyThreshold: 2, deregistrationDelay: 300_000 });
    expect([world.group(`${blue}x`), world.group('blue')]).toEqual([undefined, undefined]);
  });

  test('a listener shows where it forwards, by weight', async () => {
    const actions = async () => {
      const answer = await client.send(new elb.DescribeListenersCommand({ LoadBalancerArn: balancer }));
      return answer.Listeners?.[0]?.DefaultActions?.[0];
    };
    expect((await actions())?.ForwardConfig?.TargetGroups).toEqual([
      { TargetGroupArn: blue, Weight: 100 },
      { TargetGroupArn: green, Weight: 0 },
    ]);
    place.setWeights(listener, { [green]: 1 });
    expect((await actions())?.TargetGroupArn).toBe(green);
  });

  test('pages', async () => {
    const first = await client.send(new elb.DescribeTargetGroupsCommand({ PageSize: 1 }));
    const { NextMarker: Marker } = first;
    const second = await client.send(new elb.DescribeTargetGroupsCommand({ PageSize: 1, Marker }));
    expect([...(first.TargetGroups ?? []), ...(second.TargetGroups ?? [])].map(group => group.TargetGroupArn)).toEqual([
      blue,
      green,
    ]);
    expect(second.NextMarker).toBeUndefined();
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'a group',
      () => client.send(new elb.DescribeTargetGroupsCommand({ Names: ['api-blue', 'x'] })),
      'TargetGroupNotFoundException',
    ],
    [
      'a load balancer',
      () => client.send(new elb.DescribeLoadBalancersCommand({ Names: ['x'] })),
      'LoadBalancerNotFoundException',
    ],
    [
      'a listener',
      () => client.send(new elb.DescribeListenersCommand({ ListenerArns: ['x'] })),
      'ListenerNotFoundException',
    ],
    [
      'two ways to ask',
      () => client.send(new elb.DescribeTargetGroupsCommand({ Names: ['api-blue'], TargetGroupArns: [blue] })),
      'ValidationError',
    ],
    ['no way to ask', () => client.send(new elb.DescribeListenersCommand({})), 'ValidationError'],
  ])('refused: %s', async (_, call, name) => {
    expect((await failureOf(call())).name).toBe(name);
  });
});
