import type { CreateClusterRequest, DescribeClustersRequest, ListClustersRequest } from '@aws-sdk/client-ecs';
import type { Call, Operation } from '../../../wire/service.ts';
import { arns } from '../arn.ts';
import { isRunning } from '../counts.ts';
import { type Engine, realmOf } from '../engine.ts';
import { findCluster, page, rememberedTasks } from '../lookups.ts';
import type { Cluster, Realm } from '../state.ts';

export function clusterOperations(engine: Engine): Record<string, Operation> {
  const realm = ({ account, region }: Call) => realmOf(engine, account, region);
  return {
    CreateCluster: ({ clusterName = 'default' }: CreateClusterRequest, call: Call) => ({
      cluster: clusterView(createCluster(realm(call), clusterName), call.now),
    }),

    DescribeClusters: ({ clusters = ['default'] }: DescribeClustersRequest, call: Call) => {
      const found = clusters.map(reference => ({ reference, cluster: findCluster(realm(call), reference) }));
      return {
        clusters: found.flatMap(({ cluster }) => (cluster === undefined ? [] : [clusterView(cluster, call.now)])),
        failures: found.flatMap(({ reference, cluster }) =>
          cluster === undefined ? [{ arn: clusterArn(realm(call), reference), reason: 'MISSING' }] : [],
        ),
      };
    },

    ListClusters: (input: ListClustersRequest, call: Call) => {
      const { items, ...next } = page(
        [...realm(call).clusters.values()].map(({ arn }) => arn),
        input,
        100,
      );
      return { clusterArns: items, ...next };
    },
  };
}

const clusterArn = (realm: Realm, reference: string): string =>
  reference.startsWith('arn:') ? reference : arns.cluster(realm, reference);

/** Creating a cluster that is there already returns it. */
export function createCluster(realm: Realm, name: string): Cluster {
  const known = findCluster(realm, name);
  if (known !== undefined) return known;
  const cluster: Cluster = {
    realm,
    name,
    arn: arns.cluster(realm, name),
    status: 'ACTIVE',
    services: new Map(),
    placementFailures: [],
  };
  realm.clusters.set(name, cluster);
  return cluster;
}

function clusterView(cluster: Cluster, now: number) {
  const tasks = rememberedTasks(cluster, now);
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(isRunning).length,
    pendingTasksCount: tasks.filter(task => task.startedAt === undefined && task.desiredStatus === 'RUNNING').length,
    activeServicesCount: [...cluster.services.values()].filter(service => service.status === 'ACTIVE').length,
    statistics: [],
    tags: [],
    settings: [{ name: 'containerInsights' as const, value: 'disabled' }],
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: [],
  };
}
