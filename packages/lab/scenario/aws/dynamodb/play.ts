import type { AwsLab } from '../../../assembly/aws.ts';
import { isActive } from '../../../aws/dynamodb/state.ts';
import type { Expectation, Step, World } from '../../schema.ts';
import { differs } from '../../shortfall.ts';
import type { Stage } from '../../stage.ts';
import type { tableHappenings } from './schema.ts';

export type TableWord = keyof typeof tableHappenings;

const longAgo = 100 * 24 * 3_600_000;

export function prepareTables({ dynamodb }: AwsLab, { aws }: World): void {
  for (const spec of aws.tables ?? []) {
    const place = dynamodb.at(spec.account, aws.region);
    const recoverable = spec['point-in-time-recovery'] !== false;
    place.putTable({
      name: spec.name,
      age: longAgo,
      items: spec.items ?? 1000,
      recoverableFor: recoverable ? (spec['recoverable-for'] ?? longAgo) : undefined,
      behaviour: behaviourOf(spec),
    });
    for (const { name, age, by = 'USER' } of spec.backups ?? []) place.putBackup(spec.name, name, age, by);
  }
}

function behaviourOf(spec: {
  readonly 'latest-restorable'?: number | undefined;
  readonly 'restore-takes'?: number | undefined;
}) {
  const { 'latest-restorable': behind, 'restore-takes': restoreTakes } = spec;
  return {
    ...(behind === undefined ? {} : { behind }),
    ...(restoreTakes === undefined ? {} : { restoreTakes }),
  };
}

export function happenToTables({ lab, scenario }: Stage, happening: Pick<Step, TableWord>): void {
  const placeOf = (account: string) => lab.aws.dynamodb.at(account, scenario.aws.region);
  const change = happening['set-table'];
  if (change !== undefined) {
    const on = change['point-in-time-recovery'];
    if (on !== undefined) placeOf(change.account).setRecovery(change.table, on);
    placeOf(change.account).setBehaviour(change.table, behaviourOf(change));
  }
  const backup = happening['back-up-table'];
  if (backup !== undefined) placeOf(backup.account).putBackup(backup.table, backup.name, 0);
  const gone = happening['remove-table'];
  if (gone !== undefined) placeOf(gone.account).removeTable(gone.table);
}

export function tableShortfalls(
  { lab, scenario }: Stage,
  wanted: NonNullable<Expectation['table']>,
): readonly string[] {
  const { account, table: name } = wanted;
  const place = lab.aws.dynamodb.at(account, scenario.aws.region);
  const table = place.table(name);
  if (table === undefined) return wanted.status === null ? [] : [`there is no table ${name}`];
  const { restore, recovery } = table;
  const dataOf = wanted['data-of'];
  const backups = place.backups(name).toSorted((one, other) => one.createdAt - other.createdAt);
  return [
    ...differs(`${name}, status`, wanted.status, isActive(table, lab.clock.now()) ? 'ACTIVE' : 'CREATING'),
    ...differs(`${name}, restored from`, wanted['restored-from'], restore?.sourceArn.split('/').at(-1) ?? null),
    ...differs(`${name}, data of`, dataOf && isoOf(Date.parse(dataOf)), restore && isoOf(restore.of)),
    ...differs(`${name}, point-in-time recovery`, wanted['point-in-time-recovery'], recovery !== undefined),
    ...differs(
      `${name}, backups`,
      wanted.backups,
      backups.map(backup => backup.name),
    ),
  ];
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
