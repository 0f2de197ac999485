import * as model from '@aws-sdk/client-dynamodb';
import type { LabClock } from '../../clock/clock.ts';
import { createPlaces } from '../../wire/places.ts';
import type { Call, Service } from '../../wire/service.ts';
import { createIds } from '../ecs/ids.ts';
import { createBackup, describeBackup, listBackups } from './backups.ts';
import { restoreTableToPointInTime } from './restore.ts';
import { type Backup, type DynamoDbState, type Table, type TableBehaviour, usualBehaviour } from './state.ts';
import { describeContinuousBackups, describeTable, updateContinuousBackups } from './tables.ts';

/** A table that is there; times are ages in ms. */
export interface TableSpec {
  readonly name: string;
  readonly age: number;
  readonly items: number;
  /** Since when it can be restored to a point in time, as an age; undefined when that is off. */
  readonly recoverableFor: number | undefined;
  readonly behaviour?: Partial<TableBehaviour>;
}

/** The tables of one account and region. */
export interface DynamoDbPlace {
  putTable(spec: TableSpec): void;
  /** Somebody switches point-in-time recovery on or off. */
  setRecovery(table: string, on: boolean): void;
  setBehaviour(table: string, behaviour: Partial<TableBehaviour>): void;
  /** A backup that is as old as this, in ms, and done. */
  putBackup(table: string, name: string, age: number, type?: Backup['type']): void;
  removeTable(name: string): void;
  /** Undefined when there is no such table. */
  table(name: string): Table | undefined;
  backups(table: string): readonly Backup[];
}

export interface DynamoDbWorld {
  readonly service: Service;
  at(account: string, region: string): DynamoDbPlace;
}

/** Tables as far as backups and restores go. README.md beside this says where each behaviour is from, and what is not modelled. */
export function createDynamoDb({ clock }: { readonly clock: LabClock }): DynamoDbWorld {
  const places = createPlaces(
    (account, region): DynamoDbState => ({ account, region, tables: new Map(), backups: new Map() }),
  );
  const ids = createIds('dynamodb');
  const stateOf = ({ account, region }: Call) => places.at(account, region);
  const identify =
    ({ account, region }: Pick<Call, 'account' | 'region'>) =>
    (name: string) => ({ arn: `arn:aws:dynamodb:${region}:${account}:table/${name}`, id: ids.uuid('table') });
  const backupArn = (time: number) => (tableArn: string) =>
    `${tableArn}/backup/${String(time).padStart(14, '0')}-${ids.hex('backup').slice(0, 8)}`;

  const service: Service = {
    id: 'dynamodb',
    model,
    // Each operation’s page says how often it may be called.
    buckets: [
      { operations: ['DescribeContinuousBackups'], burst: 10, refill: 10 },
      { operations: ['RestoreTableToPointInTime'], burst: 10, refill: 10 },
      { operations: ['DescribeBackup'], burst: 10, refill: 10 },
      { operations: ['ListBackups'], burst: 5, refill: 5 },
      { operations: ['CreateBackup'], burst: 50, refill: 50 },
    ],
    resource: (_operation, input, { account, region }) => {
      const name = input.TableName ?? input.SourceTableName ?? input.SourceTableArn ?? input.BackupArn;
      if (typeof name !== 'string') return undefined;
      return name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;
    },
    operations: {
      DescribeTable: (input: model.DescribeTableCommandInput, call: Call) =>
        describeTable(input, stateOf(call), call.now),
      DescribeContinuousBackups: (input: model.DescribeContinuousBackupsCommandInput, call: Call) =>
        describeContinuousBackups(input, stateOf(call), call.now),
      UpdateContinuousBackups: (input: model.UpdateContinuousBackupsCommandInput, call: Call) =>
        updateContinuousBackups(input, stateOf(call), call.now),
      CreateBackup: (input: model.CreateBackupCommandInput, call: Call) =>
        createBackup(input, stateOf(call), call.now, backupArn(call.now)),
      DescribeBackup: (input: model.DescribeBackupCommandInput, call: Call) =>
        describeBackup(input, stateOf(call), call.now),
      ListBackups: (input: model.ListBackupsCommandInput, call: Call) => listBackups(input, stateOf(call), call.now),
      RestoreTableToPointInTime: (input: model.RestoreTableToPointInTimeCommandInput, call: Call) =>
        restoreTableToPointInTime(input, stateOf(call), call.now, identify(call)),
    },
  };

  function at(account: string, region: string): DynamoDbPlace {
    const state = places.at(account, region);
    const own = (name: string): Table => {
      const table = state.tables.get(name);
      if (table === undefined) throw new Error(`There is no table ${name} in ${account} ${region}`);
      return table;
    };
    return {
      putTable({ name, age, items, recoverableFor, behaviour }) {
        if (state.tables.has(name)) throw new Error(`There is a table ${name} already`);
        const now = clock.now();
        const made = { createdAt: now - age, activeAt: now - age, items, bytes: items * 400 };
        const recovery = recoverableFor === undefined ? undefined : { since: now - recoverableFor, days: 35 };
        const does = { ...usualBehaviour, ...behaviour };
        const identity = identify({ account, region })(name);
        state.tables.set(name, { ...identity, name, ...made, restore: undefined, recovery, behaviour: does });
      },
      setRecovery(name, on) {
        const { recovery } = own(name);
        own(name).recovery = on ? (recovery ?? { since: clock.now(), days: 35 }) : undefined;
      },
      setBehaviour(name, behaviour) {
        const table = own(name);
        state.tables.set(name, { ...table, behaviour: { ...table.behaviour, ...behaviour } });
      },
      putBackup(name, backup, age, type = 'USER') {
        const table = { ...own(name) };
        const createdAt = clock.now() - age;
        const arn = backupArn(createdAt)(table.arn);
        state.backups.set(arn, { arn, name: backup, table, createdAt, availableAt: createdAt, type });
      },
      removeTable: name => void state.tables.delete(own(name).name),
      table: name => state.tables.get(name),
      backups: name => [...state.backups.values()].filter(({ table }) => table.name === name),
    };
  }

  return { service, at };
}
