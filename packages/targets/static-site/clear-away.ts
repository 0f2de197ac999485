import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { ListedObject } from '#aws/s3';
import { leftovers } from './accounts.ts';
import type { Ledger } from './ledger.ts';
import { saveLedger } from './records.ts';
import { keyOf, recordKey, recordNames, type Site, subjectOf } from './site.ts';

/** Takes away what no release has referred to for longer than `keep`. The release is there by now: whatever fails here only warns. */
export async function clearAway(
  site: Site,
  ledger: Ledger,
  listing: ReadonlyMap<string, Pick<ListedObject, 'etag'>>,
): Promise<void> {
  const { place, keep, clock, report } = site;
  if (keep === undefined) return;
  const old = leftovers(ledger, listing, keep, clock.now());
  const keys = [
    ...old.paths.map(path => keyOf(place, path)),
    ...old.contents.map(content => recordKey(place, recordNames.content(content))),
    ...old.manifests.map(digest => recordKey(place, recordNames.manifest(digest))),
  ];
  if (keys.length === 0) return;
  try {
    await site.s3.remove(keys);
    // After the objects: what is not in the books any more would stay for ever.
    await saveLedger(site, old.ledger);
    const text = `${old.paths.length} files cleared away that no release has referred to for long`;
    report({ subject: subjectOf(place), text, level: 'info' });
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const { message } = findingOf(error);
    report({ subject: subjectOf(place), text: `old files stay: ${message}`, level: 'warning' });
  }
}
