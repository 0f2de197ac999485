import { FindingError } from '#core/finding';
import type { Verification } from '#core/tags/tag-object';
import { type GitHub, GitHubCallError, isLost, orFinding } from './client.ts';
import { commitOf } from './commits.ts';

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

export interface WantedTag {
  readonly name: string;
  readonly sha: string;
  readonly message: string;
}

export interface MadeTag {
  /** Whether this call made it. */
  readonly made: boolean;
  /** The commit that it names. */
  readonly sha: string;
}

/** How often a ref is asked for whose reply is lost. */
const tries = 5;

/**
 * Makes an annotated tag. A ref is made whole or not at all, so of two who want the same name one is told that it is there, and hears
 * what it names. A lost reply means: look before asking again. Needs `contents: write`; throws a `FindingError` where it is refused.
 */
export async function createTag(github: GitHub, { name, sha, message }: WantedTag): Promise<MadeTag> {
  const object = await orFinding('contents: write', () =>
    // Nothing names it yet: one that is made twice is not there twice.
    github.request<{ readonly sha: string }>(
      'POST /repos/{owner}/{repo}/git/tags',
      { tag: name, message, object: sha, type: 'commit' },
      'any-number',
    ),
  );
  for (let turn = 1; ; turn += 1) {
    try {
      await github.request('POST /repos/{owner}/{repo}/git/refs', { ref: `refs/tags/${name}`, sha: object.sha });
      return { made: true, sha };
    } catch (error) {
      if (!(error instanceof GitHubCallError)) throw error;
      const there = await refOf(github, name);
      if (there === object.sha) return { made: true, sha };
      if (there !== undefined) return { made: false, sha: (await commitOf(github, `tags/${name}`)).sha };
      if (!isLost(error) || turn === tries) throw tagRefused(name, sha, error);
    }
  }
}

/** What a tag's ref names itself: a tag object, or a commit; undefined where there is no such tag. */
function refOf(github: GitHub, name: string): Promise<string | undefined> {
  return orFinding('contents: read', async () => {
    const found = await tagsBeginning(github, name);
    return found.find(tag => tag.name === name)?.sha;
  });
}

function tagRefused(name: string, sha: string, error: GitHubCallError): FindingError {
  const message = `GitHub did not make the tag ${name}: ${error.message}`;
  const evidence = { tag: name, sha, status: error.status };
  if (isLost(error)) return new FindingError([{ reason: 'api-unavailable', message, evidence }], { cause: error });
  // GITHUB_TOKEN brings no workflow file to a ref that no branch has: the branch may have gone on since.
  const byHand = `\`git tag -a ${name} ${sha.slice(0, 12)}\` and push it`;
  const next =
    error.status === 403
      ? `Give the job \`contents: write\`. Where it has that, the workflow files of this commit are on no branch any more: ${byHand}, and run the job again.`
      : `Allow it in the ruleset for tags, or ${byHand}, and run the job again.`;
  return new FindingError([{ reason: 'tag-refused', message, evidence, next }], { cause: error });
}
