import { formatDuration } from '#core/duration';
import { few, fewLines } from '#core/report/few';
import { codeBlock, table } from '#core/report/markdown';
import { outcomeMark } from '#core/report/outcome-mark';
import type { ComponentEnding } from './component.ts';
import { timeline } from './timeline.ts';

/** The page of the job: what ran, what runs, how long it took, and why it failed. */
export function summarise(
  title: string,
  endings: readonly ComponentEnding[],
  notStarted: readonly string[] = [],
): string {
  const rows = endings.map(ending => [
    ending.url === undefined ? ending.component : `[${ending.component}](${ending.url})`,
    outcomeMark(ending.outcome),
    fewLines(ending.changes.map(row => `${row.what}: ${row.before} → ${row.after}`)).join('\n') || 'unchanged',
    formatDuration(ending.took),
    ending.message,
  ]);
  const explanations = endings
    .filter(ending => ending.explanation.length > 0)
    .map(ending => `\n#### Why ${ending.component} failed\n\n${codeBlock(ending.explanation)}\n`);
  const left = notStarted.length === 0 ? [] : [`\nNot started: ${few(notStarted, 50)}.`];
  const head = ['component', 'outcome', 'change', 'took', ''];
  return [`### ${title}`, '', table(head, rows), ...timeline(endings), ...left, ...explanations, ''].join('\n');
}
