import type { Finding } from '../finding.ts';
import { type Change, nextVersion } from '../version/next.ts';
import { compare, highest } from '../version/order.ts';
import { type ReleaseTag, tagsOf } from '../version/tag.ts';

/** How a commit lies to the final tags of its product. */
export type Place =
  /** There is no tag yet. */
  | { readonly kind: 'first' }
  /** One names this very commit. */
  | { readonly kind: 'tagged'; readonly tag: ReleaseTag }
  /** The commit is part of what one names. */
  | { readonly kind: 'covered'; readonly by: ReleaseTag }
  /** It comes after one, with these changes. */
  | { readonly kind: 'after'; readonly last: ReleaseTag; readonly changes: readonly Change[] }
  /** None that was looked at is before it. */
  | { readonly kind: 'apart'; readonly looked: readonly string[] };

export type NextTag =
  | { readonly kind: 'tagged'; readonly tag: ReleaseTag }
  | { readonly kind: 'covered'; readonly by: ReleaseTag }
  | {
      readonly kind: 'next';
      readonly tag: ReleaseTag;
      /** The change that asked for it; absent where none asked for more than a patch. */
      readonly because?: string;
      /** The tag that it follows. */
      readonly last?: ReleaseTag;
    }
  | { readonly kind: 'unclear'; readonly finding: Finding };

/** The tags of the product with this prefix that name a final version. */
export function finalTags(prefix: string, names: readonly string[]): readonly ReleaseTag[] {
  return tagsOf(prefix, names).filter(({ prerelease }) => prerelease.length === 0);
}

/** The highest tag of every line (1.2, 1.3, …), from the highest down: one of them is the newest that a commit has. */
export function headsOfLines(tags: readonly ReleaseTag[]): readonly ReleaseTag[] {
  const heads = new Map<string, ReleaseTag>();
  for (const tag of tags) {
    const line = tag.core.replace(/\.\d+$/, '');
    const head = heads.get(line);
    if (head === undefined || compare(tag.core, head.core) > 0) heads.set(line, tag);
  }
  return [...heads.values()].toSorted((one, other) => compare(other.core, one.core));
}

/** The tag of a commit that lies so; `tags`: all final ones of the product. */
export function nextTag(place: Place, prefix: string, tags: readonly ReleaseTag[]): NextTag {
  switch (place.kind) {
    case 'tagged':
    case 'covered':
      return place;
    case 'first':
      return { kind: 'next', tag: tagOf(prefix, nextVersion(undefined, []).version) };
    case 'apart': {
      const message = `The commit comes after none of ${place.looked.join(', ')}, so its version does not follow from them.`;
      return unclear('version-unclear', message, { looked: place.looked });
    }
    case 'after': {
      const { last, changes } = place;
      const { version, because } = nextVersion(last.core, changes);
      const tag = tagOf(prefix, version);
      // The line goes on elsewhere: the commit does not have what this version is.
      if (tags.some(({ core }) => core === version)) {
        const message = `After ${last.tag} comes ${tag.tag}, which is there already and not before this commit.`;
        return unclear('version-taken', message, { last: last.tag, tag: tag.tag });
      }
      return { kind: 'next', tag, last, ...(because === undefined ? {} : { because }) };
    }
  }
}

/** What the notes of a release begin after: the highest tag of the same kind below it. */
export function tagBefore(tag: ReleaseTag, names: readonly string[]): string | undefined {
  const [channel] = tag.prerelease;
  const same = tagsOf(tag.prefix, names).filter(
    ({ prerelease, version }) => prerelease[0] === channel && compare(version, tag.version) < 0,
  );
  const top = highest(same.map(({ version }) => version));
  return same.find(({ version }) => version === top)?.tag;
}

/** Whether people should find this one as the latest: it is final, and nothing higher is. */
export function isLatest({ core, prerelease }: ReleaseTag, tags: readonly ReleaseTag[]): boolean {
  return prerelease.length === 0 && tags.every(other => compare(core, other.core) >= 0);
}

function tagOf(prefix: string, version: string): ReleaseTag {
  return { tag: `${prefix}v${version}`, prefix, version, core: version, prerelease: [] };
}

function unclear(reason: 'version-unclear' | 'version-taken', message: string, evidence: Finding['evidence']): NextTag {
  return { kind: 'unclear', finding: { reason, message, evidence } };
}
