import * as rds from '@aws-sdk/client-rds';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createRds } from '../../../packages/lab/aws/rds/rds.ts';
import type { Database, RdsPlace } from '../../../packages/lab/aws/rds/world.ts';
import { caller, failureOf, type ManualClock, manualClock, sendRaw, startLab, type TestLab } from '../wire/harness.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let lab: TestLab;
let clock: ManualClock;
let place: RdsPlace;
let client: rds.RDSClient;

beforeEach(async () => {
  clock = manualClock();
  const world = createRds();
  place = world.at(caller.account, 'ap-southeast-2');
  const shop: Database = {
    kind: 'instance',
    name: 'shop',
    engine: 'postgres',
    version: '17.6',
    status: 'available',
    storage: 100,
    createdAt: clock.now() - 100 * day,
    retentionDays: 7,
    behind: 5 * minute,
  };
  place.putDatabase(shop);
  place.putDatabase({ ...shop, name: 'scratch', retentionDays: 0 });
  place.putDatabase({ ...shop, kind: 'cluster', name: 'ledger', engine: 'aurora-postgresql', storage: 1 });
  place.putDatabase({ ...shop, name: 'ledger-1', engine: 'aurora-postgresql', storage: 1, cluster: 'ledger' });
  lab = await startLab({ services: [world.service], manual: clock });
  client = new rds.RDSClient(lab.client);
});
afterEach(async () => {
  expect(lab.defects).toEqual([]);
  await lab.close();
});

const ago = (milliseconds: number) => new Date(clock.now() - milliseconds);
const instances = (DBInstanceIdentifier?: string) =>
  client.send(new rds.DescribeDBInstancesCommand(DBInstanceIdentifier === undefined ? {} : { DBInstanceIdentifier }));
const snapshots = (input: rds.DescribeDBSnapshotsCommandInput = {}) =>
  client.send(new rds.DescribeDBSnapshotsCommand(input));
const namesOf = ({ DBSnapshots = [] }: rds.DescribeDBSnapshotsCommandOutput) =>
  DBSnapshots.map(snapshot => snapshot.DBSnapshotIdentifier);
const take = (name: string, age: number, database = 'shop') => {
  const at = clock.now() - age;
  place.putSnapshot(database, {
    name,
    type: name.startsWith('rds:') ? 'automated' : 'manual',
    startedAt: at,
    readyAt: at,
  });
};

describe('instances', () => {
  test('say how they are, and until when they can be restored', async () => {
    const arn = 'arn:aws:rds:ap-southeast-2:111111111111:db:shop';
    for (const name of ['shop', 'SHOP', arn]) {
      expect((await instances(name)).DBInstances).toEqual([
        expect.objectContaining({
          DBInstanceIdentifier: 'shop',
          DBInstanceArn: arn,
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          AllocatedStorage: 100,
          BackupRetentionPeriod: 7,
          InstanceCreateTime: ago(100 * day),
          LatestRestorableTime: ago(5 * minute),
        }),
      ]);
    }
  });

  test('without automated backups no time can be restored', async () => {
    const [scratch] = (await instances('scratch')).DBInstances ?? [];
    expect([scratch?.BackupRetentionPeriod, scratch?.LatestRestorableTime]).toEqual([0, undefined]);
  });

  test('change', async () => {
    place.changeDatabase('shop', { status: 'storage-full', behind: 9 * hour });
    expect((await instances('shop')).DBInstances).toMatchObject([
      { DBInstanceStatus: 'storage-full', LatestRestorableTime: ago(9 * hour) },
    ]);
  });

  test('all of them, those of clusters too', async () => {
    const { DBInstances = [] } = await instances();
    expect(DBInstances.map(each => [each.DBInstanceIdentifier, each.DBClusterIdentifier])).toEqual([
      ['ledger-1', 'ledger'],
      ['scratch', undefined],
      ['shop', undefined],
    ]);
  });
});

test('a cluster, who is in it, and its snapshots', async () => {
  take('before-release', hour, 'ledger');
  const { DBClusters } = await client.send(new rds.DescribeDBClustersCommand({ DBClusterIdentifier: 'ledger' }));
  expect(DBClusters).toMatchObject([
    {
      Status: 'available',
      EarliestRestorableTime: ago(7 * day),
      LatestRestorableTime: ago(5 * minute),
      DBClusterMembers: [{ DBInstanceIdentifier: 'ledger-1', IsClusterWriter: true }],
    },
  ]);
  const { DBClusterSnapshots } = await client.send(
    new rds.DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier: 'ledger' }),
  );
  expect(DBClusterSnapshots).toMatchObject([{ Status: 'available', SnapshotCreateTime: ago(hour) }]);
  expect(namesOf(await snapshots())).toEqual([]);
});

describe('snapshots', () => {
  test('of a database, of a type, by their names', async () => {
    take('rds:shop-2026-11-16-14-05', 6 * hour);
    take('a-new-one', hour);
    take('of-another', hour, 'scratch');
    expect(namesOf(await snapshots({ DBInstanceIdentifier: 'Shop' }))).toEqual([
      'a-new-one',
      'rds:shop-2026-11-16-14-05',
    ]);
    expect((await snapshots({ DBInstanceIdentifier: 'shop', SnapshotType: 'automated' })).DBSnapshots).toMatchObject([
      {
        DBSnapshotIdentifier: 'rds:shop-2026-11-16-14-05',
        SnapshotType: 'automated',
        Status: 'available',
        PercentProgress: 100,
        SnapshotCreateTime: ago(6 * hour),
        AllocatedStorage: 100,
      },
    ]);
    expect(namesOf(await snapshots({ DBInstanceIdentifier: 'gone' }))).toEqual([]);
    expect(namesOf(await snapshots({ DBSnapshotIdentifier: 'A-NEW-ONE' }))).toEqual(['a-new-one']);
  });

  test('that are being made have no time yet', async () => {
    place.putSnapshot('shop', {
      name: 'now',
      type: 'manual',
      startedAt: clock.now(),
      readyAt: clock.now() + 10 * minute,
    });
    place.putSnapshot('shop', { name: 'never', type: 'manual', startedAt: clock.now(), readyAt: undefined });
    clock.advance(5 * minute);
    const look = async (DBSnapshotIdentifier: string) => (await snapshots({ DBSnapshotIdentifier })).DBSnapshots?.[0];
    expect(await look('now')).toMatchObject({ Status: 'creating', PercentProgress: 50 });
    expect((await look('now'))?.SnapshotCreateTime).toBeUndefined();
    clock.advance(5 * minute);
    expect(await look('now')).toMatchObject({ Status: 'available', SnapshotCreateTime: ago(10 * minute) });
    expect(await look('never')).toMatchObject({ Status: 'failed', PercentProgress: 0 });
  });

  test('come in pages', async () => {
    for (let count = 100; count < 145; count += 1) take(`s${count}`, count * hour);
    const first = await snapshots({ MaxRecords: 20 });
    const second = await snapshots({ MaxRecords: 20, Marker: first.Marker });
    const third = await snapshots({ MaxRecords: 20, Marker: second.Marker });
    expect([first, second, third].map(page => page.DBSnapshots?.length)).toEqual([20, 20, 5]);
    expect(third.Marker).toBeUndefined();
  });
});

test.each<[string, () => Promise<unknown>, string, number]>([
  ['an instance', () => instances('gone'), 'DBInstanceNotFoundFault', 404],
  ['a snapshot', () => snapshots({ DBSnapshotIdentifier: 'gone' }), 'DBSnapshotNotFoundFault', 404],
  [
    'a cluster',
    () => client.send(new rds.DescribeDBClustersCommand({ DBClusterIdentifier: 'gone' })),
    'DBClusterNotFoundFault',
    404,
  ],
  [
    'an automated one without its type',
    () => snapshots({ DBSnapshotIdentifier: 'rds:shop-2026-11-16-14-05' }),
    'InvalidParameterCombination',
    400,
  ],
  ['an unknown type', () => snapshots({ SnapshotType: 'old' }), 'InvalidParameterValue', 400],
  ['a small page', () => snapshots({ MaxRecords: 19 }), 'InvalidParameterValue', 400],
  ['a marker of nobody', () => snapshots({ Marker: 'x' }), 'InvalidParameterValue', 400],
])('refused: %s', async (_name, call, name, status) => {
  expect(await failureOf(call())).toMatchObject({ name, $metadata: { httpStatusCode: status } });
});

test('refuses parameters that RDS does not have, and says by name what is not modelled', async () => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await sendRaw(lab, 'rds', form, 'Action=DescribeDBInstances&Version=2014-10-31&Instance=a');
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('<Code>MalformedInput</Code>')]);
  await failureOf(snapshots({ SnapshotType: 'shared' }));
  await failureOf(snapshots({ Filters: [{ Name: 'engine', Values: ['postgres'] }] }));
  await failureOf(client.send(new rds.DescribeDBEngineVersionsCommand({})));
  expect(lab.unmodelled).toEqual([
    'rds.DescribeDBSnapshots with snapshots that are shared',
    'rds.DescribeDBSnapshots with Filters',
    'rds.DescribeDBEngineVersions',
  ]);
});
