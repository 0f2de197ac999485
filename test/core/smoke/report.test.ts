import { describe, expect, test } from '@jest/globals';
import { junitOf } from '#core/smoke/junit';
import { createRedact, excerpt } from '#core/smoke/redact';
import type { CheckResult } from '#core/smoke/result';
import { smokeVerdict } from '#core/smoke/verdict';

function check(name: string, more: Partial<CheckResult> = {}): CheckResult {
  const base = { kind: 'step', ending: 'passed', request: 'GET /', expected: '200', came: '200' } as const;
  return { name, ...base, tries: 1, mismatches: [], ...more };
}

const wrong = { what: 'status', expected: '200', came: '500 <oops>' };

describe('the verdict of a smoke test', () => {
  test.each<[string, readonly CheckResult[], string, string]>([
    ['all pass', [check('a'), check('b')], 'pass', 'smoke-passed'],
    ['one fails', [check('a'), check('b', { ending: 'failed', mismatches: [wrong] })], 'fail', 'smoke-failed'],
    ['nothing was run', [], 'inconclusive', 'no-smoke-steps'],
    ['ready, but no step', [check('ready', { kind: 'ready' })], 'inconclusive', 'no-smoke-steps'],
    [
      'never ready: the steps that were not run do not hide why',
      [check('ready', { kind: 'ready', ending: 'failed' }), check('a', { ending: 'not-run' })],
      'fail',
      'never-ready',
    ],
    [
      'another version',
      [check('version', { kind: 'version', ending: 'wrong-version' }), check('a', { ending: 'not-run' })],
      'fail',
      'wrong-version-served',
    ],
    ['the time ran out', [check('a'), check('b', { ending: 'not-run' })], 'inconclusive', 'smoke-not-run'],
    ['cancelled', [check('a'), check('b', { ending: 'cancelled' })], 'error', 'cancelled'],
  ])('%s', (_, results, verdict, reason) => {
    expect(smokeVerdict(results)).toMatchObject({ verdict, reason });
  });

  test('a pass says whether the version was checked', () => {
    const version = check('version', { kind: 'version', came: '1.3.0' });
    expect(smokeVerdict([version, check('a')]).message).toBe('All 1 step passes, served: 1.3.0.');
    expect(smokeVerdict([check('a')]).evidence).toEqual({ steps: 1, versionChecked: false });
  });
});

test('the JUnit file holds counts, times in seconds and what was expected, and stays XML whatever came', () => {
  const results = [
    check('a & "b"', { latency: 1234 }),
    check('c', { ending: 'failed', mismatches: [{ ...wrong, came: '500 <oops>\u0000\ud800' }], latency: 6 }),
    check('d', { ending: 'not-run', came: 'not run: it never became ready' }),
  ];
  expect(junitOf(results, 'smoke-test', new Date('2026-11-02T09:00:00Z'))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="0" skipped="1" time="1.240">
  <testsuite name="smoke-test" tests="3" failures="1" errors="0" skipped="1" time="1.240" timestamp="2026-11-02T09:00:00">
    <testcase classname="smoke-test" name="a &amp; &quot;b&quot;" time="1.234"/>
    <testcase classname="smoke-test" name="c" time="0.006"><failure message="status: expected 200, came 500 &lt;oops&gt;\uFFFD\uFFFD" type="failure">GET /
status: expected 200, came 500 &lt;oops&gt;\uFFFD\uFFFD</failure></testcase>
    <testcase classname="smoke-test" name="d" time="0.000"><skipped message="not run: it never became ready"/></testcase>
  </testsuite>
</testsuites>
`);
});

describe('secrets', () => {
  const secret = 'pa"ss w/rd';

  test.each([
    ['as they are', `x ${secret} y`],
    ['as JSON spells them', `x ${JSON.stringify(secret).slice(1, -1)} y`],
    ['as URLs spell them', `x ${encodeURIComponent(secret)} y`],
    ['in Base64', `x ${Buffer.from(secret).toString('base64')} y`],
  ])('are hidden %s', (_, text) => {
    expect(createRedact([secret])(text)).toBe('x *** y');
  });

  test('are hidden line by line, and the longer one first', () => {
    expect(createRedact(['one\ntwo', 'on'])('two, one, on')).toBe('***, ***, ***');
  });

  test('are not left by half at the end of an excerpt', () => {
    expect(excerpt(createRedact(['0123456789']))(`${'x'.repeat(295)}0123456789`)).toBe(`${'x'.repeat(295)}***`);
  });

  test('that are empty hide nothing', () => {
    expect(createRedact(['', ' '])('a b')).toBe('a b');
  });
});
