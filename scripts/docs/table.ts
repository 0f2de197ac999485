/** A Markdown table as it stands in a committed file: no padding, so that a change touches one line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells
    .map(cell =>
      cell
        .trim()
        .replaceAll('|', '\\|')
        .replace(/\s*\n\s*/g, ' '),
    )
    .join(' | ')} |`;
}
