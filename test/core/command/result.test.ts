import { describe, expect, test } from '@jest/globals';
import { readCommandResult } from '#core/command/result';

describe('what a script tells the action', () => {
  test.each([
    ['', {}],
    [' \n', {}],
    ['{}', {}],
    ['{"changed":false,"message":"as it was"}', { changed: false, message: 'as it was' }],
    ['{"outputs":{"url":"https://a","tasks":3,"new":true}}', { outputs: { url: 'https://a', tasks: 3, new: true } }],
    ['{"receipt":{"version":"1.2.0"}}', { receipt: { version: '1.2.0' } }],
    ['{"receipt":null}', { receipt: null }],
  ])('%s', (text, result) => {
    expect(readCommandResult(text)).toEqual({ ok: true, result });
  });

  test.each([
    ['changed: true', 'it is not JSON'],
    ['[]', 'the whole: is not a object'],
    ['{"changed":"yes"}', 'changed: is not a boolean'],
    [
      '{"outcome":"succeeded"}',
      'the whole: outcome is not known; there are changed, message, outputs, receipt, changes',
    ],
    ['{"receipt":"1.2.0"}', 'receipt: is not a record'],
    [
      JSON.stringify({ receipt: { long: 'x'.repeat(20_000) } }),
      'its receipt has 20011 characters, and 16384 are the most',
    ],
  ])('%.40s is refused', (text, message) => {
    expect(readCommandResult(text)).toEqual({ ok: false, message });
  });
});
