import type { ActionEnd, Kit } from '#action-kit/kit';
import type { Result } from '#core/outcome';
import { outcomeMark } from '#core/report/outcome-mark';
import type { ReleaseTag } from '#core/version/tag';
import type { GitHubRelease } from '#github/releases';
import type { FoundTag } from './find-tag.ts';

/** What is public now, as far as it is. */
interface Public {
  readonly tag?: ReleaseTag | undefined;
  readonly release?: GitHubRelease | undefined;
}

export function endOf(kit: Kit, result: Result, { tag, release }: Public = {}): ActionEnd {
  kit.setOutput('version', tag?.version ?? '');
  kit.setOutput('tag', tag?.tag ?? '');
  kit.setOutput('release-url', release?.url ?? '');
  if (result.reason !== 'publish-not-asked-for') kit.summary(page(result, { tag, release }));
  return { kind: 'outcome', result, details: { version: tag?.version ?? null, tag: tag?.tag ?? null } };
}

export function resultOf(
  { tag: { tag, prerelease }, how, because }: FoundTag,
  { made, release }: { readonly made: boolean; readonly release: GitHubRelease },
  sha: string,
): Result {
  const why = because === undefined ? '' : `, because ${because}`;
  const outcome = how === 'made' || made ? 'succeeded' : 'no-op';
  const evidence = { tag, sha, url: release.url };
  const named = `${sha.slice(0, 12)} ${how === 'made' ? 'is now' : 'is'} ${tag}${why}`;
  if (release.draft || (release.prerelease && prerelease.length === 0)) {
    const what = release.draft ? 'a draft' : 'marked as a prerelease';
    const message = `${named}. Its release is ${what}, and is left as it is.`;
    return { outcome, reason: 'release-left-alone', message, evidence };
  }
  if (outcome === 'no-op') {
    return { outcome, reason: 'already-published', message: `${named}, and was published before.`, evidence };
  }
  return { outcome, reason: 'release-published', message: `${named}, and is published: ${release.url}`, evidence };
}

function page(result: Result, { tag, release }: Public): string {
  const name = tag === undefined || release === undefined ? tag?.tag : `[${tag.tag}](${release.url})`;
  const title = name === undefined ? 'Publication' : `Publication of ${name}`;
  return [`### ${title}`, '', `**${outcomeMark(result.outcome)}** · ${result.message}`, ''].join('\n');
}
