import {
  type DBCluster,
  type DBClusterSnapshot,
  type DBInstance,
  type DBSnapshot,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { unlessMissing } from './missing.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export type DatabaseUnit = 'instance' | 'cluster';

/** The calls of RDS that the suite makes. Times are epoch ms. Every method pages and retries; errors are `AwsCallError`. */
export interface Rds {
  /** Up to when it can be restored to any point in time; `off` without automated backups, undefined without such a database. */
  latestRestorable(unit: DatabaseUnit, name: string): Promise<number | 'off' | undefined>;
  /** Snapshots that are available, automated and manual ones; in no order. */
  snapshots(unit: DatabaseUnit, name: string): Promise<readonly { readonly id: string; readonly at: number }[]>;
}

export function createRds(session: AwsSession): Rds {
  const { region, credentials, retry } = session;
  const client = new RDSClient({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });
  const call = <T>(operation: string, send: () => Promise<T>) =>
    withRetries(retry, `rds:${operation}`, 'any-number', send);

  async function instanceSnapshots(DBInstanceIdentifier: string) {
    const found: DBSnapshot[] = [];
    let Marker: string | undefined;
    do {
      const command = new DescribeDBSnapshotsCommand({ DBInstanceIdentifier, Marker });
      const answer = await call('DescribeDBSnapshots', () => client.send(command));
      found.push(...(answer.DBSnapshots ?? []));
      Marker = answer.Marker;
    } while (Marker !== undefined);
    return found.map(({ DBSnapshotIdentifier: id, ...snapshot }) => ({ id, ...snapshot }));
  }

  async function clusterSnapshots(DBClusterIdentifier: string) {
    const found: DBClusterSnapshot[] = [];
    let Marker: string | undefined;
    do {
      const command = new DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier, Marker });
      const answer = await call('DescribeDBClusterSnapshots', () => client.send(command));
      found.push(...(answer.DBClusterSnapshots ?? []));
      Marker = answer.Marker;
    } while (Marker !== undefined);
    return found.map(({ DBClusterSnapshotIdentifier: id, ...snapshot }) => ({ id, ...snapshot }));
  }

  return {
    async latestRestorable(unit, name) {
      if (unit === 'cluster') {
        const command = new DescribeDBClustersCommand({ DBClusterIdentifier: name });
        const asked = call('DescribeDBClusters', () => client.send(command));
        return upTo((await unlessMissing('DBClusterNotFoundFault', asked))?.DBClusters);
      }
      const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: name });
      const asked = call('DescribeDBInstances', () => client.send(command));
      return upTo((await unlessMissing('DBInstanceNotFoundFault', asked))?.DBInstances);
    },

    async snapshots(unit, name) {
      const found = unit === 'cluster' ? await clusterSnapshots(name) : await instanceSnapshots(name);
      // One that is being taken has no time yet.
      return found.flatMap(({ id = '', Status, SnapshotCreateTime: at }) =>
        Status === 'available' && at !== undefined ? [{ id, at: at.getTime() }] : [],
      );
    },
  };
}

function upTo([found]: readonly (DBCluster | DBInstance)[] = []): number | 'off' | undefined {
  return found === undefined ? undefined : (found.LatestRestorableTime?.getTime() ?? 'off');
}
