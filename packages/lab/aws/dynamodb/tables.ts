import type * as model from '@aws-sdk/client-dynamodb';
import { modelOnly } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';
import { findTable, theTable } from './lookups.ts';
import { type DynamoDbState, isActive, restorable, type Table } from './state.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html */
export function describeTable({ TableName = '' }: model.DescribeTableCommandInput, state: DynamoDbState, now: number) {
  const table = findTable(state, TableName);
  if (table === undefined) {
    // Another error than that of the operations on backups.
    throw new ServiceError('ResourceNotFoundException', `Requested resource not found: Table: ${TableName} not found`);
  }
  return { Table: tableView(table, now) };
}

/** Every table of the lab has one key, `id`, and is paid for by request: nothing reads its items. */
export function tableView(table: Table, now: number): model.TableDescription {
  const { name, arn, id, createdAt, items, bytes, restore } = table;
  const active = isActive(table, now);
  return {
    TableName: name,
    TableArn: arn,
    TableId: id,
    TableStatus: active ? 'ACTIVE' : 'CREATING',
    CreationDateTime: new Date(createdAt),
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    // A table that is being restored shows nothing yet.
    ItemCount: active ? items : 0,
    TableSizeBytes: active ? bytes : 0,
    DeletionProtectionEnabled: false,
    ...(restore === undefined
      ? {}
      : {
          RestoreSummary: {
            SourceTableArn: restore.sourceArn,
            RestoreDateTime: new Date(restore.of),
            RestoreInProgress: !active,
          },
        }),
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export function describeContinuousBackups(
  { TableName = '' }: model.DescribeContinuousBackupsCommandInput,
  state: DynamoDbState,
  now: number,
) {
  return { ContinuousBackupsDescription: continuousBackupsView(theTable(state, TableName), now) };
}

function continuousBackupsView(table: Table, now: number): model.ContinuousBackupsDescription {
  const between = restorable(table, now);
  return {
    // On for every table, whether it can be restored to a point in time or not.
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription:
      between === undefined
        ? { PointInTimeRecoveryStatus: 'DISABLED' }
        : {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: table.recovery?.days,
            EarliestRestorableDateTime: new Date(between.earliest),
            LatestRestorableDateTime: new Date(between.latest),
          },
  };
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html : off and on again begins anew, and
 * another period keeps what there is.
 */
export function updateContinuousBackups(
  input: model.UpdateContinuousBackupsCommandInput,
  state: DynamoDbState,
  now: number,
) {
  modelOnly(input, 'TableName', 'PointInTimeRecoverySpecification');
  const table = theTable(state, input.TableName ?? '');
  if (!isActive(table, now)) {
    const message = `Backups are being enabled for the table: ${table.name}. Please retry later`;
    throw new ServiceError('ContinuousBackupsUnavailableException', message);
  }
  const { PointInTimeRecoveryEnabled: on, RecoveryPeriodInDays: days } = input.PointInTimeRecoverySpecification ?? {};
  if (days !== undefined && (days < 1 || days > 35)) {
    throw new ServiceError('ValidationException', 'RecoveryPeriodInDays must be between 1 and 35');
  }
  const { since = now, days: before = 35 } = table.recovery ?? {};
  table.recovery = on === true ? { since, days: days ?? before } : undefined;
  return { ContinuousBackupsDescription: continuousBackupsView(table, now) };
}
