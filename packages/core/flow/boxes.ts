import type { Problem } from './problem.ts';

/** A box of a checklist. */
export interface Box {
  readonly text: string;
  /** The rule of the gate that decides it, by the name that the page shows; people decide where there is none. */
  readonly rule?: string;
}

/** A box as it stands in an issue. */
export interface TickedBox {
  readonly text: string;
  readonly ticked: boolean;
}

export type ChecklistFile =
  | { readonly ok: true; readonly boxes: readonly Box[]; readonly body: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** It is written into the plan, into the issue and into the journal. */
const mostCharacters = 16 * 1024;

const box = /^(\s*(?:[-*+]|\d{1,9}[.)])\s+)\[([ xX])\]\s+(\S.*)$/;
/** What people write who mean a box: GitHub shows none, or one that nobody here would count. */
const almost = /^[\s>]*(?:[-*+]|\d{1,9}[.)])?\s*\[\s*[xX]?\s*\](?![(:])/;
const fence = /^\s*(?:```|~~~)/;
const marker = /\s*<!--\s*rule\s*:\s*(.*?)\s*-->\s*$/;

/** A Markdown file of boxes, `- [ ] …`, as GitHub’s task lists. Never throws: every mistake is told, with its line. */
export function readChecklist(text: string, file: string): ChecklistFile {
  const problem = (line: number, message: string, hint: string): Problem => {
    return { file, line, column: 1, path: '', message, hint };
  };
  if (text.length > mostCharacters) {
    return { ok: false, problems: [problem(1, `is longer than ${mostCharacters / 1024} KiB`, 'link to the details')] };
  }
  const boxes: Box[] = [];
  const body: string[] = [];
  const problems: Problem[] = [];
  for (const { line, number, code } of linesOf(text)) {
    const found = code ? null : box.exec(line);
    if (found === null) {
      if (!code && almost.test(line))
        problems.push(problem(number, 'is almost a box', 'write it as `- [ ] What is done`'));
      body.push(line);
      continue;
    }
    const [, before = '', , words = ''] = found;
    const [mark, rule] = marker.exec(words) ?? [];
    if (mark === undefined) {
      boxes.push({ text: words.trim() });
      body.push(`${before}[ ] ${words}`);
    } else if (rule === undefined || rule === '' || words.length === mark.length) {
      problems.push(
        problem(
          number,
          'names no rule, or nothing else',
          'as in `- [ ] Stage is verified <!-- rule: earlier environment -->`',
        ),
      );
    } else {
      boxes.push({ text: words.slice(0, -mark.length).trim(), rule });
    }
  }
  if (boxes.length === 0 && problems.length === 0)
    problems.push(problem(1, 'has no box', 'write one as `- [ ] What is done`'));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, boxes, body: body.join('\n').trim() };
}

/** The boxes of an issue, which people edit as they like. */
export function boxesOf(markdown: string): readonly TickedBox[] {
  return linesOf(markdown).flatMap(({ line, code }) => {
    const [, , tick, words] = (code ? null : box.exec(line)) ?? [];
    return words === undefined ? [] : [{ text: words.trim(), ticked: tick !== ' ' }];
  });
}

interface Line {
  readonly line: string;
  readonly number: number;
  /** Part of a block of code, where nothing is a box. */
  readonly code: boolean;
}

function linesOf(text: string): readonly Line[] {
  let inside = false;
  return text.split(/\r\n?|\n/).map((line, index) => {
    const edge = fence.test(line);
    if (edge) inside = !inside;
    return { line, number: index + 1, code: inside || edge };
  });
}
