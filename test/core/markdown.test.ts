import { describe, expect, test } from '@jest/globals';
import { codeBlock, oneLine, table } from '#core/report/markdown';

describe('a table', () => {
  test.each([
    ['a pipe', 'a | b', 'a \\| b'],
    ['a backslash before a pipe', 'a \\| b', 'a \\\\\\| b'],
    ['a backslash at the end, which would guard the border', 'C:\\', 'C:\\\\'],
    ['a line end', 'a\nb', 'a<br>b'],
    ['a Windows line end', 'a\r\nb', 'a<br>b'],
    ['a lone carriage return, a line end to CommonMark', 'a\rb', 'a<br>b'],
    ['an empty line', 'a\n\n b', 'a<br>b'],
  ])('%s does not break out of its cell', (_name, text, cell) => {
    expect(table(['what'], [[text]])).toBe(`| what |\n| --- |\n| ${cell} |`);
  });

  test('without rows it is its head', () => {
    expect(table(['a', 'b'], [])).toBe('| a | b |\n| --- | --- |');
  });
});

describe('a code block', () => {
  test.each([
    ['nothing special', ['exit code 1'], '```'],
    ['a fence of its own', ['```'], '````'],
    ['a longer fence after a shorter one in one line', ['` and `````'], '``````'],
    ['a fence after a line end that came along', ['first\n````'], '`````'],
    ['no line', [], '```'],
  ])('%s cannot end it', (_name, lines, fence) => {
    expect(codeBlock(lines)).toBe([`${fence}text`, ...lines, fence].join('\n'));
  });
});

test('one line stays one line', () => {
  expect(oneLine('because\r\n# of\rthis')).toBe('because # of this');
});
