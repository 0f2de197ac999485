import { minuteOf } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

export function judgeWayBack({ state }: GateFacts): RuleVerdict {
  const { verified } = state;
  if (verified === null) {
    const message = 'Nothing has been verified here yet, so a failure leaves only what ran before.';
    return rule('way back', 'pass', 'nothing-deployed-yet', message);
  }
  const message = `A failure goes back to ${verified.release.version}, verified ${minuteOf(verified.since)}.`;
  return rule('way back', 'pass', 'way-back-known', message, {
    version: verified.release.version,
    sha: verified.release.sha,
  });
}
