import { FindingError } from '#core/finding';
import { FROM_BRANCH, type TagPolicy } from '#core/flow/tag-policy';
import type { Release } from '#core/release';
import type { HotfixFacts, WhereAbouts } from '#core/tags/on-branch';
import { type BranchSelector, branchesText } from '#core/version/branches';
import { relationOf } from './ancestry.ts';
import type { GitHub } from './client.ts';
import { readJournal } from './journal/read.ts';
import { branchesBeginning } from './tags.ts';

export interface Wanted {
  readonly sha: string;
  readonly policy: TagPolicy;
  readonly environment: string;
  readonly defaultBranch: string;
}

/** How many branches of a pattern are looked at: each is a call. */
const mostBranches = 20;

/**
 * On which allowed branch the commit is; where it is on none, on which hotfix branch, and what that one was cut from. Nothing is
 * asked beyond the first branch that has it. Needs `contents: read`.
 */
export async function whereIs(github: GitHub, wanted: Wanted): Promise<WhereAbouts> {
  const { sha, policy, defaultBranch } = wanted;
  const selectors: readonly BranchSelector[] =
    policy.branches.length > 0 ? policy.branches : [{ kind: 'name', text: defaultBranch, name: defaultBranch }];
  const found = await search(github, selectors, sha);
  const allowed = branchesText(selectors);
  if (found.on !== undefined) return { allowed, on: found.on };
  if (policy.hotfix.length > 0) {
    return { allowed, hotfix: await hotfixFacts(github, wanted, found.bases) };
  }
  if (found.unknown !== undefined) throw unknownBranch(found.unknown);
  return { allowed };
}

interface Base {
  readonly branch: string;
  readonly sha: string;
}

interface Search {
  readonly on?: string;
  /** A branch that is named and not there. */
  readonly unknown?: string;
  /** Where the commit parted from the branches that do not have it. */
  readonly bases: readonly Base[];
}

async function search(github: GitHub, selectors: readonly BranchSelector[], sha: string): Promise<Search> {
  const bases: Base[] = [];
  let unknown: string | undefined;
  // Names first: a pattern costs a list before the first look.
  for (const selector of selectors.toSorted((one, other) => one.kind.localeCompare(other.kind))) {
    for (const branch of await branchesOf(github, selector)) {
      const relation = await relationOf(github, branch, sha);
      if (relation === undefined) unknown ??= branch;
      else if (relation.contains) return { on: branch, bases };
      else if (relation.base !== undefined) bases.push({ branch, sha: relation.base });
    }
  }
  return { bases, ...(unknown === undefined ? {} : { unknown }) };
}

async function branchesOf(github: GitHub, selector: BranchSelector): Promise<readonly string[]> {
  if (selector.kind === 'name') return [selector.name];
  const names = await branchesBeginning(github, selector.prefix);
  if (names.length <= mostBranches) return names;
  const message = `${names.length} branches fit \`${selector.text}\`; at most ${mostBranches} are looked at.`;
  const evidence = { pattern: selector.text, branches: names.length };
  throw new FindingError([{ reason: 'branches-too-many', message, evidence }]);
}

async function hotfixFacts(
  github: GitHub,
  { sha, policy, environment: own }: Wanted,
  bases: readonly Base[],
): Promise<HotfixFacts> {
  const { on } = await search(github, policy.hotfix, sha);
  if (on === undefined) return {};
  if (policy.hotfixFrom === FROM_BRANCH) return { on };
  const environment = policy.hotfixFrom ?? own;
  const running = (await readJournal(github, environment)).state.running?.release;
  // What ran before the journal began has no commit.
  const release = running === undefined || running.sha === '' ? null : running;
  const deployed = { environment, release };
  if (release === null) return { on, deployed };
  // The other way round: what runs has to be part of the commit.
  const containsDeployed = (await relationOf(github, sha, release.sha))?.contains === true;
  const stray = containsDeployed ? await strayOf(github, release, bases) : undefined;
  return { on, deployed, containsDeployed, ...(stray === undefined ? {} : { stray }) };
}

/** A hotfix that was cut later than what runs shares a commit with the branch that what runs does not have. */
async function strayOf(github: GitHub, deployed: Release, bases: readonly Base[]): Promise<Base | undefined> {
  for (const base of bases) {
    if ((await relationOf(github, deployed.sha, base.sha))?.contains !== true) return base;
  }
  return undefined;
}

function unknownBranch(branch: string): FindingError {
  const message = `There is no branch \`${branch}\`, on which the commit would have to be.`;
  return new FindingError([{ reason: 'branch-unknown', message, evidence: { branch } }]);
}
