import { judge, type Verdict } from '../verdict.ts';
import type { CheckView } from './check.ts';

/**
 * What a watch came to. A check that was still waiting when another one ended the watch early stays `wait`: nothing more is known
 * about it, and the one that ended it outweighs it.
 */
export function watchVerdict(checks: readonly CheckView[]): Verdict {
  const verdict = judge(checks.map(check => check.rule));
  if (verdict.verdict !== 'pass') return verdict;
  const count = checks.length === 1 ? 'The only check' : `All ${checks.length} checks`;
  return {
    ...verdict,
    reason: 'watch-passed',
    message: `${count} stayed within limits for the whole time, with data.`,
  };
}
