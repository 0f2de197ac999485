import { formatDuration } from '#core/duration';
import { fewLines } from '#core/report/few';
import { codeBlock, table } from '#core/report/markdown';
import { outcomeMark } from '#core/report/outcome-mark';
import type { ComponentReturn } from './return-component.ts';

export function summarise(
  environment: string,
  goal: string,
  reason: string,
  returns: readonly ComponentReturn[],
): string {
  const rows = returns.map(entry => [
    entry.component,
    outcomeMark(entry.outcome),
    fewLines(entry.changes.map(row => `${row.what}: ${row.before} → ${row.after}`)).join('\n') || 'already there',
    formatDuration(entry.took),
    entry.message,
  ]);
  const explanations = returns
    .filter(entry => entry.explanation.length > 0)
    .map(entry => `\n#### ${entry.component}\n\n${codeBlock(entry.explanation)}\n`);
  return [
    `### ${environment} back to ${goal}`,
    '',
    `Because: ${reason}`,
    '',
    table(['component', 'outcome', 'change', 'took', ''], rows),
    ...explanations,
    '',
  ].join('\n');
}
