/** A line of an iCalendar file, put together again from where it was folded. `line` counts from 1. */
export interface ContentLine {
  readonly line: number;
  readonly text: string;
}

export type Events =
  | { readonly ok: true; readonly events: readonly (readonly ContentLine[])[] }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** The lines of each event, its BEGIN first; what stands inside it as an alarm is left out. Source: RFC 5545, 3.1 and 3.6. */
export function eventsIn(text: string): Events {
  const lines = unfolded(text);
  const [first] = lines;
  if (first?.text.toUpperCase() !== 'BEGIN:VCALENDAR') {
    return {
      ok: false,
      line: first?.line ?? 1,
      message: 'is not an iCalendar file: it does not begin with BEGIN:VCALENDAR',
    };
  }
  const open: { readonly name: string; readonly from: ContentLine }[] = [];
  const events: ContentLine[][] = [];
  for (const line of lines) {
    const [, edge, name = ''] = /^(BEGIN|END):\s*(\S+)\s*$/.exec(line.text.toUpperCase()) ?? [];
    if (edge === 'BEGIN') {
      open.push({ name, from: line });
      if (name === 'VEVENT') events.push([line]);
    } else if (edge === 'END') {
      const last = open.pop();
      if (last?.name === name) continue;
      const message = `${line.text} ends what did not begin${last === undefined ? '' : `: ${last.from.text} on line ${last.from.line} is open`}`;
      return { ok: false, line: line.line, message };
    } else if (open.at(-1)?.name === 'VEVENT') {
      events.at(-1)?.push(line);
    }
  }
  const last = open.at(-1);
  return last === undefined
    ? { ok: true, events }
    : { ok: false, line: last.from.line, message: `${last.from.text} has no end: the file is cut off` };
}

/** A line that begins with a space or a tab goes on with the one before. */
function unfolded(text: string): readonly ContentLine[] {
  const lines: { line: number; text: string }[] = [];
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(written) && last !== undefined) last.text += written.slice(1);
    else if (written !== '') lines.push({ line: index + 1, text: written });
  }
  return lines;
}
