import { codeBlock, table } from '#core/report/markdown';
import { outcomeMark } from '#core/report/outcome-mark';
import type { ComponentEnding } from './component.ts';

/** What people read before they are asked: of each component every row of its plan, and by what it is known. */
export function planPage(endings: readonly ComponentEnding[]): string {
  return ['## The plans', '', ...endings.flatMap(planOfOne)].join('\n');
}

/** More would be read by nobody; the log has all of it. */
const rowsShown = 200;

function planOfOne({ component, outcome, reason, changes, message, explanation }: ComponentEnding): readonly string[] {
  const head = `### ${component}`;
  if (reason === 'nothing-to-change') return [head, '', 'Nothing would be changed.', ''];
  if (reason !== 'dry-run') {
    const why = explanation.length === 0 ? [] : ['', codeBlock(explanation)];
    return [head, '', `${outcomeMark(outcome)} · ${message}`, ...why, ''];
  }
  const rows = changes.map(({ what, before, after }) => [what, before, after]);
  const shown = rows.slice(0, rowsShown);
  const left = rows.length - shown.length;
  return [
    head,
    '',
    'Exactly this is applied, and nothing else, once the release is let in:',
    '',
    table(['what', 'now', 'then'], shown),
    ...(left === 0 ? [] : ['', `… and ${left} more; the log of this job has all of them.`]),
    '',
  ];
}
