/** https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches */

import type { ProtectionSpec } from '../specs.ts';
import { matchesPattern } from './patterns.ts';
import { NotModelled, Refusal } from './refusal.ts';
import { type RefMove, rulesetsFor } from './rulesets.ts';
import type { By, RepositoryState } from './state.ts';
import { permissionOf } from './tokens.ts';

/** The classic protection of a branch: the first whose pattern means it. */
export function protectionFor({ protections }: RepositoryState, branch: string): ProtectionSpec | undefined {
  return protections.find(({ pattern }) => matchesPattern(pattern, branch));
}

/** Whether GitHub calls a branch protected: by classic protection, or by a ruleset. */
export function isProtected(repository: RepositoryState, branch: string): boolean {
  return protectionFor(repository, branch) !== undefined || rulesetsFor(repository, `refs/heads/${branch}`).length > 0;
}

/** It holds for everybody, as with “Do not allow bypassing the above settings”, unless it spares administrators. */
export function checkProtection(repository: RepositoryState, { ref, before, after, forced }: RefMove, by: By): void {
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  const protection = branch === undefined ? undefined : protectionFor(repository, branch);
  if (protection === undefined || before === undefined) return;
  if (protection['spares-administrators'] === true && permissionOf(repository, by.account) === 'admin') {
    throw new NotModelled(`what an administrator may do to ${branch}, whose classic protection spares them`);
  }
  if (after === undefined && protection.deletions !== true) throw new Refusal(422, 'Cannot delete a protected branch');
  if (forced && protection['force-pushes'] !== true) {
    throw new Refusal(422, 'Cannot force-push to a protected branch');
  }
  if (after !== undefined && (protection.reviews !== undefined || protection.checks !== undefined)) {
    throw new NotModelled(`what comes into ${branch}, whose classic protection asks for a pull request or for checks`);
  }
}
