import type * as model from '@aws-sdk/client-rds';
import { modelOnly } from '../../wire/not-modelled.ts';
import { type Call, ServiceError } from '../../wire/service.ts';
import { identifier, pageOf } from './pages.ts';
import type { State } from './state.ts';
import type { Database } from './world.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html */
export function describeInstances(input: model.DescribeDBInstancesCommandInput, state: State, call: Call) {
  modelOnly(input, 'DBInstanceIdentifier', 'MaxRecords', 'Marker');
  const { DBInstanceIdentifier: asked } = input;
  const found = find(state, 'instance', asked);
  if (asked !== undefined && found.length === 0) {
    throw new ServiceError('DBInstanceNotFound', `DBInstance ${identifier(asked)} not found.`);
  }
  const page = pageOf(found, asked, input);
  return { DBInstances: page.items.map(each => instanceView(each, call)), Marker: page.next };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html */
export function describeClusters(input: model.DescribeDBClustersCommandInput, state: State, call: Call) {
  modelOnly(input, 'DBClusterIdentifier', 'MaxRecords', 'Marker');
  const { DBClusterIdentifier: asked } = input;
  const found = find(state, 'cluster', asked);
  if (asked !== undefined && found.length === 0) {
    throw new ServiceError('DBClusterNotFoundFault', `DBCluster ${identifier(asked)} not found.`);
  }
  const page = pageOf(found, asked, input);
  const members = (name: string) => find(state, 'instance').filter(each => each.cluster === name);
  return { DBClusters: page.items.map(each => clusterView(each, members(each.name), call)), Marker: page.next };
}

/** In the order of their names. */
function find({ databases }: State, kind: Database['kind'], asked?: string): readonly Database[] {
  return [...databases.values()]
    .filter(each => each.kind === kind && (asked === undefined || each.name === identifier(asked)))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** What an instance and a cluster say in the same words. Without automated backups there is no time that could be restored. */
function common({ engine, version, storage, retentionDays, createdAt, behind }: Database, now: number) {
  const latest = retentionDays === 0 ? undefined : new Date(Math.max(createdAt, now - behind));
  return {
    Engine: engine,
    EngineVersion: version,
    AllocatedStorage: storage,
    BackupRetentionPeriod: retentionDays,
    LatestRestorableTime: latest,
    MultiAZ: false,
    StorageEncrypted: true,
    DeletionProtection: true,
  };
}

function instanceView(database: Database, { account, region, now }: Call): model.DBInstance {
  const { name, status, createdAt, cluster } = database;
  return {
    ...common(database, now),
    DBInstanceIdentifier: name,
    DBInstanceArn: `arn:aws:rds:${region}:${account}:db:${name}`,
    DBInstanceStatus: status,
    InstanceCreateTime: new Date(createdAt),
    AvailabilityZone: `${region}a`,
    DBClusterIdentifier: cluster,
  };
}

function clusterView(
  database: Database,
  members: readonly Database[],
  { account, region, now }: Call,
): model.DBCluster {
  const { name, status, createdAt, retentionDays } = database;
  const earliest = Math.max(createdAt, now - retentionDays * 24 * 3_600_000);
  return {
    ...common(database, now),
    DBClusterIdentifier: name,
    DBClusterArn: `arn:aws:rds:${region}:${account}:cluster:${name}`,
    Status: status,
    ClusterCreateTime: new Date(createdAt),
    EarliestRestorableTime: new Date(earliest),
    // The first one writes.
    DBClusterMembers: members.map((each, index) => ({
      DBInstanceIdentifier: each.name,
      IsClusterWriter: index === 0,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: 1,
    })),
  };
}
