import { stripVTControlCharacters } from 'node:util';
import type { LogLine } from '../../runner/records.ts';
import { type Html, html } from '../html.ts';
import { clockTime } from '../time.ts';

/** How much of a log stands in the page. */
export interface LogLimits {
  readonly lines: number;
  readonly characters: number;
}

/** A step’s log as GitHub shows it: groups folded, commands coloured, no debug lines. */
export function logView(lines: readonly LogLine[], name: string, limits: LogLimits): Html {
  const seen = lines.filter(line => line.kind !== 'debug');
  const { head, left, tail } = cut(seen, limits.lines);
  const gone = html`<p class="gone">… ${left} lines are left out here …</p>`;
  return html`<div class="log" tabindex="0" role="region" aria-label="Log of ${name}">${folded(head, limits)}${left > 0 && gone}${folded(tail, limits)}</div>`;
}

/** Of a long log the beginning and, four times as much, the end: that is where the reason stands. */
function cut(lines: readonly LogLine[], most: number) {
  if (lines.length <= most) return { head: lines, left: 0, tail: [] };
  const begin = Math.floor(most / 5);
  const end = lines.length - (most - begin);
  return { head: lines.slice(0, begin), left: end - begin, tail: lines.slice(end) };
}

/** A group ends at its `endgroup`, at the next group, or with the log: GitHub knows no groups in groups. */
function folded(lines: readonly LogLine[], limits: LogLimits): readonly Html[] {
  const parts: Html[] = [];
  let group: { readonly title: LogLine; readonly lines: Html[] } | undefined;
  const end = () => {
    if (group) parts.push(foldedGroup(group.title, group.lines));
    group = undefined;
  };
  for (const line of lines) {
    if (line.kind === 'group' || line.kind === 'endgroup') end();
    if (line.kind === 'group') group = { title: line, lines: [] };
    else if (line.kind !== 'endgroup') (group?.lines ?? parts).push(lineView(line, limits));
  }
  end();
  return parts;
}

function foldedGroup(title: LogLine, lines: readonly Html[]): Html {
  return html`<details><summary><time>${clockTime(title.at)}</time><span>${plain(title.text)}</span></summary>${lines}</details>`;
}

function lineView({ at, kind, text }: LogLine, { characters }: LogLimits): Html {
  const all = plain(text);
  const rest = all.length - characters;
  const kept = rest > 0 ? `${all.slice(0, characters)} … ${rest} more characters` : all;
  const label = kind === 'error' || kind === 'warning' || kind === 'notice' ? html`<b>${kind}:</b> ` : false;
  const look = kind === 'text' ? false : html` class="${kind}"`;
  return html`<p${look}><time>${clockTime(at)}</time><span>${label}${kept}</span></p>`;
}

function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\r', '');
}
