import type { AwsLab } from '../../../assembly/aws.ts';
import type { RdsWorld, Snapshot } from '../../../aws/rds/world.ts';
import type { Step, World } from '../../schema.ts';
import type { Stage } from '../../stage.ts';
import type { databaseHappenings } from './schema.ts';

export type DatabaseWord = keyof typeof databaseHappenings;

const longAgo = 100 * 24 * 3_600_000;

/** Makes the databases of a scenario; RDS was loaded because it has some. */
export function prepareDatabases({ rds, now }: AwsLab, { aws }: World): void {
  for (const spec of aws.databases ?? []) {
    const { account, name, cluster = false, status = 'available', storage = cluster ? 1 : 100 } = spec;
    const place = placeOf(rds, account, aws.region);
    place.putDatabase({
      kind: cluster ? 'cluster' : 'instance',
      name,
      engine: spec.engine ?? (cluster ? 'aurora-postgresql' : 'postgres'),
      version: '17.6',
      status,
      storage,
      createdAt: now() - longAgo,
      retentionDays: spec['retention-days'] ?? 7,
      behind: spec['latest-restorable'] ?? 5 * 60_000,
    });
    for (const { age, type = 'automated', name: given } of spec.snapshots ?? []) {
      const at = now() - age;
      place.putSnapshot(name, { name: given ?? usualName(type, name, at), type, startedAt: at, readyAt: at });
    }
  }
}

/** `rds:shop-2026-11-16-14-05` */
function usualName(type: Snapshot['type'], database: string, at: number): string {
  const time = new Date(at).toISOString().slice(0, 16).replace(/[T:]/g, '-');
  return `${type === 'automated' ? 'rds:' : ''}${database}-${time}`;
}

export function happenToDatabases({ lab, scenario }: Stage, happening: Pick<Step, DatabaseWord>): void {
  const { region } = scenario.aws;
  const change = happening['set-database'];
  if (change !== undefined) {
    const { status, storage, 'latest-restorable': behind, 'retention-days': retentionDays } = change;
    placeOf(lab.aws.rds, change.account, region).changeDatabase(change.database, {
      ...(status === undefined ? {} : { status }),
      ...(storage === undefined ? {} : { storage }),
      ...(behind === undefined ? {} : { behind }),
      ...(retentionDays === undefined ? {} : { retentionDays }),
    });
  }
  const taken = happening['take-snapshot'];
  if (taken === undefined) return;
  const { account, database, name, takes = 10 * 60_000, fails = false } = taken;
  const startedAt = lab.clock.now();
  placeOf(lab.aws.rds, account, region).putSnapshot(database, {
    name,
    type: 'manual',
    startedAt,
    readyAt: fails ? undefined : startedAt + takes,
  });
}

function placeOf(rds: RdsWorld | undefined, account: string, region: string) {
  if (rds === undefined) throw new Error('this scenario has no databases: name them under `aws`');
  return rds.at(account, region);
}
