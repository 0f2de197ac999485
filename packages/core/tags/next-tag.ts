import { nextVersion } from '../version/next.ts';
import { compare, highest } from '../version/order.ts';
import { matchReleaseTag, type TagPattern } from '../version/pattern.ts';
import { parseTag, type ReleaseTag, tagsOf } from '../version/tag.ts';

/**
 * The tag that would come next by a pattern: of the version that a file of the commit declares, else of one that was begun (by a candidate, or
 * for an earlier environment) and has no final tag yet, else the next patch. `names`: every tag of its prefix; others do no harm.
 */
export function nextTag(pattern: TagPattern, names: readonly string[], declared?: string): ReleaseTag {
  const siblings = tagsOf(pattern.prefix, names);
  const finals = siblings.filter(({ prerelease }) => prerelease.length === 0);
  const core =
    declared ?? begun(pattern, siblings, finals) ?? nextVersion(highest(siblings.map(each => each.core)), []).version;
  const numbers = siblings
    .filter(each => each.core === core && matchReleaseTag(pattern, each).matches)
    .map(({ prerelease }) => Number(prerelease[1]));
  const name = pattern.text
    .replace('X.Y.Z', core)
    .replace(/\.N$/, `.${numbers.reduce((top, number) => Math.max(top, number), 0) + 1}`);
  const result = parseTag(name);
  if (!result.ok) throw new Error(`${name} is no tag of ${pattern.text}: ${result.mistake.message}`);
  return result.tag;
}

/** Above every final one; a channel without numbers has each version once. */
function begun(
  pattern: TagPattern,
  siblings: readonly ReleaseTag[],
  finals: readonly ReleaseTag[],
): string | undefined {
  const top = highest(finals.map(({ core }) => core));
  const open = highest(siblings.map(({ core }) => core).filter(core => top === undefined || compare(core, top) > 0));
  if (open === undefined || pattern.numbered) return open;
  return siblings.some(each => each.core === open && matchReleaseTag(pattern, each).matches) ? undefined : open;
}
