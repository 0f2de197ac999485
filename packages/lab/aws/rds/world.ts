import type { Service } from '../../wire/service.ts';

/** An instance, or a cluster of Aurora. Times are epoch ms of lab time, durations ms. */
export interface Database {
  readonly kind: 'instance' | 'cluster';
  /** In small letters, as RDS stores it. */
  readonly name: string;
  /** `postgres`, `aurora-postgresql`; its version. */
  readonly engine: string;
  readonly version: string;
  /** As RDS says it: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html */
  readonly status: string;
  /** GiB. Aurora’s storage grows by itself and says 1. */
  readonly storage: number;
  readonly createdAt: number;
  /** BackupRetentionPeriod; with 0 there are no automated backups, and no time that could be restored. */
  readonly retentionDays: number;
  /** How far the latest restorable time is behind. */
  readonly behind: number;
  /** The cluster that an instance belongs to. */
  readonly cluster?: string;
}

export interface Snapshot {
  /** `rds:` begins the name of an automated one. */
  readonly name: string;
  readonly type: 'automated' | 'manual';
  readonly database: Database;
  readonly startedAt: number;
  /** When it is available; never, for one that fails. */
  readonly readyAt: number | undefined;
}

/** The databases of one account and region. */
export interface RdsPlace {
  putDatabase(database: Database): void;
  changeDatabase(
    name: string,
    change: Partial<Pick<Database, 'status' | 'storage' | 'behind' | 'retentionDays'>>,
  ): void;
  /** Throws when there is no such database. */
  putSnapshot(database: string, snapshot: Omit<Snapshot, 'database'>): void;
}

export interface RdsWorld {
  readonly service: Service;
  at(account: string, region: string): RdsPlace;
}
