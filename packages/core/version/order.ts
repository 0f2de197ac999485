import compareVersions from 'semver/functions/compare.js';
import type { ReleaseTag } from './tag.ts';

/** Negative when `a` comes before `b`, by SemVer's precedence (point 11). Both without `v`. */
export function compare(a: string, b: string): number {
  return compareVersions(a, b);
}

/** The highest of `versions`, or undefined when there is none. */
export function highest(versions: Iterable<string>): string | undefined {
  let best: string | undefined;
  for (const version of versions) if (best === undefined || compare(version, best) > 0) best = version;
  return best;
}

/** Tags from old to new; those of one product, as versions of different products do not compare. */
export function sortTags(tags: readonly ReleaseTag[]): readonly ReleaseTag[] {
  return [...tags].sort((a, b) => a.prefix.localeCompare(b.prefix) || compare(a.version, b.version));
}
