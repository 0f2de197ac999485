import * as sdk from '@aws-sdk/client-rds';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const database = 'conformance-shop';

/** An instance with a snapshot that somebody has taken, and one that RDS has. */
export const rds = comparison<{ readonly nightly: string }>({
  service: 'rds',
  lab({ aws }) {
    const place = aws.rds.at(account, region);
    const at = Date.now() - 3_600_000;
    place.putDatabase({
      kind: 'instance',
      name: database,
      engine: 'postgres',
      version: '16.3',
      status: 'available',
      storage: 20,
      createdAt: at,
      retentionDays: 7,
      behind: 300_000,
    });
    const nightly = `rds:${database}-2026-01-01-00-00`;
    place.putSnapshot(database, { name: nightly, type: 'automated', startedAt: at, readyAt: at });
    place.putSnapshot(database, { name: 'before-release', type: 'manual', startedAt: at, readyAt: at });
    return { nightly };
  },
  async moto(client) {
    const rds = new sdk.RDSClient(client);
    await rds.send(
      new sdk.CreateDBInstanceCommand({
        DBInstanceIdentifier: database,
        DBInstanceClass: 'db.t3.micro',
        Engine: 'postgres',
        EngineVersion: '16.3',
        AllocatedStorage: 20,
        BackupRetentionPeriod: 7,
        MasterUsername: 'root',
        MasterUserPassword: 'nobody-uses-it',
        AvailabilityZone: `${region}a`,
        StorageEncrypted: true,
        DeletionProtection: true,
      }),
    );
    await rds.send(
      new sdk.CreateDBSnapshotCommand({ DBInstanceIdentifier: database, DBSnapshotIdentifier: 'before-release' }),
    );
    const { DBSnapshots } = await rds.send(new sdk.DescribeDBSnapshotsCommand({ SnapshotType: 'automated' }));
    return { nightly: DBSnapshots?.[0]?.DBSnapshotIdentifier ?? '' };
  },
  async play({ client, call }, { nightly }) {
    const rds = new sdk.RDSClient(client);
    const instances = (input: sdk.DescribeDBInstancesCommandInput) =>
      rds.send(new sdk.DescribeDBInstancesCommand(input));
    const snapshots = (input: sdk.DescribeDBSnapshotsCommandInput) =>
      rds.send(new sdk.DescribeDBSnapshotsCommand(input));
    await call('an instance', () => instances({ DBInstanceIdentifier: database }));
    await call('in capitals', () => instances({ DBInstanceIdentifier: database.toUpperCase() }));
    await call('by its ARN', () =>
      instances({ DBInstanceIdentifier: `arn:aws:rds:${region}:${account}:db:${database}` }),
    );
    await call('an instance that is not there', () => instances({ DBInstanceIdentifier: 'none' }));
    await call('its snapshots', async () => {
      const { DBSnapshots = [] } = await snapshots({ DBInstanceIdentifier: database });
      return { names: DBSnapshots.map(each => each.DBSnapshotIdentifier).toSorted() };
    });
    await call('that of RDS itself', () => snapshots({ DBSnapshotIdentifier: nightly, SnapshotType: 'automated' }));
    await call('that without its type', () => snapshots({ DBSnapshotIdentifier: nightly }));
    await call('those that people took', () => snapshots({ DBInstanceIdentifier: database, SnapshotType: 'manual' }));
    await call('a snapshot', () => snapshots({ DBSnapshotIdentifier: 'before-release' }));
    await call('a snapshot that is not there', () => snapshots({ DBSnapshotIdentifier: 'none' }));
    await call('the snapshots of nothing', () => snapshots({ DBInstanceIdentifier: 'none' }));
    await call('a page that is too small', () => snapshots({ MaxRecords: 19 }));
    await call('a cluster that is not there', () =>
      rds.send(new sdk.DescribeDBClustersCommand({ DBClusterIdentifier: 'none' })),
    );
  },
});
