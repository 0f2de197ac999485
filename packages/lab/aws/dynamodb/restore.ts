import type * as model from '@aws-sdk/client-dynamodb';
import { modelOnly } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';
import { checkName, findTable, theTable } from './lookups.ts';
import { type DynamoDbState, isActive, restorable, type Table } from './state.ts';
import { tableView } from './tables.ts';

/** Any kind of restore: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html */
const atOnce = 50;

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html : always into a new table, which
 * is CREATING until everything is there. It does not inherit point-in-time recovery, tags, alarms, streams or time to live.
 */
export function restoreTableToPointInTime(
  input: model.RestoreTableToPointInTimeCommandInput,
  state: DynamoDbState,
  now: number,
  newTable: (name: string) => Pick<Table, 'arn' | 'id'>,
) {
  modelOnly(
    input,
    'SourceTableArn',
    'SourceTableName',
    'TargetTableName',
    'UseLatestRestorableTime',
    'RestoreDateTime',
  );
  const { SourceTableArn, SourceTableName, TargetTableName: name = '', RestoreDateTime: asked } = input;
  checkName('targetTableName', name);
  const sourceName = SourceTableArn ?? SourceTableName;
  const latestAsked = input.UseLatestRestorableTime === true;
  if (sourceName === undefined || (SourceTableArn !== undefined && SourceTableName !== undefined)) {
    throw invalid('One of SourceTableArn and SourceTableName is required, and not both');
  }
  if (latestAsked === (asked !== undefined)) {
    throw invalid('One of UseLatestRestorableTime and RestoreDateTime is required, and not both');
  }
  const source = theTable(state, sourceName);
  if (findTable(state, name) !== undefined) {
    throw new ServiceError('TableAlreadyExistsException', `Table already exists: ${name}`);
  }
  const between = restorable(source, now);
  if (between === undefined) {
    const message = `Point in time recovery is not enabled for table '${source.name}'`;
    throw new ServiceError('PointInTimeRecoveryUnavailableException', message);
  }
  const of = asked?.getTime() ?? between.latest;
  if (of < between.earliest || of > between.latest) {
    const message = `RestoreDateTime must be between ${iso(between.earliest)} and ${iso(between.latest)}`;
    throw new ServiceError('InvalidRestoreTimeException', message);
  }
  const restoring = [...state.tables.values()].filter(table => table.restore !== undefined && !isActive(table, now));
  if (restoring.length >= atOnce) {
    throw new ServiceError('LimitExceededException', `Only ${atOnce} restores can run at the same time`);
  }
  const table: Table = {
    ...newTable(name),
    name,
    createdAt: now,
    activeAt: now + source.behaviour.restoreTakes,
    items: source.items,
    bytes: source.bytes,
    restore: { sourceArn: source.arn, of },
    behaviour: source.behaviour,
    recovery: undefined,
  };
  state.tables.set(name, table);
  return { TableDescription: tableView(table, now) };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
