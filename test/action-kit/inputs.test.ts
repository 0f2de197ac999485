import { describe, expect, test } from '@jest/globals';
import { createInputReader } from '#action-kit/inputs';

function readerOf(inputs: Readonly<Record<string, string>>) {
  return createInputReader(name => inputs[name] ?? '');
}

const messages = (reader: ReturnType<typeof readerOf>) => reader.problems.map(problem => problem.message);

describe('inputs', () => {
  test('every mistake is named at once, each with its input', () => {
    const reader = readerOf({
      'dry-run': 'yes',
      timeout: '5 minutes',
      'on-failure': 'retry',
      'desired-count': '-1',
      command: '[npx',
    });
    reader.required('cluster');
    reader.flag('dry-run');
    reader.duration('timeout');
    reader.choice('on-failure', ['rollback', 'leave']);
    reader.choice('on-cancel', ['rollback', 'leave']);
    reader.optionalCount('desired-count', 0);
    reader.words('command');
    expect(reader.problems.map(problem => problem.where)).toEqual(
      ['cluster', 'dry-run', 'timeout', 'on-failure', 'on-cancel', 'desired-count', 'command'].map(input => ({
        kind: 'input',
        input,
      })),
    );
    expect(reader.problems.every(problem => problem.reason === 'input-invalid')).toBe(true);
    expect(messages(reader)[3]).toBe('Input `on-failure`: “retry” is none of rollback, leave.');
  });

  test('a mistake is told once', () => {
    const reader = readerOf({ 'on-failure': 'retry', timeout: '' });
    reader.choice('on-failure', ['rollback', 'leave']);
    reader.duration('timeout');
    expect(messages(reader)).toHaveLength(2);
  });

  test.each<[string, boolean, number]>([
    ['', false, 0],
    ['false', false, 0],
    ['true', true, 0],
    [' true ', true, 0],
    ['True', false, 1],
    ['1', false, 1],
    ['yes', false, 1],
  ])('the flag “%s” is %p with %i problems', (text, value, problems) => {
    const reader = readerOf({ flag: text });
    expect(reader.flag('flag')).toBe(value);
    expect(reader.problems).toHaveLength(problems);
  });

  test.each<[string, number | undefined, number]>([
    ['', undefined, 0],
    ['0', undefined, 1],
    ['1', 1, 0],
    ['12', 12, 0],
    ['1.5', undefined, 1],
    ['1e3', undefined, 1],
    ['+1', undefined, 1],
    ['99999999999999999999', undefined, 1],
  ])('the count “%s”, at least one, is %p with %i problems', (text, value, problems) => {
    const reader = readerOf({ count: text });
    expect(reader.optionalCount('count', 1)).toBe(value);
    expect(reader.problems).toHaveLength(problems);
  });

  test.each<[string, number, number]>([
    ['90s', 90_000, 0],
    ['1h30m', 5_400_000, 0],
    ['30', 0, 1],
    ['1.5h', 0, 1],
    ['', 0, 1],
  ])('the duration “%s” is %i ms with %i problems', (text, milliseconds, problems) => {
    const reader = readerOf({ timeout: text });
    expect(reader.duration('timeout')).toBe(milliseconds);
    expect(reader.problems).toHaveLength(problems);
  });

  test.each<[string, readonly string[]]>([
    ['', []],
    ['api', ['api']],
    ['api, web', ['api', 'web']],
    ['api\nweb\n\n', ['api', 'web']],
    [',api,,', ['api']],
  ])('the list %j is %j', (text, entries) => {
    expect(readerOf({ list: text }).list('list')).toEqual(entries);
  });

  test.each<[string, readonly string[], number]>([
    ['', [], 0],
    ['["npx", "prisma migrate", ""]', ['npx', 'prisma migrate', ''], 0],
    ['npx\nprisma\n\n  migrate deploy', ['npx', 'prisma', 'migrate deploy'], 0],
    ['migrate', ['migrate'], 0],
    ['npx prisma migrate deploy', ['npx prisma migrate deploy'], 1],
    ['["npx", 1]', [], 1],
    ['[npx]', [], 1],
  ])('the words %j are %j with %i problems: never a shell line', (text, words, problems) => {
    const reader = readerOf({ command: text });
    expect(reader.words('command')).toEqual(words);
    expect(reader.problems).toHaveLength(problems);
  });

  test('a shell line is answered with the array that was meant', () => {
    const reader = readerOf({ command: 'npx prisma migrate' });
    reader.words('command');
    expect(reader.problems[0]?.next).toContain('["npx","prisma","migrate"]');
  });
});
