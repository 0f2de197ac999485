import { rule } from '#core/gate/rule';
import type { RuleVerdict } from '#core/verdict';
import type { GitHub } from '#github/client';
import { type CommitFacts, commitOf } from '#github/commits';

/**
 * The commit that is released: the one that this run is about (`sha`; empty when nobody says), never what its branch has become
 * meanwhile, because the digests that the build handed over are of that commit. A tag has to name it still (branch-deploy#340).
 */
export async function releasedCommit(
  github: GitHub,
  ref: string,
  sha: string,
): Promise<{ readonly commit: CommitFacts; readonly moved?: RuleVerdict }> {
  const isTag = ref.startsWith('refs/tags/');
  if (sha !== '' && !isTag) return { commit: await commitOf(github, sha) };
  // `tags/v1.3.0`, not `v1.3.0`: a branch may have the same name.
  const commit = await commitOf(github, ref.replace(/^refs\//, ''));
  if (sha === '' || commit.sha === sha) return { commit };
  const name = ref.replace('refs/tags/', '');
  const message = `${name} named ${sha.slice(0, 12)} when this run began, and now names ${commit.sha.slice(0, 12)}.`;
  return { commit, moved: rule('tag or branch', 'fail', 'tag-moved', message, { ref, began: sha, now: commit.sha }) };
}
