import { formatDuration } from '#core/duration';
import { table } from '#core/report/markdown';
import { verdictMark } from '#core/report/outcome-mark';
import type { Verdict } from '#core/verdict';
import type { CheckView } from '#core/watch/check';

interface Times {
  readonly watched: number;
  readonly duration: number;
}

/** The page of the job: every check with its limit, the worst that was seen, and how much stands for it. */
export function summarise(verdict: Verdict, views: readonly CheckView[], { watched, duration }: Times): string {
  const rows = views.map(({ rule, limit, worst, samples }) => [
    rule.rule,
    limit,
    worst,
    String(samples),
    verdictMark(rule.verdict),
  ]);
  const notes = views
    .filter(({ rule }) => rule.verdict !== 'pass' && rule.verdict !== 'wait')
    .map(({ rule }) => `- ${rule.message}${rule.next === undefined ? '' : ` → ${rule.next}`}`);
  return [
    '### Monitoring',
    '',
    `**${verdictMark(verdict.verdict)}** · ${verdict.message}`,
    '',
    `Watched for ${formatDuration(watched)} of ${formatDuration(duration)}.`,
    '',
    table(['check', 'limit', 'worst', 'samples', 'verdict'], rows),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}
