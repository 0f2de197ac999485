import { FROM_BRANCH, type TagPolicy } from '../flow/tag-policy.ts';
import { rule } from '../gate/rule.ts';
import type { Release } from '../release.ts';
import type { RuleVerdict } from '../verdict.ts';
import { branchesText } from '../version/branches.ts';

/** Where the commit of a release is. */
export interface WhereAbouts {
  /** The allowed branches, in words: those of the policy, or the default branch. */
  readonly allowed: string;
  /** The allowed branch that has the commit. */
  readonly on?: string;
  /** Looked at only when no allowed branch has it, and the policy knows hotfixes. */
  readonly hotfix?: HotfixFacts;
}

export interface HotfixFacts {
  /** The hotfix branch that has the commit. */
  readonly on?: string;
  /** What the environment runs that is fixed; absent when nothing does, or when the policy does not ask. */
  readonly deployed?: { readonly environment: string; readonly release: Release | null };
  /** Whether what runs is an ancestor of the commit. */
  readonly containsDeployed?: boolean;
  /** A commit of an allowed branch that is an ancestor of the commit, and no part of what runs. */
  readonly stray?: { readonly branch: string; readonly sha: string };
}

export const branchRule = 'branch';

export function judgeBranch({ sha }: Release, policy: TagPolicy, where: WhereAbouts): RuleVerdict {
  const commit = short(sha);
  if (where.on !== undefined) {
    return rule(branchRule, 'pass', 'on-branch', `${commit} is on \`${where.on}\`.`, { branch: where.on });
  }
  const { hotfix } = where;
  const branch = hotfix?.on;
  if (hotfix === undefined || branch === undefined) {
    const or = hotfix === undefined ? '' : `, nor on a hotfix branch ${branchesText(policy.hotfix)}`;
    const message = `${commit} is not on ${where.allowed}${or}.`;
    const next = `Merge it, and tag the commit that ${where.allowed} has then.`;
    return rule(branchRule, 'fail', 'not-on-branch', message, { sha }, next);
  }
  if (policy.hotfixFrom === FROM_BRANCH) return onHotfix(`${commit} is on the hotfix branch \`${branch}\`.`, branch);
  return judgeBase(commit, branch, hotfix);
}

/** A hotfix is what runs and the fix, and nothing else. */
function judgeBase(
  commit: string,
  branch: string,
  { deployed, containsDeployed = false, stray }: HotfixFacts,
): RuleVerdict {
  const { environment = '', release = null } = deployed ?? {};
  const fail = (message: string, next: string) =>
    rule(branchRule, 'fail', 'hotfix-base-wrong', message, { branch }, next);
  if (release === null) {
    const message = `\`${branch}\` is a hotfix branch, and ${environment} runs nothing that could be fixed.`;
    return fail(message, 'Release from an allowed branch.');
  }
  const name = release.tag ?? release.version;
  const again = `Cut the branch from ${name}: \`git switch -c ${branch} ${release.tag ?? release.sha}\`, and bring the fix over.`;
  if (!containsDeployed) {
    return fail(`\`${branch}\` is not cut from ${name}, which ${environment} runs: its changes would be lost.`, again);
  }
  if (stray !== undefined) {
    const message = `\`${branch}\` has ${short(stray.sha)} of \`${stray.branch}\`, which ${environment} does not run: it would bring more than the fix.`;
    return fail(message, again);
  }
  return onHotfix(
    `${commit} is on the hotfix branch \`${branch}\`, cut from ${name}, which ${environment} runs.`,
    branch,
  );
}

function onHotfix(message: string, branch: string): RuleVerdict {
  return rule(branchRule, 'pass', 'on-hotfix-branch', message, { branch });
}

function short(sha: string): string {
  return sha.slice(0, 12);
}
