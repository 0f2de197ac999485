import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import type { TagToMake } from '#core/flow/publish';
import { finalTags, isLatest, tagBefore } from '#core/publish/next-tag';
import { parseTag, type ReleaseTag } from '#core/version/tag';
import type { GitHub } from '#github/client';
import { commitOf } from '#github/commits';
import { nextTagOf, tagsOfProduct } from '#github/place';
import { createTag, type TagRef } from '#github/tags';

/** The tag that a commit is published by. */
export interface FoundTag {
  readonly tag: ReleaseTag;
  /** What has become of it: by this run, before it, or not yet, because it only looks. */
  readonly how: 'made' | 'there' | 'would-be';
  readonly because?: string;
  /** The tag before it, where the notes begin. */
  readonly before?: string;
  readonly latest: boolean;
}

/** The commit is part of what another tag names. */
export interface Covered {
  readonly how: 'covered';
  readonly by: ReleaseTag;
}

/** The tag that has brought the release: it has to name that commit still. */
export async function tagThere(github: GitHub, name: string, sha: string): Promise<FoundTag> {
  const parsed = parseTag(name);
  if (!parsed.ok) {
    const { message, hint: next } = parsed.mistake;
    const finding = { reason: 'tag-malformed', message: `${name}: ${message}.`, evidence: { tag: name } } as const;
    throw new FindingError([{ ...finding, ...(next === undefined ? {} : { next }) }]);
  }
  const { tag } = parsed;
  const [now, refs] = await Promise.all([commitOf(github, `tags/${name}`), tagsOfProduct(github, tag.prefix)]);
  if (now.sha !== sha) {
    const message = `${name} named ${sha.slice(0, 12)} when it was released, and now names ${now.sha.slice(0, 12)}.`;
    throw new FindingError([{ reason: 'tag-moved', message, evidence: { tag: name, released: sha, now: now.sha } }]);
  }
  return { tag, how: 'there', ...among(tag, refs) };
}

export interface WantedTag {
  readonly sha: string;
  readonly make: TagToMake;
  /** The tag that the journal knows the commit by. */
  readonly known: string | undefined;
  /** Of the tag, by the name that it gets. */
  readonly message: (tag: string) => string;
  readonly dryRun: boolean;
}

/** How often somebody else may have been faster: each time there is one tag more. */
const tries = 10;

/**
 * The tag that the commit has, or the next one, made now. Who makes a tag first has it: whoever comes second with the same name looks whose it
 * is, and finds the next one from what is true then.
 */
export async function tagFor(kit: Kit, github: GitHub, wanted: WantedTag): Promise<FoundTag | Covered> {
  const { sha, make, known, message, dryRun } = wanted;
  const taken: TagRef[] = [];
  for (let turn = 0; turn < tries; turn += 1) {
    const listed = await tagsOfProduct(github, make.prefix);
    // A list may be a moment behind what the answer to a write has said.
    const refs = [...listed, ...taken.filter(({ name }) => !listed.some(ref => ref.name === name))];
    const next = await nextTagOf(github, { sha, make, refs, known });
    if (next.kind === 'covered') return { how: 'covered', by: next.by };
    if (next.kind === 'unclear') throw new FindingError([next.finding]);
    const { tag } = next;
    const facts = among(tag, refs);
    if (next.kind === 'tagged') return { tag, how: 'there', ...facts };
    const because = next.because === undefined ? {} : { because: next.because };
    if (dryRun) return { tag, how: 'would-be', ...because, ...facts };
    const made = await createTag(github, { name: tag.tag, sha, message: message(tag.tag) });
    if (made.sha === sha) return { tag, how: made.made ? 'made' : 'there', ...because, ...facts };
    kit.log.info(`${tag.tag} has just become ${made.sha.slice(0, 12)}; what follows it is found anew`);
    taken.push({ name: tag.tag, sha: made.sha, annotated: false });
  }
  const evidence = { tags: taken.map(({ name }) => name) };
  throw new FindingError([{ reason: 'tags-race', message: `${tries} tags were made by others meanwhile.`, evidence }]);
}

function among(tag: ReleaseTag, refs: readonly TagRef[]): Pick<FoundTag, 'before' | 'latest'> {
  const names = refs.map(({ name }) => name);
  const before = tagBefore(tag, names);
  return { latest: isLatest(tag, finalTags(tag.prefix, names)), ...(before === undefined ? {} : { before }) };
}
