import { table } from '#core/report/markdown';
import { verdictMark } from '#core/report/outcome-mark';
import type { CheckResult, Ending } from '#core/smoke/result';
import type { Verdict, VerdictKind } from '#core/verdict';

const kinds: Record<Ending, VerdictKind> = {
  passed: 'pass',
  failed: 'fail',
  'wrong-version': 'fail',
  'not-run': 'inconclusive',
  cancelled: 'error',
};

/** The page of the job: what was asked, what was expected, and what came. */
export function summarise(baseUrl: string, verdict: Verdict, results: readonly CheckResult[]): string {
  const rows = results.map(result => [
    result.name,
    `${verdictMark(kinds[result.ending])}${result.tries > 1 ? ` after ${result.tries} tries` : ''}`,
    `\`${result.request.replaceAll('`', "'")}\``,
    result.latency === undefined ? '—' : `${result.latency} ms`,
    expectedWords(result),
    cameWords(result),
  ]);
  return [
    '### Smoke test',
    '',
    `**${verdictMark(verdict.verdict)}** · ${verdict.message}`,
    '',
    `${results.length} checks of ${baseUrl}`,
    '',
    table(['check', 'verdict', 'request', 'time', 'expected', 'came'], rows),
    '',
  ].join('\n');
}

function expectedWords({ mismatches, expected }: CheckResult): string {
  if (mismatches.length === 0) return expected;
  return mismatches.map(mismatch => `${mismatch.what}: ${mismatch.expected}`).join('\n');
}

function cameWords({ mismatches, came }: CheckResult): string {
  return mismatches.length === 0 ? came : mismatches.map(mismatch => mismatch.came).join('\n');
}
