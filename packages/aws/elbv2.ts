import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
  type TargetGroup,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { batches } from './batches.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export type { LoadBalancer, TargetGroup, TargetHealthDescription };

/** The calls of Elastic Load Balancing that the suite makes. Errors are `AwsCallError`; one missing name fails a whole call. */
export interface LoadBalancing {
  targetGroups(arns: readonly string[]): Promise<readonly TargetGroup[]>;
  targetGroupNamed(name: string): Promise<TargetGroup | undefined>;
  loadBalancerNamed(name: string): Promise<LoadBalancer | undefined>;
  targetHealth(targetGroupArn: string): Promise<readonly TargetHealthDescription[]>;
}

export function createLoadBalancing(session: AwsSession): LoadBalancing {
  const { region, credentials, retry } = session;
  const client = new ElasticLoadBalancingV2Client({
    region,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  });
  const read = <T>(operation: string, call: () => Promise<T>) =>
    withRetries(retry, `elasticloadbalancing:${operation}`, 'any-number', call);
  const groups = async (filter: { TargetGroupArns: string[] } | { Names: string[] }) => {
    const answer = await read('DescribeTargetGroups', () => client.send(new DescribeTargetGroupsCommand(filter)));
    return answer.TargetGroups ?? [];
  };

  return {
    async targetGroups(arns) {
      // A page holds 400; asked for by twenty there is never a second one.
      const answers = await Promise.all(batches(arns, 20).map(batch => groups({ TargetGroupArns: batch })));
      return answers.flat();
    },
    async targetGroupNamed(name) {
      const [group] = await groups({ Names: [name] });
      return group;
    },
    async loadBalancerNamed(name) {
      const command = new DescribeLoadBalancersCommand({ Names: [name] });
      const { LoadBalancers } = await read('DescribeLoadBalancers', () => client.send(command));
      return LoadBalancers?.[0];
    },
    async targetHealth(targetGroupArn) {
      const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
      const { TargetHealthDescriptions } = await read('DescribeTargetHealth', () => client.send(command));
      return TargetHealthDescriptions ?? [];
    },
  };
}
