import type * as model from '@aws-sdk/client-rds';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { type Call, ServiceError } from '../../wire/service.ts';
import { identifier, pageOf } from './pages.ts';
import type { State } from './state.ts';
import type { Database, Snapshot } from './world.ts';

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html : automated and manual ones, unless a type is
 * asked for. A database that is not there has none: the page has no error for it.
 */
export function describeSnapshots(input: model.DescribeDBSnapshotsCommandInput, state: State, call: Call) {
  modelOnly(input, 'DBInstanceIdentifier', 'DBSnapshotIdentifier', 'SnapshotType', 'MaxRecords', 'Marker');
  const { DBInstanceIdentifier: database, DBSnapshotIdentifier: name, SnapshotType: type } = input;
  const found = find(state, 'instance', { database, name, type });
  if (name !== undefined && found.length === 0) {
    throw new ServiceError('DBSnapshotNotFound', `DBSnapshot ${identifier(name)} not found.`);
  }
  const page = pageOf(found, { database, name, type }, input);
  return { DBSnapshots: page.items.map(each => snapshotView(each, call)), Marker: page.next };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshots.html : by cluster or by name, not by both. */
export function describeClusterSnapshots(
  input: model.DescribeDBClusterSnapshotsCommandInput,
  state: State,
  call: Call,
) {
  modelOnly(input, 'DBClusterIdentifier', 'DBClusterSnapshotIdentifier', 'SnapshotType', 'MaxRecords', 'Marker');
  const { DBClusterIdentifier: database, DBClusterSnapshotIdentifier: name, SnapshotType: type } = input;
  if (database !== undefined && name !== undefined) {
    const message = 'DBClusterIdentifier and DBClusterSnapshotIdentifier cannot be used together';
    throw new ServiceError('InvalidParameterCombination', message);
  }
  const found = find(state, 'cluster', { database, name, type });
  if (name !== undefined && found.length === 0) {
    throw new ServiceError('DBClusterSnapshotNotFoundFault', `DBClusterSnapshot ${identifier(name)} not found.`);
  }
  const page = pageOf(found, { database, name, type }, input);
  return { DBClusterSnapshots: page.items.map(each => clusterSnapshotView(each, call)), Marker: page.next };
}

interface Asked {
  readonly database: string | undefined;
  readonly name: string | undefined;
  readonly type: string | undefined;
}

/** In the order of their names: the documentation promises none, so the newest is not the last one. */
function find({ snapshots }: State, kind: Database['kind'], { database, name, type }: Asked): readonly Snapshot[] {
  if (['shared', 'public', 'awsbackup'].includes(type ?? '')) throw new NotModelled(`with snapshots that are ${type}`);
  if (type !== undefined && type !== 'automated' && type !== 'manual') {
    throw new ServiceError('InvalidParameterValue', `Invalid snapshot type: ${type}`);
  }
  if (name !== undefined && identifier(name).startsWith('rds:') && type === undefined) {
    const message = 'SnapshotType must be specified for the identifier of an automated snapshot';
    throw new ServiceError('InvalidParameterCombination', message);
  }
  return [...snapshots.values()]
    .filter(each => each.database.kind === kind)
    .filter(each => database === undefined || each.database.name === identifier(database))
    .filter(each => name === undefined || each.name === identifier(name))
    .filter(each => type === undefined || each.type === type)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * While it is being made it has no time yet, as in the example of
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html
 */
function common({ type, database, startedAt, readyAt }: Snapshot, now: number) {
  const ready = readyAt !== undefined && readyAt <= now;
  const took = (now - startedAt) / ((readyAt ?? Number.POSITIVE_INFINITY) - startedAt);
  return {
    SnapshotType: type,
    Status: readyAt === undefined ? 'failed' : ready ? 'available' : 'creating',
    PercentProgress: ready ? 100 : Math.floor(100 * took),
    ...(ready ? { SnapshotCreateTime: new Date(startedAt) } : {}),
    Engine: database.engine,
    EngineVersion: database.version,
    AllocatedStorage: database.storage,
  };
}

function snapshotView(snapshot: Snapshot, { account, region, now }: Call): model.DBSnapshot {
  const { name, database, startedAt } = snapshot;
  const shared = common(snapshot, now);
  return {
    ...shared,
    ...(shared.Status === 'available' ? { OriginalSnapshotCreateTime: new Date(startedAt) } : {}),
    DBSnapshotIdentifier: name,
    DBSnapshotArn: `arn:aws:rds:${region}:${account}:snapshot:${name}`,
    DBInstanceIdentifier: database.name,
    InstanceCreateTime: new Date(database.createdAt),
    Encrypted: true,
  };
}

function clusterSnapshotView(snapshot: Snapshot, { account, region, now }: Call): model.DBClusterSnapshot {
  const { name, database } = snapshot;
  return {
    ...common(snapshot, now),
    DBClusterSnapshotIdentifier: name,
    DBClusterSnapshotArn: `arn:aws:rds:${region}:${account}:cluster-snapshot:${name}`,
    DBClusterIdentifier: database.name,
    ClusterCreateTime: new Date(database.createdAt),
    StorageEncrypted: true,
  };
}
