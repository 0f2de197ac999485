import * as db from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDynamoDb, type DynamoDbPlace } from '../../../packages/lab/aws/dynamodb/dynamodb.ts';
import { caller, failureOf, type ManualClock, manualClock, sendRaw, startLab, type TestLab } from '../wire/harness.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let lab: TestLab;
let clock: ManualClock;
let place: DynamoDbPlace;
let client: db.DynamoDBClient;

beforeEach(async () => {
  clock = manualClock();
  const world = createDynamoDb({ clock });
  place = world.at(caller.account, 'ap-southeast-2');
  place.putTable({ name: 'orders', age: 100 * day, items: 12, recoverableFor: 90 * day });
  place.putTable({ name: 'drafts', age: day, items: 3, recoverableFor: undefined });
  lab = await startLab({ services: [world.service], manual: clock });
  client = new db.DynamoDBClient(lab.client);
});
afterEach(async () => {
  expect(lab.defects).toEqual([]);
  await lab.close();
});

/** The client goes with the lab's clock: what is signed counts for five minutes. */
const pass = (milliseconds: number) => {
  clock.advance(milliseconds);
  client.config.systemClockOffset += milliseconds;
};
const ago = (milliseconds: number) => new Date(clock.now() - milliseconds);
const tableOf = async (TableName: string) => (await client.send(new db.DescribeTableCommand({ TableName }))).Table;
const recoveryOf = async (TableName: string) =>
  (await client.send(new db.DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription
    ?.PointInTimeRecoveryDescription;
const setRecovery = (PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays?: number) =>
  client.send(
    new db.UpdateContinuousBackupsCommand({
      TableName: 'drafts',
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled,
        ...(RecoveryPeriodInDays === undefined ? {} : { RecoveryPeriodInDays }),
      },
    }),
  );
const restore = (input: Partial<db.RestoreTableToPointInTimeCommandInput> = {}) =>
  client.send(
    new db.RestoreTableToPointInTimeCommand({
      SourceTableName: 'orders',
      TargetTableName: 'orders-recovery',
      UseLatestRestorableTime: true,
      ...input,
    }),
  );
const backUp = (TableName: string, BackupName = 'before-release') =>
  client.send(new db.CreateBackupCommand({ TableName, BackupName }));
const list = async (input: db.ListBackupsCommandInput = {}) => client.send(new db.ListBackupsCommand(input));

describe('point-in-time recovery', () => {
  test('the last 35 days, up to five minutes ago', async () => {
    expect(await recoveryOf('orders')).toEqual({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: ago(35 * day),
      LatestRestorableDateTime: ago(5 * minute),
    });
  });

  test('off: continuous backups are on all the same', async () => {
    const answer = await client.send(new db.DescribeContinuousBackupsCommand({ TableName: 'drafts' }));
    expect(answer.ContinuousBackupsDescription).toEqual({
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    });
  });

  test('begins when it is switched on, again after every time it was off', async () => {
    await setRecovery(true, 7);
    pass(hour);
    expect(await recoveryOf('drafts')).toMatchObject({
      RecoveryPeriodInDays: 7,
      EarliestRestorableDateTime: ago(hour),
      LatestRestorableDateTime: ago(5 * minute),
    });
    await setRecovery(false);
    await setRecovery(true);
    expect(await recoveryOf('drafts')).toMatchObject({
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: ago(0),
      LatestRestorableDateTime: ago(0),
    });
  });

  test('that lags behind', async () => {
    place.setBehaviour('orders', { behind: 26 * hour });
    expect((await recoveryOf('orders'))?.LatestRestorableDateTime).toEqual(ago(26 * hour));
  });
});

describe('a restore', () => {
  test('is a new table, CREATING until everything is there', async () => {
    const { TableDescription } = await restore();
    const at = ago(5 * minute);
    expect(TableDescription).toMatchObject({
      TableName: 'orders-recovery',
      TableStatus: 'CREATING',
      ItemCount: 0,
      RestoreSummary: {
        SourceTableArn: (await tableOf('orders'))?.TableArn,
        RestoreDateTime: at,
        RestoreInProgress: true,
      },
    });
    pass(20 * minute - 1);
    expect((await tableOf('orders-recovery'))?.TableStatus).toBe('CREATING');
    pass(1);
    expect(await tableOf('orders-recovery')).toMatchObject({
      TableStatus: 'ACTIVE',
      ItemCount: 12,
      RestoreSummary: { RestoreDateTime: at, RestoreInProgress: false },
    });
    expect((await tableOf('orders'))?.RestoreSummary).toBeUndefined();
  });

  test('to a time, by ARN; without the recovery of its source', async () => {
    const SourceTableArn = (await tableOf('orders'))?.TableArn;
    const RestoreDateTime = ago(3 * hour);
    await restore({ SourceTableName: undefined, SourceTableArn, UseLatestRestorableTime: false, RestoreDateTime });
    expect((await tableOf('orders-recovery'))?.RestoreSummary?.RestoreDateTime).toEqual(RestoreDateTime);
    expect(await recoveryOf('orders-recovery')).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  });

  test.each<[string, Partial<db.RestoreTableToPointInTimeCommandInput>, string]>([
    ['over a table', { TargetTableName: 'drafts' }, 'TableAlreadyExistsException'],
    ['of no table', { SourceTableName: 'order' }, 'TableNotFoundException'],
    ['without recovery', { SourceTableName: 'drafts' }, 'PointInTimeRecoveryUnavailableException'],
    ['under a name that is none', { TargetTableName: 'a b' }, 'ValidationException'],
    ['to no time', { UseLatestRestorableTime: undefined }, 'ValidationException'],
    ['from nothing', { SourceTableName: undefined }, 'ValidationException'],
  ])('is refused: %s', async (_name, input, code) => {
    expect((await failureOf(restore(input))).name).toBe(code);
  });

  test.each([
    ['before the first', 35 * day + minute],
    ['after the last', 4 * minute],
  ])('is refused: %s restorable time', async (_name, age) => {
    const failure = failureOf(restore({ UseLatestRestorableTime: undefined, RestoreDateTime: ago(age) }));
    expect(await failure).toBeInstanceOf(db.InvalidRestoreTimeException);
  });

  test('is refused: the fifty-first at once', async () => {
    for (let count = 0; count < 50; count += 1) {
      if (count % 10 === 9) pass(1000);
      await restore({ TargetTableName: `orders-${count}` });
    }
    pass(1000);
    expect(await failureOf(restore())).toBeInstanceOf(db.LimitExceededException);
    pass(20 * minute);
    expect((await restore()).TableDescription?.TableStatus).toBe('CREATING');
  });
});

describe('backups', () => {
  test('are made in a while, and keep what the table was', async () => {
    const { BackupDetails } = await backUp('orders');
    expect(BackupDetails).toMatchObject({
      BackupName: 'before-release',
      BackupStatus: 'CREATING',
      BackupType: 'USER',
      BackupCreationDateTime: ago(0),
    });
    pass(minute);
    const BackupArn = BackupDetails?.BackupArn;
    place.removeTable('orders');
    const { BackupDescription } = await client.send(new db.DescribeBackupCommand({ BackupArn }));
    expect(BackupDescription).toMatchObject({
      BackupDetails: { BackupStatus: 'AVAILABLE' },
      SourceTableDetails: { TableName: 'orders', ItemCount: 12 },
    });
  });

  test('are listed by table, by time, by who made them, a page at a time', async () => {
    place.putBackup('orders', 'weekly', 7 * day);
    place.putBackup('orders', 'nightly', 6 * hour);
    place.putBackup('orders', 'kept', hour, 'SYSTEM');
    place.putBackup('drafts', 'other', 2 * hour);
    const names = async (input: db.ListBackupsCommandInput) => {
      pass(200);
      return (await list(input)).BackupSummaries?.map(backup => backup.BackupName);
    };
    expect(await names({ TableName: 'orders' })).toEqual(['weekly', 'nightly']);
    expect(await names({ TableName: 'orders', BackupType: 'ALL' })).toEqual(['weekly', 'nightly', 'kept']);
    expect(await names({ TableName: 'nothing' })).toEqual([]);
    expect(await names({ TimeRangeLowerBound: ago(day) })).toEqual(['other', 'nightly']);
    expect(await names({ TimeRangeUpperBound: ago(day) })).toEqual(['weekly']);
    const first = await list({ TableName: 'orders', Limit: 1 });
    expect(first.LastEvaluatedBackupArn).toBe(first.BackupSummaries?.[0]?.BackupArn);
    const second = await list({ TableName: 'orders', ExclusiveStartBackupArn: first.LastEvaluatedBackupArn });
    expect(second.BackupSummaries?.map(backup => backup.BackupName)).toEqual(['nightly']);
    expect(second.LastEvaluatedBackupArn).toBeUndefined();
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['of no table', () => backUp('order'), 'TableNotFoundException'],
    ['under a name that is none', () => backUp('orders', 'a'), 'ValidationException'],
    ['a page of none', () => list({ Limit: 0 }), 'ValidationException'],
    ['a page from nowhere', () => list({ ExclusiveStartBackupArn: `arn:${'x'.repeat(40)}` }), 'ValidationException'],
    [
      'one that is not there',
      () => client.send(new db.DescribeBackupCommand({ BackupArn: 'arn:aws:dynamodb:x' })),
      'BackupNotFoundException',
    ],
  ])('are refused: %s', async (_name, call, code) => {
    expect((await failureOf(call())).name).toBe(code);
  });

  test('of a table that is being restored: not yet', async () => {
    await restore();
    expect(await failureOf(backUp('orders-recovery'))).toBeInstanceOf(db.TableInUseException);
  });
});

test('a table that is not there has two names for it', async () => {
  expect(await failureOf(tableOf('order'))).toBeInstanceOf(db.ResourceNotFoundException);
  expect(await failureOf(recoveryOf('order'))).toBeInstanceOf(db.TableNotFoundException);
});

test.each<[string, number, () => Promise<unknown>]>([
  ['ListBackups', 5, () => list()],
  ['DescribeContinuousBackups', 10, () => recoveryOf('orders')],
])('%s may be called %i times a second', async (_name, often, call) => {
  const answers = await Promise.allSettled(Array.from({ length: often + 1 }, call));
  expect(answers.filter(answer => answer.status === 'rejected').map(answer => answer.reason.name)).toEqual([
    'ThrottlingException',
  ]);
});

test.each([
  ['an unknown member', { TableNames: 'orders' }, 'SerializationException'],
  ['a wrong type', { TableName: 7 }, 'SerializationException'],
  ['a missing member', {}, 'ValidationException'],
])('refuses %s', async (_name, body, code) => {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.0',
    'X-Amz-Target': 'DynamoDB_20120810.DescribeContinuousBackups',
  };
  const answer = await sendRaw(lab, 'dynamodb', headers, JSON.stringify(body));
  expect([answer.status, JSON.parse(answer.body).__type]).toEqual([400, code]);
});

test('says by name what it does not model', async () => {
  const call = client.send(new db.GetItemCommand({ TableName: 'orders', Key: { id: { S: '1' } } }));
  expect(await failureOf(call)).toMatchObject({ $metadata: { httpStatusCode: 501 } });
  await failureOf(restore({ BillingModeOverride: 'PROVISIONED' }));
  expect(lab.unmodelled).toEqual(['dynamodb.GetItem', 'dynamodb.RestoreTableToPointInTime with BillingModeOverride']);
});
