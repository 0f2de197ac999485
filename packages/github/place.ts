import type { NextBy, TagToMake } from '#core/flow/publish';
import { finalTags, headsOfLines, type NextTag, nextTag, type Place } from '#core/publish/next-tag';
import type { Change } from '#core/version/next';
import type { ReleaseTag } from '#core/version/tag';
import { type ChangedCommit, changesSince, mergedWith } from './changes.ts';
import { type GitHub, orFinding } from './client.ts';
import { commitOf } from './commits.ts';
import { type TagRef, tagsBeginning } from './tags.ts';

/** Every tag that begins like those of the product with this prefix. Needs `contents: read`. */
export function tagsOfProduct(github: GitHub, prefix: string): Promise<readonly TagRef[]> {
  return orFinding('contents: read', () => tagsBeginning(github, `${prefix}v`));
}

export interface Sought {
  readonly sha: string;
  readonly make: TagToMake;
  /** `tagsOfProduct` */
  readonly refs: readonly TagRef[];
  /** The tag that the journal knows the commit by, which need not be the highest of its line. */
  readonly known?: string | undefined;
}

/** The tag that a commit has, or gets next. Needs `contents: read`, and for labels `pull-requests: read`. */
export async function nextTagOf(github: GitHub, sought: Sought): Promise<NextTag> {
  const { prefix } = sought.make;
  const tags = finalTags(
    prefix,
    sought.refs.map(({ name }) => name),
  );
  return nextTag(await placeOf(github, sought, tags), prefix, tags);
}

/** How many lines are looked at until one is found that the commit goes on from: each takes a call or two. */
const mostLines = 10;

/**
 * How the commit lies to the tags of its product. The highest tag is looked at first, and most often it is the one; nothing is asked
 * beyond the first that answers it.
 */
async function placeOf(
  github: GitHub,
  { sha, make, refs, known }: Sought,
  tags: readonly ReleaseTag[],
): Promise<Place> {
  const refOf = (tag: ReleaseTag) => refs.find(({ name }) => name === tag.tag);
  const commitOfTag = async (tag: ReleaseTag) => {
    const ref = refOf(tag);
    return ref === undefined || ref.annotated ? (await commitOf(github, `tags/${tag.tag}`)).sha : ref.sha;
  };
  const heads = headsOfLines(tags);
  if (heads.length === 0) return { kind: 'first' };
  const own = tags.find(tag => tag.tag === known) ?? tags.find(tag => refOf(tag)?.sha === sha);
  if (own !== undefined && (await commitOfTag(own)) === sha) return { kind: 'tagged', tag: own };
  const looked = heads.slice(0, mostLines);
  for (const tag of looked) {
    const base = await commitOfTag(tag);
    if (base === sha) return { kind: 'tagged', tag };
    const { status, commits } = await changesSince(github, base, sha);
    if (status === 'behind') return { kind: 'covered', by: tag };
    if (status === 'ahead') return { kind: 'after', last: tag, changes: await changesOf(github, make.next, commits) };
  }
  return { kind: 'apart', looked: looked.map(({ tag }) => tag) };
}

async function changesOf(
  github: GitHub,
  next: readonly NextBy[],
  commits: readonly ChangedCommit[],
): Promise<readonly Change[]> {
  const labelled = next.includes('labels') ? await mergedWith(github, commits) : [];
  const written = next.includes('commits') ? commits.map(({ message }) => ({ message, labels: [] })) : [];
  return [...labelled, ...written];
}
