import * as sdk from '@aws-sdk/client-dynamodb';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

/** `orders` can be restored to a point in time, `drafts` cannot. */
export const dynamodb = comparison({
  service: 'dynamodb',
  lab({ aws }) {
    const place = aws.dynamodb.at(account, region);
    place.putTable({ name: 'orders', age: 3_600_000, items: 0, recoverableFor: 3_600_000 });
    place.putTable({ name: 'drafts', age: 3_600_000, items: 0, recoverableFor: undefined });
  },
  async moto(client) {
    const dynamodb = new sdk.DynamoDBClient(client);
    for (const TableName of ['orders', 'drafts']) {
      await dynamodb.send(
        new sdk.CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        }),
      );
    }
    await dynamodb.send(
      new sdk.UpdateContinuousBackupsCommand({
        TableName: 'orders',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
  },
  async play({ client, call, until, name }) {
    const dynamodb = new sdk.DynamoDBClient(client);
    const describe = (TableName: string) => dynamodb.send(new sdk.DescribeTableCommand({ TableName }));
    const recovery = (TableName: string) => dynamodb.send(new sdk.DescribeContinuousBackupsCommand({ TableName }));
    const recoverable = (TableName: string, PointInTimeRecoveryEnabled: boolean) =>
      dynamodb.send(
        new sdk.UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
        }),
      );
    const restore = (SourceTableName: string, TargetTableName: string, RestoreDateTime?: Date) =>
      dynamodb.send(
        new sdk.RestoreTableToPointInTimeCommand({
          SourceTableName,
          TargetTableName,
          ...(RestoreDateTime === undefined ? { UseLatestRestorableTime: true } : { RestoreDateTime }),
        }),
      );
    const backUp = (TableName: string, BackupName: string) =>
      dynamodb.send(new sdk.CreateBackupCommand({ TableName, BackupName }));
    const backup = (BackupArn: string) => dynamodb.send(new sdk.DescribeBackupCommand({ BackupArn }));
    const list = (input: sdk.ListBackupsCommandInput) => dynamodb.send(new sdk.ListBackupsCommand(input));

    await call('a table', () => describe('orders'));
    await call('a table that is not there', () => describe('none'));
    await call('what can be restored', () => recovery('orders'));
    await call('what cannot', () => recovery('drafts'));
    await call('of a table that is not there', () => recovery('none'));
    await call('switched on', () => recoverable('drafts', true));
    await call('switched off', () => recoverable('drafts', false));
    await call('switched on for nothing', () => recoverable('none', true));

    await call('a restore', () => restore('orders', 'orders-recovery'));
    await until(
      'is done',
      () => describe('orders-recovery'),
      // Twenty minutes of the lab’s time are not waited for here: that it is there is enough.
      output => output.Table?.TableName === 'orders-recovery',
    );
    await call('what was restored', () => recovery('orders-recovery'));
    await call('over a table that is there', () => restore('orders', 'drafts'));
    await call('of a table without recovery', () => restore('drafts', 'without'));
    await call('of no table', () => restore('none', 'of-nothing'));
    await call('to a time that has not come', () => restore('orders', 'tomorrow', new Date(Date.now() + 86_400_000)));
    await call('under a name that is none', () => restore('orders', 'a'));

    const made = await call('a backup', () => backUp('orders', 'before-release'));
    const BackupArn = made?.BackupDetails?.BackupArn ?? '';
    name('backup', BackupArn);
    await until(
      'is there',
      () => backup(BackupArn),
      output => output.BackupDescription?.BackupDetails?.BackupStatus === 'AVAILABLE',
    );
    await call('the backups of the table', () => list({ TableName: 'orders' }));
    await call('the backups of another', () => list({ TableName: 'drafts' }));
    await call('a backup of no table', () => backUp('none', 'before-release'));
    await call('a backup without a name to speak of', () => backUp('orders', 'a'));
    await call('a backup that is not there', () => backup(`${BackupArn.slice(0, -8)}00000000`));
  },
});
