import { isSame } from '../release.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

/** Whoever may approve has said no, in whatever run: that is final for this release of this commit. */
export function judgeRejection({ plan, state, rejections }: GateFacts): readonly RuleVerdict[] {
  const { release, environment, operation } = plan;
  if (operation === 'rollback') return [];
  const [said] = [...state.rejected.filter(entry => isSame(entry.release, release)), ...(rejections ?? [])];
  if (said === undefined && rejections === undefined) {
    const message = 'Whether somebody rejected this release in an earlier run could not be read.';
    return [rule('rejection', 'inconclusive', 'approval-unreadable', message)];
  }
  if (said === undefined) return [];
  const { login, comment, run } = said;
  const words = comment === '' ? '' : `: ${comment}`;
  const message = `${login} rejected ${release.version} for ${environment.name}${words}.`;
  const next = 'Release another version; a rejection is final for this one.';
  return [rule('rejection', 'fail', 'release-rejected', message, { by: login, run: run.url }, next)];
}
