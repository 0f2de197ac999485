import { type GitHub, GitHubCallError, isLost, orFinding } from './client.ts';

/** A release on GitHub. */
export interface GitHubRelease {
  readonly url: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
}

interface Listed {
  readonly tag_name: string;
  readonly html_url: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
}

/**
 * The release of a tag; undefined where there is none. Drafts have no tag to be found by, so it is looked for among the newest hundred; one
 * that is published is known, however old it is, when another one of its tag is to be made. Needs `contents: write` for drafts.
 */
export function releaseOfTag(github: GitHub, tag: string): Promise<GitHubRelease | undefined> {
  return orFinding('contents: read', async () => {
    const listed = await github.request<readonly Listed[]>('GET /repos/{owner}/{repo}/releases', { per_page: 100 });
    const own = listed.filter(({ tag_name: name }) => name === tag);
    const found = own.find(({ draft }) => !draft) ?? own[0];
    return found === undefined ? undefined : shown(found);
  });
}

export interface WantedRelease {
  readonly tag: string;
  readonly sha: string;
  readonly body: string;
  readonly prerelease: boolean;
  /** Whether it is shown as the latest one. */
  readonly latest: boolean;
}

/** How often a release is asked for whose reply is lost. */
const tries = 5;

/**
 * Publishes the release of a tag that is there. There is one for a tag: where somebody was faster, theirs is answered. A lost reply
 * means: look before asking again. Needs `contents: write`.
 */
export function createRelease(
  github: GitHub,
  { tag, sha, body, prerelease, latest }: WantedRelease,
): Promise<{ readonly made: boolean; readonly release: GitHubRelease }> {
  return orFinding('contents: write', async () => {
    for (let turn = 1; ; turn += 1) {
      try {
        const made = await github.request<Listed>('POST /repos/{owner}/{repo}/releases', {
          tag_name: tag,
          // Nobody asks for it while the tag is there; without it, a tag that was just deleted would come back elsewhere.
          target_commitish: sha,
          name: tag,
          body,
          prerelease,
          make_latest: String(latest),
        });
        return { made: true, release: shown(made) };
      } catch (error) {
        if (!(error instanceof GitHubCallError)) throw error;
        const lost = isLost(error);
        const there = lost || error.status === 422 ? await publishedOf(github, tag) : undefined;
        if (there !== undefined) return { made: lost, release: there };
        if (!lost || turn === tries) throw error;
      }
    }
  });
}

async function publishedOf(github: GitHub, tag: string): Promise<GitHubRelease | undefined> {
  try {
    return shown(await github.request<Listed>('GET /repos/{owner}/{repo}/releases/tags/{tag}', { tag }));
  } catch (error) {
    if (error instanceof GitHubCallError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * What GitHub writes of a release by itself: the pull requests since the tag before. undefined where it cannot. Needs `contents: write`,
 * though nothing is changed.
 */
export async function generatedNotes(
  github: GitHub,
  { tag, sha, before }: { readonly tag: string; readonly sha: string; readonly before: string | undefined },
): Promise<string | undefined> {
  try {
    const { body } = await github.request<{ readonly body: string }>(
      'POST /repos/{owner}/{repo}/releases/generate-notes',
      { tag_name: tag, target_commitish: sha, ...(before === undefined ? {} : { previous_tag_name: before }) },
      'any-number',
    );
    return body;
  } catch (error) {
    if (error instanceof GitHubCallError) return undefined;
    throw error;
  }
}

function shown({ html_url: url, draft, prerelease }: Listed): GitHubRelease {
  return { url, draft, prerelease };
}
