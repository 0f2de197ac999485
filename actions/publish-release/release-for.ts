import type { Kit } from '#action-kit/kit';
import type { Standing } from '#core/journal/state';
import { generatedPart, notesOf } from '#core/publish/notes';
import type { GitHub } from '#github/client';
import { createRelease, type GitHubRelease, generatedNotes, releaseOfTag } from '#github/releases';
import type { FoundTag } from './find-tag.ts';
import type { Work } from './work.ts';

/** The release of the tag: the one that is there, whoever made it, or a new one. */
export async function releaseFor(
  kit: Kit,
  github: GitHub,
  { tag: { tag, prerelease }, before, latest }: FoundTag,
  { sha, plan, verified }: Work & { readonly verified: Standing | undefined },
): Promise<{ readonly made: boolean; readonly release: GitHubRelease }> {
  const there = await releaseOfTag(github, tag);
  if (there !== undefined) return { made: false, release: there };
  const generated = await generatedNotes(github, { tag, sha, before });
  if (generated === undefined) kit.log.warning(`GitHub generated no notes for ${tag}: it is published without them.`);
  const body =
    plan === undefined || verified === undefined
      ? generatedPart(generated)
      : notesOf({ plan, run: kit.run.run, verified: verified.since, generated });
  return createRelease(github, { tag, sha, body, latest, prerelease: prerelease.length > 0 });
}
