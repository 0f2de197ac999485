import * as model from '@aws-sdk/client-rds';
import { createPlaces } from '../../wire/places.ts';
import type { Call, Service } from '../../wire/service.ts';
import { describeClusters, describeInstances } from './databases.ts';
import { describeClusterSnapshots, describeSnapshots } from './snapshots.ts';
import type { State } from './state.ts';
import type { RdsWorld } from './world.ts';

/**
 * Databases as far as somebody looks whether they are well and backed up. README.md beside this says where each behaviour is from,
 * and what is not modelled. Its SDK takes long to load, so this file is loaded only where there are databases.
 */
export function createRds(): RdsWorld {
  const places = createPlaces((): State => ({ databases: new Map(), snapshots: new Map() }));
  const stateOf = ({ account, region }: Call) => places.at(account, region);

  const service: Service = {
    id: 'rds',
    model,
    // Its documentation has no figures for how often it may be asked.
    resource: (_operation, input, { account, region }) => {
      const [kind, name] = resourceOf(input);
      if (name === undefined) return undefined;
      return name.startsWith('arn:') ? name : `arn:aws:rds:${region}:${account}:${kind}:${name}`;
    },
    operations: {
      DescribeDBInstances: (input: model.DescribeDBInstancesCommandInput, call: Call) =>
        describeInstances(input, stateOf(call), call),
      DescribeDBClusters: (input: model.DescribeDBClustersCommandInput, call: Call) =>
        describeClusters(input, stateOf(call), call),
      DescribeDBSnapshots: (input: model.DescribeDBSnapshotsCommandInput, call: Call) =>
        describeSnapshots(input, stateOf(call), call),
      DescribeDBClusterSnapshots: (input: model.DescribeDBClusterSnapshotsCommandInput, call: Call) =>
        describeClusterSnapshots(input, stateOf(call), call),
    },
  };

  return {
    service,
    at(account, region) {
      const { databases, snapshots } = places.at(account, region);
      const own = (name: string) => {
        const database = databases.get(name);
        if (database === undefined) throw new Error(`There is no database ${name} in ${account} ${region}`);
        return database;
      };
      return {
        putDatabase(database) {
          if (databases.has(database.name)) throw new Error(`There is a database ${database.name} already`);
          databases.set(database.name, database);
        },
        changeDatabase: (name, change) => void databases.set(name, { ...own(name), ...change }),
        putSnapshot(name, snapshot) {
          if (snapshots.has(snapshot.name)) throw new Error(`There is a snapshot ${snapshot.name} already`);
          snapshots.set(snapshot.name, { ...snapshot, database: own(name) });
        },
      };
    },
  };
}

/** What IAM calls it, and its name. */
function resourceOf(input: Readonly<Record<string, unknown>>): readonly [kind: string, name: string | undefined] {
  const members = {
    snapshot: input.DBSnapshotIdentifier,
    'cluster-snapshot': input.DBClusterSnapshotIdentifier,
    db: input.DBInstanceIdentifier,
    cluster: input.DBClusterIdentifier,
  };
  const [kind = '', name] = Object.entries(members).find(([, each]) => typeof each === 'string') ?? [];
  return [kind, typeof name === 'string' ? name : undefined];
}
