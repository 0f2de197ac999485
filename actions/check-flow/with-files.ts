import type { Flow } from '#core/flow/parse';
import type { PlanFacts } from '#core/plan/make-plan';
import type { PossibleRelease } from '#core/plan/possible-releases';
import { checklistOf } from '#github/checklists';
import type { GitHub } from '#github/client';
import type { CommitFacts } from '#github/commits';
import { readJournal } from '#github/journal/read';
import { migrationsBetween } from '#github/migrations';

export type Planned = PossibleRelease & Pick<PlanFacts, 'checklist' | 'migrations'>;

interface Merge {
  readonly branch: string;
  readonly commit: CommitFacts;
  /** What would be the default branch. */
  readonly proposed: string | undefined;
}

/** What else is looked up when a release is planned: the boxes of its checklist, and the migrations since what runs there. */
export function withFiles(
  github: GitHub,
  flow: Flow,
  possible: readonly PossibleRelease[],
  { branch, commit, proposed }: Merge,
): Promise<readonly Planned[]> {
  const planned = possible.map(async release => {
    const { environment, what } = release;
    const { running } = (await readJournal(github, environment)).state;
    const older = running === null || running.release.tree === '' ? undefined : running.release;
    const newer = { version: what, sha: commit.sha, tree: commit.tree };
    const [checklist, migrations] = await Promise.all([
      checklistOf(github, flow, environment, branch, proposed),
      migrationsBetween(github, flow, { environment, components: [], newer, older }),
    ]);
    return { ...release, ...checklist, ...migrations };
  });
  return Promise.all(planned);
}
