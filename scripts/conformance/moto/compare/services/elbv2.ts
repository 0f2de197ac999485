import * as ec2 from '@aws-sdk/client-ec2';
import * as sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const ip = '10.0.0.10';

/** A load balancer that forwards to one of two groups, in which there is a target. */
export const elbv2 = comparison<{ readonly balancer: string; readonly group: string; readonly idle: string }>({
  service: 'elbv2',
  lab({ aws }) {
    const elb = aws.elb.at(account, region);
    const balancer = elb.addLoadBalancer('conformance');
    const group = elb.addTargetGroup('api', { port: 80, healthCheckPath: '/health', unhealthyThreshold: 2 });
    const idle = elb.addTargetGroup('idle', { port: 80, healthCheckPath: '/health' });
    elb.addListener(balancer, 80, { [group]: 1 });
    for (const each of [group, idle]) elb.setTarget(each, { id: ip, port: 80, state: 'healthy' });
    return { balancer, group, idle };
  },
  async moto(client) {
    const [network, elb] = [new ec2.EC2Client(client), new sdk.ElasticLoadBalancingV2Client(client)];
    const { Vpc } = await network.send(new ec2.CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const VpcId = Vpc?.VpcId;
    const subnets = ['a', 'b'].map(async (zone, index) => {
      const CidrBlock = `10.0.${index}.0/24`;
      const made = await network.send(
        new ec2.CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: `${region}${zone}` }),
      );
      return made.Subnet?.SubnetId ?? '';
    });
    const Subnets = await Promise.all(subnets);
    const { LoadBalancers } = await elb.send(new sdk.CreateLoadBalancerCommand({ Name: 'conformance', Subnets }));
    const balancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    const groupOf = async (Name: string) => {
      const { TargetGroups } = await elb.send(
        new sdk.CreateTargetGroupCommand({
          Name,
          VpcId,
          Protocol: 'HTTP',
          Port: 80,
          TargetType: 'ip',
          HealthCheckPath: '/health',
        }),
      );
      const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
      await elb.send(new sdk.RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: ip, Port: 80 }] }));
      return TargetGroupArn;
    };
    const [group, idle] = [await groupOf('api'), await groupOf('idle')];
    const forward: sdk.Action = {
      Type: 'forward',
      ForwardConfig: { TargetGroups: [{ TargetGroupArn: group, Weight: 1 }] },
    };
    await elb.send(
      new sdk.CreateListenerCommand({
        LoadBalancerArn: balancer,
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [forward],
      }),
    );
    return { balancer, group, idle };
  },
  async play({ client, call }, { balancer, group, idle }) {
    const elb = new sdk.ElasticLoadBalancingV2Client(client);
    const health = (TargetGroupArn: string, ...Targets: sdk.TargetDescription[]) =>
      elb.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn, ...(Targets.length === 0 ? {} : { Targets }) }));
    const groups = (input: sdk.DescribeTargetGroupsCommandInput) =>
      elb.send(new sdk.DescribeTargetGroupsCommand(input));

    await call('the health of a group', () => health(group));
    await call('of a group that nothing forwards to', () => health(idle));
    await call('of a target that is not registered', () => health(group, { Id: '10.0.0.99', Port: 80 }));
    await call('of a group that is not there', () => health(`${group}0`));
    await call('a group by its name', () => groups({ Names: ['api'] }));
    await call('the groups of a load balancer', () => groups({ LoadBalancerArn: balancer }));
    await call('a group that is not there', () => groups({ Names: ['none'] }));
    await call('a load balancer', async () => {
      const { LoadBalancers } = await elb.send(new sdk.DescribeLoadBalancersCommand({ Names: ['conformance'] }));
      const picked = LoadBalancers?.map(
        ({ LoadBalancerArn, LoadBalancerName, Type, Scheme, State, IpAddressType }) => ({
          LoadBalancerArn,
          LoadBalancerName,
          Type,
          Scheme,
          State,
          IpAddressType,
        }),
      );
      return { LoadBalancers: picked };
    });
    await call('a load balancer that is not there', () =>
      elb.send(new sdk.DescribeLoadBalancersCommand({ Names: ['none'] })),
    );
    await call('where it forwards', async () => {
      const { Listeners } = await elb.send(new sdk.DescribeListenersCommand({ LoadBalancerArn: balancer }));
      return { Listeners: Listeners?.map(({ ListenerArn: _, ...rest }) => rest) };
    });
  },
});
