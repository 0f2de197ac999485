import { describe, expect, test } from '@jest/globals';
import { type Answer, mismatchesOf } from '#core/smoke/answer';
import { isServed, servedVersion } from '#core/smoke/served-version';
import type { Expectation } from '#core/smoke/smoke-file';

const ok: Expectation = { status: [200], headers: {}, jsonAt: {}, bodyContains: [] };

function answer(body: unknown, more: Partial<Answer> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer', status: 200, headers: {}, body: text, latency: 120, ...more };
}

function said(expect: Partial<Expectation>, came: Answer): readonly string[] {
  return mismatchesOf({ ...ok, ...expect }, came).map(
    mismatch => `${mismatch.what}: expected ${mismatch.expected}, came ${mismatch.came}`,
  );
}

describe('an answer meets its expectations', () => {
  const desks = { total: 2, items: [{ id: 1, name: 'window', free: null }, { id: 2 }] };

  test.each<[string, Partial<Expectation>]>([
    ['with more members than expected', { json: { contains: { total: 2 } } }],
    ['with whole entries of a list', { json: { contains: { items: [{ name: 'window' }, { id: 2 }] } } }],
    ['at a place in it', { jsonAt: { '/items/0/name': 'window' } }],
    ['with null where null is expected', { jsonAt: { '/items/0/free': null } }],
    ['by text', { bodyContains: ['"window"', 'total'] }],
    ['in time, to the millisecond', { within: 120 }],
  ])('%s', (_, expectation) => {
    expect(said(expectation, answer(desks))).toEqual([]);
  });

  test.each<[string, Partial<Expectation>, Answer, readonly string[]]>([
    ['another value', { json: { contains: { total: 3 } } }, answer(desks), ['json /total: expected 3, came 2']],
    ['text for a number', { json: { contains: { a: 1 } } }, answer({ a: '1' }), ['json /a: expected 1, came "1"']],
    ['nothing for null', { json: { contains: { a: null } } }, answer({}), ['json /a: expected null, came nothing']],
    ['a longer list', { json: { contains: [1] } }, answer([1, 2]), ['json: expected 1 entries, came 2 entries']],
    ['no such place', { jsonAt: { '/items/7': 1 } }, answer(desks), ['json /items/7: expected 1, came nothing']],
    ['a list for an object', { json: { contains: {} } }, answer([]), ['json: expected {}, came []']],
    [
      'what is inherited',
      { json: { contains: { toString: 1 } } },
      answer({}),
      ['json /toString: expected 1, came nothing'],
    ],
    ['no JSON', { json: { contains: {} } }, answer('<html>'), ['json: expected JSON, came <html>']],
    ['an empty body', { json: { contains: {} } }, answer(''), ['json: expected JSON, came an empty body']],
    ['too late', { within: 119 }, answer(desks), ['time: expected at most 119 ms, came 120 ms']],
    [
      'another status, with what the body says',
      {},
      answer('boom', { status: 500 }),
      ['status: expected 200, came 500 boom'],
    ],
    [
      'a redirect that nobody asked to follow',
      {},
      answer('', { status: 302, headers: { location: '/login' } }),
      ['status: expected 200, came 302 to /login'],
    ],
    [
      'a header that merely resembles',
      { headers: { 'Content-Type': 'application/json' } },
      answer('', { headers: { 'content-type': 'application/json; charset=utf-8' } }),
      ['header Content-Type: expected application/json, came application/json; charset=utf-8'],
    ],
    ['no such header', { headers: { 'x-a': '*' } }, answer(''), ['header x-a: expected *, came nothing']],
  ])('not with %s', (_, expectation, came, mismatches) => {
    expect(said(expectation, came)).toEqual(mismatches);
  });
});

describe('the served version', () => {
  const sha = '0123456789abcdef0123456789abcdef01234567';

  test.each([
    ['1.3.0', { version: '1.3.0' }, true],
    ['v1.3.0', { version: '1.3.0' }, true],
    ['1.3.0-stage', { version: '1.3.0' }, false],
    ['1.3.01', { version: '1.3.0' }, false],
    ['', { version: '1.3.0', sha }, false],
    [sha, { version: '1.3.0', sha }, true],
    ['0123456', { version: '1.3.0', sha }, true],
    ['012345', { version: '1.3.0', sha }, false],
    ['0123457', { version: '1.3.0', sha }, false],
    [sha, { version: '0123456789ab' }, true],
    ['1.3.0', { version: '1.2.0', or: { version: '1.3.0', sha } }, true],
    [sha, { version: '1.2.0', or: { version: '1.3.0', sha } }, true],
    ['1.4.0', { version: '1.2.0', or: { version: '1.3.0', sha } }, false],
  ])('%s for %j: %s', (served, wanted, expected) => {
    expect(isServed(served, wanted)).toBe(expected);
  });

  test.each([
    ['json', { in: 'json', pointer: '/app/version' } as const],
    ['header', { in: 'header', header: 'X-Version' } as const],
    ['body', { in: 'body' } as const],
  ])('is found in the %s', (place, found) => {
    const body = place === 'json' ? { app: { version: '1.2.0' } } : '1.2.0\n';
    const came = answer(body, { headers: { 'x-version': '1.2.0' } });
    const result = servedVersion({ path: '/', found }, { version: '1.3.0' }, came);
    expect(result.served).toBe('1.2.0');
    expect(result.mismatches).toMatchObject([{ expected: '1.3.0', came: '1.2.0' }]);
  });

  test('is not taken from the page of an error', () => {
    const came = answer({ version: '1.3.0' }, { status: 503 });
    const check = { path: '/', found: { in: 'json', pointer: '/version' } } as const;
    expect(servedVersion(check, { version: '1.3.0' }, came)).toMatchObject({ mismatches: [{ what: 'status' }] });
  });
});
