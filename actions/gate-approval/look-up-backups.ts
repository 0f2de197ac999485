import type { BackupWanted } from '#core/flow/gates/backups';
import type { Lookups } from '#core/gate/lookups';
import { findBackup } from '#verify/evidence/backups';
import type { Places } from './places.ts';

/** Each for itself: what cannot be read of one says nothing of the others. */
export async function lookUpBackups(
  { places }: { readonly places: () => Promise<Places> },
  policy: readonly BackupWanted[],
): Promise<Lookups['backups']> {
  const { look } = await places();
  return Promise.all(policy.map(wanted => look('here', session => findBackup(session, wanted))));
}
