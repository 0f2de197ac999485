import * as model from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LabClock } from '../../clock/clock.ts';
import { createPlaces } from '../../wire/places.ts';
import type { Call, Service } from '../../wire/service.ts';
import { describeListeners, describeLoadBalancers, describeTargetGroups, describeTargetHealth } from './operations.ts';
import { type ElbState, type Target, type TargetGroupSettings, usualSettings } from './state.ts';

/** The load balancers of one account and region. Functions that make something return its ARN. */
export interface ElbPlace {
  addLoadBalancer(name: string): string;
  addTargetGroup(name: string, settings?: Partial<TargetGroupSettings>): string;
  /** Weights by target group ARN. */
  addListener(loadBalancerArn: string, port: number, forward: Readonly<Record<string, number>>): string;
  setWeights(listenerArn: string, forward: Readonly<Record<string, number>>): void;
  /** Registers a target or moves it to another state. */
  setTarget(targetGroupArn: string, target: Target): void;
  removeTarget(targetGroupArn: string, id: string, port: number): void;
  /** Shows the targets that somebody else keeps, as ECS does: `read` is asked at every look. */
  followTargets(targetGroupArn: string, read: () => readonly Target[]): void;
}

export interface ElbWorld {
  readonly service: Service;
  at(account: string, region: string): ElbPlace;
  /** Undefined when there is no such target group. */
  group(targetGroupArn: string): TargetGroupSettings | undefined;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ : application load balancers that forward. */
export function createElbv2({ clock }: { readonly clock: LabClock }): ElbWorld {
  const places = createPlaces(
    (): ElbState => ({ loadBalancers: new Map(), targetGroups: new Map(), listeners: new Map() }),
  );
  const stateOf = ({ account, region }: Call) => places.at(account, region);
  let count = 0;

  const service: Service = {
    id: 'elbv2',
    model,
    operations: {
      DescribeLoadBalancers: (input: model.DescribeLoadBalancersCommandInput, call: Call) =>
        describeLoadBalancers(input, stateOf(call)),
      DescribeTargetGroups: (input: model.DescribeTargetGroupsCommandInput, call: Call) =>
        describeTargetGroups(input, stateOf(call)),
      DescribeTargetHealth: (input: model.DescribeTargetHealthCommandInput, call: Call) =>
        describeTargetHealth(input, stateOf(call)),
      DescribeListeners: (input: model.DescribeListenersCommandInput, call: Call) =>
        describeListeners(input, stateOf(call)),
    },
  };

  function at(account: string, region: string): ElbPlace {
    const state = places.at(account, region);
    const prefix = `arn:aws:elasticloadbalancing:${region}:${account}`;
    const nextId = () => {
      count += 1;
      return count.toString(16).padStart(16, '0');
    };
    return {
      addLoadBalancer(name) {
        const id = nextId();
        const arn = `${prefix}:loadbalancer/app/${name}/${id}`;
        const dnsName = `${name}-${Number.parseInt(id, 16)}.${region}.elb.amazonaws.com`;
        state.loadBalancers.set(arn, { name, arn, dnsName, createdAt: clock.now() });
        return arn;
      },
      addTargetGroup(name, settings) {
        const arn = `${prefix}:targetgroup/${name}/${nextId()}`;
        const group = { name, arn, settings: { ...usualSettings, ...settings } };
        state.targetGroups.set(arn, { ...group, targets: new Map(), sources: [] });
        return arn;
      },
      followTargets(targetGroupArn, read) {
        own(state.targetGroups, targetGroupArn).sources.push(read);
      },
      addListener(loadBalancerArn, port, forward) {
        const { name } = own(state.loadBalancers, loadBalancerArn);
        const arn = `${prefix}:listener/app/${name}/${loadBalancerArn.split('/').at(-1)}/${nextId()}`;
        state.listeners.set(arn, { arn, loadBalancerArn, port, forward: checkForward(state, forward) });
        return arn;
      },
      setWeights(listenerArn, forward) {
        own(state.listeners, listenerArn).forward = checkForward(state, forward);
      },
      setTarget(targetGroupArn, target) {
        own(state.targetGroups, targetGroupArn).targets.set(`${target.id}:${target.port}`, target);
      },
      removeTarget(targetGroupArn, id, port) {
        if (!own(state.targetGroups, targetGroupArn).targets.delete(`${id}:${port}`)) {
          throw new Error(`${targetGroupArn} has no target ${id}:${port}`);
        }
      },
    };
  }

  function group(arn: string): TargetGroupSettings | undefined {
    const [, , , region = '', account = ''] = arn.split(':');
    return /^\d{12}$/.test(account) ? places.at(account, region).targetGroups.get(arn)?.settings : undefined;
  }

  return { service, at, group };
}

function checkForward(state: ElbState, forward: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  for (const arn of Object.keys(forward)) own(state.targetGroups, arn);
  return new Map(Object.entries(forward));
}

function own<T>(all: ReadonlyMap<string, T>, arn: string): T {
  const found = all.get(arn);
  if (found === undefined) throw new Error(`There is no ${arn}`);
  return found;
}
