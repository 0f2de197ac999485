import type { AwsSession } from '#aws/session';
import type { BackupWanted, OfDatabase } from '#core/flow/gates/backups';
import type { BackupFound } from '#core/gate/lookups';

/** What one thing can be brought back from. The client of each service is only loaded where it is asked. */
export async function findBackup(session: AwsSession, wanted: BackupWanted): Promise<BackupFound> {
  if (wanted.kind === 'terraform-state') return findState(session, wanted);
  const { latestRestorable, copies } = await lookAt(session, wanted);
  const newest = wanted.kind === 'copy' ? newestOf(await copies()) : undefined;
  if (newest !== undefined) return { kind: 'there', ...newest };
  // Copies of what is not there are an empty list.
  const latest = await latestRestorable();
  if (latest === undefined) return { kind: 'absent' };
  if (wanted.kind === 'copy') return { kind: 'none' };
  return latest === 'off' ? { kind: 'off' } : { kind: 'there', at: latest };
}

interface Copy {
  readonly id: string;
  readonly at: number;
}

interface Recovery {
  /** `off`: to no moment; undefined: there is nothing of that name. */
  readonly latestRestorable: () => Promise<number | 'off' | undefined>;
  readonly copies: () => Promise<readonly Copy[]>;
}

async function lookAt(session: AwsSession, { of, name }: OfDatabase): Promise<Recovery> {
  if (of === 'dynamodb') {
    const { createDynamoDb } = await import('#aws/dynamodb');
    const tables = createDynamoDb(session);
    return { latestRestorable: () => tables.latestRestorable(name), copies: () => tables.backups(name) };
  }
  const { createRds } = await import('#aws/rds');
  const databases = createRds(session);
  const unit = of === 'rds' ? 'instance' : 'cluster';
  return {
    latestRestorable: () => databases.latestRestorable(unit, name),
    copies: () => databases.snapshots(unit, name),
  };
}

/** No service promises an order. */
function newestOf(copies: readonly Copy[]): Copy | undefined {
  return copies.toSorted((one, other) => other.at - one.at)[0];
}

async function findState(
  session: AwsSession,
  { bucket, key }: Extract<BackupWanted, { readonly kind: 'terraform-state' }>,
): Promise<BackupFound> {
  const { createS3 } = await import('#aws/s3');
  const s3 = createS3(session, { bucket });
  const [object, versioned] = await Promise.all([s3.head(key), s3.keepsVersions()]);
  if (!versioned) return { kind: 'off' };
  if (object === undefined) return { kind: 'absent' };
  return object.size === 0 ? { kind: 'none' } : { kind: 'there', at: object.modified };
}
