/** A Markdown table. Cells are made safe: no cell can break out of its row. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(lineEnds, '<br>');
}

/** Line endings as CommonMark knows them, a lone carriage return among them. */
const lineEnds = /\s*[\r\n]\s*/g;

/** Text that stays in its paragraph, quotation or heading. */
export function oneLine(text: string): string {
  return text.replace(lineEnds, ' ');
}

/** A fenced block that its own content cannot end. */
export function codeBlock(lines: readonly string[]): string {
  const runs = lines.flatMap(line => line.match(/`+/g) ?? []);
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run.length + 1), 3));
  return [`${fence}text`, ...lines, fence].join('\n');
}
