import type { AwsSession } from '#aws/session';
import type { BackupWanted } from '#core/flow/gates/backups';
import type { BackupFound } from '#core/gate/lookups';

/** What one thing can be brought back from. The client of each service is only loaded where it is asked. */
export async function findBackup(session: AwsSession, wanted: BackupWanted): Promise<BackupFound> {
  if (wanted.kind === 'terraform-state') return findState(session, wanted);
  const { kind, of, name } = wanted;
  if (of === 'dynamodb') {
    const { createDynamoDb } = await import('#aws/dynamodb');
    const tables = createDynamoDb(session);
    return kind === 'point-in-time' ? upTo(await tables.latestRestorable(name)) : newest(await tables.backups(name));
  }
  const { createRds } = await import('#aws/rds');
  const databases = createRds(session);
  const unit = of === 'rds' ? 'instance' : 'cluster';
  return kind === 'point-in-time'
    ? upTo(await databases.latestRestorable(unit, name))
    : newest(await databases.snapshots(unit, name));
}

function upTo(latest: number | undefined): BackupFound {
  return latest === undefined ? { kind: 'off' } : { kind: 'there', at: latest };
}

/** No service promises an order. */
function newest(copies: readonly { readonly id: string; readonly at: number }[]): BackupFound {
  const [last] = copies.toSorted((one, other) => other.at - one.at);
  return last === undefined ? { kind: 'none' } : { kind: 'there', ...last };
}

async function findState(
  session: AwsSession,
  { bucket, key }: Extract<BackupWanted, { readonly kind: 'terraform-state' }>,
): Promise<BackupFound> {
  const { createS3 } = await import('#aws/s3');
  const s3 = createS3(session, { bucket });
  const [object, versioned] = await Promise.all([s3.head(key), s3.keepsVersions()]);
  if (object === undefined || object.size === 0) return { kind: 'none' };
  return versioned ? { kind: 'there', at: object.modified } : { kind: 'off' };
}
