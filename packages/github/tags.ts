import type { Verification } from '#core/tags/tag-object';
import type { GitHub } from './client.ts';

/** A tag as git has it: annotated ones are objects of their own, which name the commit. */
export interface TagRef {
  readonly name: string;
  /** Of the tag object, or of the commit that a lightweight tag names. */
  readonly sha: string;
  readonly annotated: boolean;
}

interface ListedRef {
  readonly ref: string;
  readonly object: { readonly type: string; readonly sha: string };
}

/**
 * Every tag whose name begins so. GitHub answers all of them at once: this list has no pages, whatever is asked for
 * (https://docs.github.com/rest/git/refs#list-matching-references). Needs `contents: read`.
 */
export async function tagsBeginning(github: GitHub, beginning: string): Promise<readonly TagRef[]> {
  const refs = await matchingRefs(github, `tags/${beginning}`);
  return refs.map(({ ref, object }) => ({
    name: ref.replace('refs/tags/', ''),
    sha: object.sha,
    annotated: object.type === 'tag',
  }));
}

/** Names of the branches that begin so. */
export async function branchesBeginning(github: GitHub, beginning: string): Promise<readonly string[]> {
  const refs = await matchingRefs(github, `heads/${beginning}`);
  return refs.map(({ ref }) => ref.replace('refs/heads/', ''));
}

function matchingRefs(github: GitHub, ref: string): Promise<readonly ListedRef[]> {
  return github.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', { ref });
}

/** What GitHub says of the signature of an annotated tag. */
export async function verificationOf(github: GitHub, tagSha: string): Promise<Verification> {
  const route = 'GET /repos/{owner}/{repo}/git/tags/{tag_sha}';
  const { verification } = await github.request<{ readonly verification?: Verification }>(route, { tag_sha: tagSha });
  return verification ?? { verified: false, reason: 'unsigned', signature: null };
}
