import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '#lab/runner/steps/command-line';
import { createCommandFiles, parsePairs } from '#lab/runner/steps/file-commands';
import { createMasker } from '#lab/runner/steps/masking';

describe('a line of output', () => {
  test.each([
    ['::error::Broken', { name: 'error', properties: {}, message: 'Broken' }],
    [
      '::error file=a%2Cb.js,line=3,title=A%3AB::50%25%0Adone',
      { name: 'error', properties: { file: 'a,b.js', line: '3', title: 'A:B' }, message: '50%\ndone' },
    ],
    ['  ::group::Install', { name: 'group', properties: {}, message: 'Install' }],
    ['::WARNING::x', { name: 'warning', properties: {}, message: 'x' }],
    ['##[group]Old', { name: 'group', properties: {}, message: 'Old' }],
    ['::set-output name=a::b::c', { name: 'set-output', properties: { name: 'a' }, message: 'b::c' }],
  ])('%s is a command', (line, command) => expect(parseCommand(line)).toEqual(command));

  test.each(['error::x', '::unknown::x', ': :error::x', 'say ::error::x', '::error'])('%s is not', line => {
    expect(parseCommand(line)).toBeUndefined();
  });
});

describe('GITHUB_OUTPUT', () => {
  test.each<[string, string, Record<string, string>]>([
    ['pairs', 'a=1\nb=x=y\n', { a: '1', b: 'x=y' }],
    ['an empty value', 'a=\n', { a: '' }],
    ['a value with <<', 'a=b<<c\n', { a: 'b<<c' }],
    ['several lines', 'a<<EOF\none\n\ntwo=2\nEOF\nb=3', { a: 'one\n\ntwo=2', b: '3' }],
    ['no lines between the delimiters', 'a<<EOF\nEOF\n', { a: '' }],
    ['windows line ends', 'a=1\r\nb=2\r\n', { a: '1', b: '2' }],
    ['the last value of a name', 'a=1\na=2', { a: '2' }],
  ])('takes %s', (_, text, pairs) => {
    const reading = parsePairs(text);
    expect(reading.ok && Object.fromEntries(reading.pairs)).toEqual(pairs);
  });

  test.each([
    ['a line without =', 'hello', "Invalid format 'hello'"],
    ['no name', '=x', "Invalid format '=x'. Name must not be empty"],
    ['no delimiter', 'a<<', "Invalid format 'a<<'. Name must not be empty and delimiter must not be empty"],
    ['no end', 'a<<EOF\nb\n EOF', "Invalid value. Matching delimiter not found 'EOF'"],
  ])('refuses %s', (_, text, problem) => expect(parsePairs(text)).toEqual({ ok: false, problem }));

  test('NODE_OPTIONS cannot be set through GITHUB_ENV, and a summary over 1 MiB is dropped', () => {
    const folder = mkdtempSync(join(tmpdir(), 'commands-'));
    try {
      const files = createCommandFiles(folder, '1');
      writeFileSync(files.variables.GITHUB_ENV, 'A=1\nNODE_OPTIONS=--inspect\n');
      writeFileSync(files.variables.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1));
      const written = files.collect();
      expect(written.problems).toContain("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      expect(written).toMatchObject({ summary: '', summaryTooLarge: 1024 * 1024 + 1 });
      expect(written.env.size).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a mask', () => {
  const mask = (secret: string, text: string) => {
    const masker = createMasker();
    masker.add(secret);
    return masker.mask(text);
  };

  test.each([
    ['the value', 'hunter2', 'it is hunter2!', 'it is ***!'],
    ['every time', 'ab', 'ab cd ab', '*** cd ***'],
    ['values that touch, once', 'ab', 'xababx', 'x***x'],
    ['each line of it', 'one-line\nother-line', 'first one-line then other-line', 'first *** then ***'],
    ['base64', 'hunter2', Buffer.from('hunter2').toString('base64'), '***'],
    ['URL encoding', 'p@ss word', 'q=p%40ss%20word', 'q=***'],
    ['JSON escapes', 'a"b\\c', JSON.stringify({ k: 'a"b\\c' }), '{"k":"***"}'],
    ['nothing for an empty secret', '', 'text', 'text'],
    ['not another case', 'hunter2', 'HUNTER2', 'HUNTER2'],
  ])('hides %s', (_, secret, text, masked) => expect(mask(secret, text)).toBe(masked));
});
