import type { Reason } from '../reasons.ts';
import { judge, type RuleVerdict, type Verdict, type VerdictKind } from '../verdict.ts';
import type { CheckResult } from './result.ts';

/** What a smoke test came to, one rule a check. Without a step that ran nothing was tested, and that is never a pass. */
export function smokeVerdict(results: readonly CheckResult[]): Verdict {
  const rules = results.map(ruleOf);
  const verdict = judge(rules);
  if (!results.some(result => result.kind === 'step')) {
    if (verdict.verdict !== 'pass' && rules.length > 0) return verdict;
    const message = 'The smoke file has no step, so nothing was tested.';
    return { verdict: 'inconclusive', reason: 'no-smoke-steps', message, evidence: {}, rules };
  }
  if (verdict.verdict !== 'pass') return verdict;
  const version = results.find(result => result.kind === 'version');
  const served = version === undefined ? '; no check of the served version was asked for' : `, served: ${version.came}`;
  const steps = results.filter(result => result.kind === 'step').length;
  return {
    ...verdict,
    reason: 'smoke-passed',
    message: `All ${steps} ${steps === 1 ? 'step passes' : 'steps pass'}${served}.`,
    evidence: { steps, versionChecked: version !== undefined },
  };
}

function ruleOf(result: CheckResult): RuleVerdict {
  const { name, request, expected, came, ending, status, latency } = result;
  const [verdict, reason] = meaningOf(result);
  return {
    rule: name,
    verdict,
    reason,
    message: messageOf(result),
    evidence: {
      request,
      expected,
      came,
      ending,
      ...(status === undefined ? {} : { status }),
      ...(latency === undefined ? {} : { latency }),
    },
  };
}

function meaningOf({ ending, kind }: CheckResult): readonly [VerdictKind, Reason] {
  switch (ending) {
    case 'passed':
      return ['pass', 'smoke-passed'];
    case 'failed':
      return ['fail', kind === 'ready' ? 'never-ready' : 'smoke-failed'];
    case 'wrong-version':
      return ['fail', 'wrong-version-served'];
    case 'not-run':
      return ['inconclusive', 'smoke-not-run'];
    case 'cancelled':
      return ['error', 'cancelled'];
  }
}

function messageOf({ name, request, came, mismatches, ending }: CheckResult): string {
  if (ending === 'passed') return `${name}: ${request} answered as expected.`;
  if (mismatches.length === 0) return `${name}: ${came}.`;
  const all = mismatches.map(({ what, expected, came: found }) => `${what}: expected ${expected}, came ${found}`);
  return `${name}: ${request}: ${all.join('; ')}`;
}
