import { formatBytes } from '#core/bytes';
import type { ChangeRow } from '#core/target';
import { invalidationPaths } from './invalidation.ts';
import type { Prepared } from './prepared.ts';
import { type Site, shortOf, subjectOf } from './site.ts';

/** How many names a row holds before it only counts. */
const named = 5;

/** What a person reads before the change. */
export function changeRows({ place }: Site, { plan, wanted, before, manifest }: Prepared): readonly ChangeRow[] {
  const subject = subjectOf(place);
  const bytes = plan.assets.reduce((sum, path) => sum + (wanted.get(path)?.size ?? 0), 0);
  const paths = place.distribution === undefined ? [] : invalidationPaths(plan.changed, place.invalidate);
  const [switched, removed] = [listed(plan.switches), listed(plan.removals)];
  return [
    { what: `site ${subject}`, before: shortOf(before.manifest), after: `${shortOf(manifest)}, ${wanted.size} files` },
    ...row('new assets', plan.assets.length, `${listed(plan.assets)} (${formatBytes(bytes)})`),
    ...row('pages and files', plan.switches.length, switched),
    ...row('pages that go', plan.removals.length, removed),
    ...row(`invalidation of ${place.distribution ?? ''}`, paths.length, listed(paths)),
  ];
}

function row(what: string, count: number, after: string): readonly ChangeRow[] {
  return count === 0 ? [] : [{ what, before: '', after }];
}

function listed(names: readonly string[]): string {
  const more = names.length > named ? ` and ${names.length - named} more` : '';
  return `${names.slice(0, named).join(', ')}${more}`;
}
