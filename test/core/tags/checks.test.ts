import { describe, expect, test } from '@jest/globals';
import type { Lenient } from '#core/flow/gates/checks';
import { type CommitCheck, judgeChecks } from '#core/tags/checks';

let ids = 0;
function check(name: string, conclusion: string | undefined, kind: CommitCheck['kind'] = 'check'): CommitCheck {
  ids += 1;
  return { kind, name, id: ids, conclusion, url: `https://github.com/acme/unifocus/runs/${ids}` };
}

function judgedAs(found: readonly CommitCheck[], allow: readonly Lenient[] = []): string {
  const [{ verdict, reason } = { verdict: 'none', reason: '' }] = judgeChecks(
    { names: ['build'], allow },
    'abc',
    found,
  );
  return `${verdict} ${reason}`;
}

describe('a required check', () => {
  test.each<[string, readonly CommitCheck[], string]>([
    ['succeeded', [check('build', 'success')], 'pass check-passed'],
    ['never ran', [], 'fail check-missing'],
    ['never ran, others did', [check('lint', 'success')], 'fail check-missing'],
    ['is still running', [check('build', undefined)], 'wait check-running'],
    ...['failure', 'timed_out', 'cancelled', 'action_required', 'stale', 'no conclusion', 'of tomorrow'].map(
      (conclusion): [string, readonly CommitCheck[], string] => [
        `ended in ${conclusion}`,
        [check('build', conclusion)],
        'fail check-failed',
      ],
    ),
    ['was skipped', [check('build', 'skipped')], 'fail check-inconclusive'],
    ['was neutral', [check('build', 'neutral')], 'fail check-inconclusive'],
    ['failed and then succeeded', [check('build', 'failure'), check('build', 'success')], 'pass check-passed'],
    ['succeeded and then failed', [check('build', 'success'), check('build', 'failure')], 'fail check-failed'],
    ['succeeded and runs again', [check('build', 'success'), check('build', undefined)], 'wait check-running'],
    [
      'succeeded and was skipped by the run of the tag',
      [check('build', 'success'), check('build', 'skipped')],
      'pass check-passed',
    ],
    [
      'failed and was skipped by the run of the tag',
      [check('build', 'failure'), check('build', 'skipped')],
      'fail check-failed',
    ],
    [
      'is listed in another order',
      [check('build', 'failure'), check('build', 'success')].toReversed(),
      'pass check-passed',
    ],
    ['is a status', [check('build', 'success', 'status')], 'pass check-passed'],
    ['is a status that failed', [check('build', 'failure', 'status')], 'fail check-failed'],
    ['is a status with an error', [check('build', 'error', 'status')], 'fail check-failed'],
    ['is a status that is pending', [check('build', undefined, 'status')], 'wait check-running'],
    [
      'is both, and only one succeeded',
      [check('build', 'failure', 'status'), check('build', 'success')],
      'fail check-failed',
    ],
    [
      'is both, and one still runs',
      [check('build', undefined, 'status'), check('build', 'success')],
      'wait check-running',
    ],
    [
      'is both, and both succeeded',
      [check('build', 'success', 'status'), check('build', 'success')],
      'pass check-passed',
    ],
  ])('%s', (_, found, expected) => {
    expect(judgedAs(found)).toBe(expected);
  });

  test.each<[string, readonly Lenient[], string]>([
    ['skipped', ['skipped'], 'pass check-passed'],
    ['neutral', ['neutral'], 'pass check-passed'],
    ['neutral', ['skipped'], 'fail check-inconclusive'],
    ['skipped', ['neutral'], 'fail check-inconclusive'],
    ['failure', ['skipped', 'neutral'], 'fail check-failed'],
  ])('%s, where %j counts', (conclusion, allow, expected) => {
    expect(judgedAs([check('build', conclusion)], allow)).toBe(expected);
    expect(judgedAs([check('build', 'failure'), check('build', 'skipped')], allow)).toBe('fail check-failed');
  });

  test('that is misspelt is told what was probably meant; each of several is judged on its own', () => {
    const found = [check('build / api', 'success'), check('lint', undefined)];
    const verdicts = judgeChecks({ names: ['biuld / api', 'lint', 'build / api'], allow: [] }, 'abc', found);
    expect(verdicts.map(({ rule, verdict }) => `${rule}: ${verdict}`)).toEqual([
      'check biuld / api: fail',
      'check lint: wait',
      'check build / api: pass',
    ]);
    expect(verdicts[0]?.next).toContain('did you mean `build / api`?');
    expect(verdicts[1]?.message).toContain('lint is still running');
  });
});

test('what still runs is missing, by name', () => {
  const rules = judgeChecks({ names: ['build', 'lint'], allow: [] }, 'a'.repeat(40), [
    check('build', undefined),
    check('lint', 'success'),
  ]);
  expect(rules.map(({ missing }) => missing)).toEqual([['build'], undefined]);
});
