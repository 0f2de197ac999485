import type * as model from '@aws-sdk/client-dynamodb';
import { NotModelled } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';
import { checkName, findTable, theTable } from './lookups.ts';
import { type Backup, type DynamoDbState, isActive } from './state.ts';
import { tableView } from './tables.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html : two backups may have one name. */
export function createBackup(
  { TableName = '', BackupName }: model.CreateBackupCommandInput,
  state: DynamoDbState,
  now: number,
  arnOf: (tableArn: string) => string,
) {
  checkName('backupName', BackupName);
  const table = theTable(state, TableName);
  if (!isActive(table, now)) throw new ServiceError('TableInUseException', `Table is being created: ${table.name}`);
  const backup: Backup = {
    arn: arnOf(table.arn),
    name: BackupName ?? '',
    table: { ...table },
    createdAt: now,
    availableAt: now + table.behaviour.backupTakes,
    type: 'USER',
  };
  state.backups.set(backup.arn, backup);
  return { BackupDetails: detailsOf(backup, now) };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html */
export function describeBackup(
  { BackupArn = '' }: model.DescribeBackupCommandInput,
  state: DynamoDbState,
  now: number,
) {
  const backup = state.backups.get(BackupArn);
  if (backup === undefined) throw new ServiceError('BackupNotFoundException', `Backup not found: ${BackupArn}`);
  const { KeySchema, BillingModeSummary, ...table } = tableView(backup.table, now);
  return {
    BackupDescription: {
      BackupDetails: detailsOf(backup, now),
      SourceTableDetails: {
        TableName: table.TableName,
        TableId: table.TableId,
        TableArn: table.TableArn,
        TableSizeBytes: backup.table.bytes,
        ItemCount: backup.table.items,
        KeySchema,
        TableCreationDateTime: table.CreationDateTime,
        ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
        BillingMode: BillingModeSummary?.BillingMode,
      },
      SourceTableFeatureDetails: {},
    },
  };
}

function detailsOf({ arn, name, table, createdAt, availableAt, type }: Backup, now: number): model.BackupDetails {
  return {
    BackupArn: arn,
    BackupName: name,
    BackupStatus: availableAt <= now ? 'AVAILABLE' : 'CREATING',
    BackupType: type,
    BackupCreationDateTime: new Date(createdAt),
    BackupSizeBytes: table.bytes,
  };
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html : the lower bound is inclusive, the upper one
 * exclusive; those of users unless asked otherwise. A table that is not there has none: the page has no error for it. The
 * documentation promises no order; here it is that of the ARNs, so the newest of several tables is not the last.
 */
export function listBackups(input: model.ListBackupsCommandInput, state: DynamoDbState, now: number) {
  const { TableName, Limit = 100, BackupType: type = 'USER', ExclusiveStartBackupArn: after } = input;
  if (Limit < 1 || Limit > 100) {
    throw new ServiceError('ValidationException', `Limit ${Limit} is not between 1 and 100`);
  }
  if (type === 'AWS_BACKUP') throw new NotModelled('with the backups of AWS Backup');
  if (after !== undefined && !state.backups.has(after)) {
    throw new ServiceError('ValidationException', `The exclusive start backup ${after} does not exist`);
  }
  const { TimeRangeLowerBound: from, TimeRangeUpperBound: to } = input;
  const table = TableName === undefined ? undefined : (findTable(state, TableName)?.id ?? 'none');
  const found = [...state.backups.values()]
    .filter(backup => table === undefined || backup.table.id === table)
    .filter(backup => type === 'ALL' || backup.type === type)
    .filter(({ createdAt }) => createdAt >= (from?.getTime() ?? 0))
    .filter(({ createdAt }) => createdAt < (to?.getTime() ?? Number.POSITIVE_INFINITY))
    .toSorted((one, other) => (one.arn < other.arn ? -1 : 1));
  const rest = found.filter(({ arn }) => after === undefined || arn > after);
  const page = rest.slice(0, Limit);
  return {
    BackupSummaries: page.map(backup => summaryOf(backup, now)),
    LastEvaluatedBackupArn: rest.length > page.length ? page.at(-1)?.arn : undefined,
  };
}

function summaryOf(backup: Backup, now: number): model.BackupSummary {
  const { name, id, arn } = backup.table;
  return { TableName: name, TableId: id, TableArn: arn, ...detailsOf(backup, now) };
}
