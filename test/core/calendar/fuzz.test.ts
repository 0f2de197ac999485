import { expect, test } from '@jest/globals';
import { parseDatedFreeze } from '#core/calendar/dated-freeze';
import { parsePeriodEnd } from '#core/calendar/period-end';
import { longestOpening, parseWindow } from '#core/calendar/weekly-window';
import { seeded } from '../journal/random-events.ts';

const words = [
  'Tue',
  'Thu',
  '-',
  '–',
  ',',
  ' ',
  '10:00',
  '24:00',
  '02:00',
  '2026-12-20',
  'to',
  '18:00',
  '3 days',
  ' of the ',
  'quarter',
  'x',
  '7',
];

test('whatever is written, it is read or told, and told at a place in the text', () => {
  const random = seeded(3);
  const wrong: string[] = [];
  let read = 0;
  for (let round = 0; round < 3000; round += 1) {
    const parts = Array.from({ length: Math.floor(random() * 8) }, () => words[Math.floor(random() * words.length)]);
    const text = parts.join(random() < 0.5 ? ' ' : '');
    for (const parse of [parseWindow, parseDatedFreeze, parsePeriodEnd]) {
      const reading = parse(text);
      if (reading.ok) read += 1;
      else if (reading.offset !== undefined && !(reading.offset >= 0 && reading.offset <= text.length))
        wrong.push(text);
    }
    const window = parseWindow(text);
    if (window.ok && round % 50 === 0 && longestOpening([window.value]) === 0) wrong.push(text);
    const freeze = parseDatedFreeze(text);
    if (freeze.ok && freeze.value.from >= freeze.value.to) wrong.push(text);
  }
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(100);
});
