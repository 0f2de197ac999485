import { describe, expect, test } from '@jest/globals';
import { createByteTail, createLineCutter, createLineTail } from '#targets/command/run/output';

function linesOf(...chunks: readonly (string | Buffer)[]): readonly string[] {
  const lines: string[] = [];
  const cutter = createLineCutter(line => lines.push(line));
  for (const chunk of chunks) cutter.push(Buffer.from(chunk));
  cutter.end();
  return lines;
}

describe('lines of a stream', () => {
  test.each<[string, readonly (string | Buffer)[], readonly string[]]>([
    ['nothing', [], []],
    ['one without an end', ['a'], ['a']],
    ['one with an end', ['a\n'], ['a']],
    ['an empty one in between', ['a\n\nb'], ['a', '', 'b']],
    ['one in several chunks', ['a', 'b', 'c\nd'], ['abc', 'd']],
    ['Windows', ['a\r\nb\r\n'], ['a', 'b']],
    ['Windows, cut in between', ['a\r', '\nb'], ['a', 'b']],
    ['a progress bar', ['1%\r2%\r3%\n'], ['1%', '2%', '3%']],
    ['a character that is cut', [Buffer.from('ü').subarray(0, 1), Buffer.from('ü').subarray(1)], ['ü']],
  ])('%s', (_, chunks, lines) => {
    expect(linesOf(...chunks)).toEqual(lines);
  });

  test('one that never ends is cut, and the next one is whole', () => {
    const [long = '', next] = linesOf(...Array.from({ length: 100 }, () => 'x'.repeat(1_000)), '\nnext');
    expect(long).toHaveLength(16 * 1024 + 1);
    expect(next).toBe('next');
  });
});

test('the end of a stream is kept, and no more than a chunk beyond it', () => {
  const tail = createByteTail(10);
  for (let chunk = 0; chunk < 1_000; chunk += 1) tail.push(Buffer.from(`${chunk % 10}`.repeat(4)));
  expect(tail.passed).toBe(4_000);
  expect(tail.take().toString()).toBe('777788889999');
});

test('the last lines are kept', () => {
  const tail = createLineTail(2);
  for (const line of ['a', 'b', 'c']) tail.push(line);
  expect(tail.lines()).toEqual(['b', 'c']);
});
