import type * as model from '@aws-sdk/client-elastic-load-balancing-v2';
import { modelOnly } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { ServiceError } from '../../wire/service.ts';
import {
  type ElbState,
  type Listener,
  type LoadBalancer,
  reasons,
  type Target,
  type TargetGroup,
  targetsOf,
} from './state.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html */
export function describeLoadBalancers(input: model.DescribeLoadBalancersCommandInput, state: ElbState) {
  const { LoadBalancerArns: arns, Names: names, Marker, PageSize } = input;
  if (arns !== undefined && names !== undefined)
    throw invalid('Load balancer names and ARNs cannot be specified together');
  const all = [...state.loadBalancers.values()];
  const missing = () => new ServiceError('LoadBalancerNotFoundException', 'One or more load balancers not found');
  const chosen = pick(all, arns, each => each.arn, missing) ?? pick(all, names, each => each.name, missing) ?? all;
  const page = pageOf(chosen.map(describeLoadBalancer), [arns, names], Marker, PageSize);
  return { LoadBalancers: page.items, NextMarker: page.next };
}

function describeLoadBalancer({ arn, dnsName, createdAt, name }: LoadBalancer): model.LoadBalancer {
  return {
    LoadBalancerArn: arn,
    DNSName: dnsName,
    CreatedTime: new Date(createdAt),
    LoadBalancerName: name,
    Scheme: 'internet-facing',
    State: { Code: 'active' },
    Type: 'application',
    IpAddressType: 'ipv4',
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html */
export function describeTargetGroups(input: model.DescribeTargetGroupsCommandInput, state: ElbState) {
  const { LoadBalancerArn: balancer, TargetGroupArns: arns, Names: names, Marker, PageSize } = input;
  if ([balancer, arns, names].filter(each => each !== undefined).length > 1) {
    throw invalid('Target group names, ARNs and a load balancer ARN cannot be specified together');
  }
  if (balancer !== undefined) mustFindLoadBalancer(state, balancer);
  const all = [...state.targetGroups.values()];
  const missing = () => new ServiceError('TargetGroupNotFoundException', 'One or more target groups not found');
  const behind = all.filter(each => balancer === undefined || balancersOf(state, each).includes(balancer));
  const chosen = pick(all, arns, each => each.arn, missing) ?? pick(all, names, each => each.name, missing) ?? behind;
  const described = chosen.map(each => describeTargetGroup(each, balancersOf(state, each)));
  const page = pageOf(described, [balancer, arns, names], Marker, PageSize);
  return { TargetGroups: page.items, NextMarker: page.next };
}

function balancersOf(state: ElbState, group: TargetGroup): string[] {
  const listeners = [...state.listeners.values()].filter(listener => listener.forward.has(group.arn));
  return [...new Set(listeners.map(listener => listener.loadBalancerArn))];
}

function describeTargetGroup(group: TargetGroup, balancers: string[]): model.TargetGroup {
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: 'HTTP',
    Port: group.settings.port,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: group.settings.interval / 1000,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: group.settings.unhealthyThreshold,
    HealthCheckPath: group.settings.healthCheckPath,
    Matcher: { HttpCode: '200' },
    LoadBalancerArns: balancers,
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  };
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html : a target that was
 * asked for and is not registered is `unused`, and every target of a group behind no listener is.
 */
export function describeTargetHealth(input: model.DescribeTargetHealthCommandInput, state: ElbState) {
  modelOnly(input, 'TargetGroupArn', 'Targets');
  const group = state.targetGroups.get(input.TargetGroupArn ?? '');
  if (group === undefined)
    throw new ServiceError('TargetGroupNotFoundException', 'One or more target groups not found');
  const inUse = balancersOf(state, group).length > 0;
  const registered = targetsOf(group);
  const targets = input.Targets?.map(({ Id: id = '', Port: port = group.settings.port }) => {
    return registered.find(each => each.id === id && each.port === port) ?? notRegistered(id, port);
  });
  return {
    TargetHealthDescriptions: (targets ?? registered).map(target =>
      describeHealth(inUse || target.reason === 'Target.NotRegistered' ? target : notInUse(target)),
    ),
  };
}

function notRegistered(id: string, port: number): Target {
  const description = 'Target is not registered to the target group';
  return { id, port, state: 'unused', reason: 'Target.NotRegistered', description };
}

function notInUse({ id, port, zone }: Target): Target {
  return { id, port, state: 'unused', ...(zone === undefined ? {} : { zone }) };
}

function describeHealth({ id, port, zone, state, reason, description }: Target) {
  const [usualReason, usualDescription] = reasons[state] ?? [];
  return {
    Target: { Id: id, Port: port, AvailabilityZone: zone },
    HealthCheckPort: String(port),
    TargetHealth: { State: state, Reason: reason ?? usualReason, Description: description ?? usualDescription },
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html */
export function describeListeners(input: model.DescribeListenersCommandInput, state: ElbState) {
  const { LoadBalancerArn: balancer, ListenerArns: arns, Marker, PageSize } = input;
  if ((balancer === undefined) === (arns === undefined)) {
    throw invalid('You must specify either listener ARNs or a load balancer ARN');
  }
  if (balancer !== undefined) mustFindLoadBalancer(state, balancer);
  const all = [...state.listeners.values()];
  const missing = () => new ServiceError('ListenerNotFoundException', 'One or more listeners not found');
  const chosen = pick(all, arns, each => each.arn, missing) ?? all.filter(each => each.loadBalancerArn === balancer);
  const page = pageOf(chosen.map(describeListener), [balancer, arns], Marker, PageSize);
  return { Listeners: page.items, NextMarker: page.next };
}

function describeListener({ arn, loadBalancerArn, port, forward }: Listener): model.Listener {
  const tuples = [...forward].map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  const [only, ...others] = tuples;
  const action: model.Action = {
    Type: 'forward',
    ForwardConfig: { TargetGroups: tuples, TargetGroupStickinessConfig: { Enabled: false } },
    // With one target group its ARN stands beside the configuration too.
    ...(only !== undefined && others.length === 0 ? { TargetGroupArn: only.TargetGroupArn } : {}),
  };
  return { ListenerArn: arn, LoadBalancerArn: loadBalancerArn, Port: port, Protocol: 'HTTP', DefaultActions: [action] };
}

function mustFindLoadBalancer(state: ElbState, arn: string): void {
  if (!state.loadBalancers.has(arn)) {
    throw new ServiceError('LoadBalancerNotFoundException', `Load balancer '${arn}' not found`);
  }
}

/** Those that were asked for, in their own order; undefined when none were. */
function pick<T>(
  all: readonly T[],
  asked: readonly string[] | undefined,
  key: (each: T) => string,
  missing: () => Error,
) {
  if (asked === undefined) return undefined;
  const found = all.filter(each => asked.includes(key(each)));
  if (asked.some(name => !found.some(each => key(each) === name))) throw missing();
  return found;
}

function pageOf<T>(items: readonly T[], query: unknown, marker: string | undefined, size = 400) {
  if (size < 1 || size > 400) throw invalid(`Page size '${size}' must be between 1 and 400`);
  const page = cutPage(items, query, marker, size);
  if (page === undefined) throw invalid(`Invalid marker '${marker}'`);
  return page;
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
