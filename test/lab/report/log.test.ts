import { expect, test } from '@jest/globals';
import { logView } from '#lab/report/run/log';
import { log } from './fixture/build.ts';

const limits = { lines: 100, characters: 40 };
const view = (...lines: readonly string[]) => logView(log('2 09:00:00', lines), 'deploy', limits).markup;
const words = (markup: string) =>
  markup
    .replace(/<time>.*?<\/time>/g, '')
    .replace(/<[^>]+>/g, '|')
    .replace(/\|+/g, '|');

test('each line has the lab time and its text, without colours and without markup of its own', () => {
  expect(view('\u001b[32mok\u001b[0m <b>')).toContain('<p><time>09:00:00</time><span>ok &#60;b&#62;</span></p>');
});

test('groups are folded; a new one ends the last, as GitHub does it', () => {
  const markup = view('::group::one', 'a', '::group::two', 'b', '::endgroup::', 'c', '::group::open', 'd');
  expect(markup.match(/<details>.*?<\/details>/g)?.map(words)).toEqual(['|one|a|', '|two|b|', '|open|d|']);
  expect(words(markup.replace(/<details>.*?<\/details>/g, ''))).toBe('|c|');
});

test.each(['error', 'warning', 'notice'])('%s stands out, for eye and ear', kind => {
  expect(view(`::${kind}::text`)).toContain(
    `<p class="${kind}"><time>09:00:00</time><span><b>${kind}:</b> text</span></p>`,
  );
});

test('debug lines are not shown: nobody switched them on', () => {
  expect(view('::debug::secret plan', 'x')).not.toContain('secret plan');
});

test('a long log loses its middle and says so: the end is where the reason stands', () => {
  const lines = Array.from({ length: 250 }, (_, index) => `line ${index};`);
  const markup = view(...lines);
  expect(markup).toContain('… 150 lines are left out here …');
  expect(['line 19;', 'line 20;', 'line 169;', 'line 170;', 'line 249;'].filter(line => markup.includes(line))).toEqual(
    ['line 19;', 'line 170;', 'line 249;'],
  );
});

test('a long line loses its end and says so', () => {
  expect(view('x'.repeat(45))).toContain(`${'x'.repeat(40)} … 5 more characters`);
});

test('a log can be scrolled without a mouse', () => {
  expect(view('x')).toMatch(/^<div class="log" tabindex="0" role="region" aria-label="Log of deploy">/);
});
