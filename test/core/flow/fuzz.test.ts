import { expect, test } from '@jest/globals';
import { parseFlow } from '#core/flow/parse';
import { componentFor } from '#core/flow/resolve';
import { seeded } from '../seeded.ts';
import { UNIFOCUS } from './fixture.ts';

const SNIPPETS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ': ',
    '- ',
    '\n',
    '\t',
    ' ',
    '  ',
    '"',
    "'",
    '#',
    '&a ',
    '*a',
    '<<: ',
    '!x ',
    '|',
    '>',
    '%',
    '@',
    '\r\n',
  ],
  ...[
    'null',
    'true',
    '~',
    '1.0',
    '0x1f',
    '.nan',
    '__proto__',
    'constructor',
    '{env}',
    '{evn}',
    '\u0000',
    '\ufeff',
    '💥',
    '---\n',
    '? ',
  ],
];

function mutate(text: string, random: (below: number) => number): string {
  const lines = text.split('\n');
  const line = random(lines.length);
  const at = random(text.length);
  switch (random(7)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + random(8));
    case 1:
      return text.slice(0, at) + (SNIPPETS[random(SNIPPETS.length)] ?? '') + text.slice(at);
    case 2:
      return lines.toSpliced(line, 1).join('\n');
    case 3:
      return lines.toSpliced(random(lines.length), 0, lines[line] ?? '').join('\n');
    case 4:
      return lines.with(line, ` ${lines[line]}`).join('\n');
    case 5:
      return lines.with(line, (lines[line] ?? '').replace(/:.*/, `: ${SNIPPETS[random(SNIPPETS.length)]}`)).join('\n');
    default:
      return text.slice(0, at) + String.fromCodePoint(random(0x300)) + text.slice(at + 1);
  }
}

test('2,000 broken flow files: always a flow or problems at real places, never a throw', () => {
  const random = seeded(20_261_121);
  const seen = { fine: 0, refused: 0 };
  for (let round = 0; round < 2000; round++) {
    let text = UNIFOCUS;
    for (let times = 1 + random(4); times > 0; times--) text = mutate(text, random);
    const result = parseFlow(text, { file: 'flow.yml' });
    seen[result.ok ? 'fine' : 'refused'] += 1;
    if (result.ok) {
      for (const environment of Object.keys(result.flow.environments)) {
        for (const name of Object.keys(result.flow.components)) componentFor(result.flow, environment, name, {});
      }
      continue;
    }
    expect(result.problems.length).toBeGreaterThan(0);
    const lines = text.split('\n');
    for (const { line, column, message } of result.problems) {
      const length = lines[line - 1]?.length ?? -1;
      if (column < 1 || column > length + 1 || message === '')
        throw new Error(`round ${round}: ${line}:${column} ${message}`);
    }
  }
  // Most mutations break something and some (in comments, in free text) do not: otherwise nothing was tested.
  expect(seen.refused).toBeGreaterThan(1000);
  expect(seen.fine).toBeGreaterThan(50);
});
