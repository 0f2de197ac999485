import { describe, expect, test } from '@jest/globals';
import { readTagPolicy } from '#core/flow/tag-policy';
import { judgeBranch, type WhereAbouts } from '#core/tags/on-branch';
import { parseBranchSelector } from '#core/version/branches';
import { release } from '../fixture.ts';

function selector(text: string) {
  const result = parseBranchSelector(text);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const hotfix = [selector('hotfix/*')];
const policy = { ...readTagPolicy(undefined), hotfix };
const prod = { environment: 'prod', release: release('1.3.0') };
const off = (facts: NonNullable<WhereAbouts['hotfix']>): WhereAbouts => ({ allowed: '`main`', hotfix: facts });
const fixed = { on: 'hotfix/invoices', deployed: prod, containsDeployed: true };

describe('the commit is on an allowed branch, or on a hotfix branch that was cut from what runs', () => {
  test.each<[string, WhereAbouts, Partial<typeof policy>, string, string]>([
    ['on main', { allowed: '`main`', on: 'main' }, {}, 'pass on-branch', 'is on `main`'],
    ['nowhere', { allowed: '`main`' }, { hotfix: [] }, 'fail not-on-branch', 'is not on `main`.'],
    ['no hotfix either', off({}), {}, 'fail not-on-branch', 'nor on a hotfix branch `hotfix/*`'],
    ['U: cut from the tag of prod', off(fixed), {}, 'pass on-hotfix-branch', 'cut from v1.3.0, which prod runs'],
    [
      'U: cut from an older tag',
      off({ ...fixed, containsDeployed: false }),
      {},
      'fail hotfix-base-wrong',
      'its changes would be lost',
    ],
    [
      'U: cut from main, further on',
      off({ ...fixed, stray: { branch: 'main', sha: 'abc' } }),
      {},
      'fail hotfix-base-wrong',
      'has abc of `main`, which prod does not run',
    ],
    [
      'U: prod runs nothing',
      off({ on: 'hotfix/invoices', deployed: { ...prod, release: null } }),
      {},
      'fail hotfix-base-wrong',
      'nothing that could be fixed',
    ],
    ['nothing is known of prod', off({ on: 'hotfix/invoices' }), {}, 'fail hotfix-base-wrong', 'nothing that could'],
    [
      'C, N, H: cut from main',
      off({ on: 'hotfix/invoices' }),
      { hotfixFrom: 'branch' },
      'pass on-hotfix-branch',
      'on the hotfix branch `hotfix/invoices`',
    ],
  ])('%s', (_, where, change, expected, message) => {
    const judged = judgeBranch(release('1.3.1'), { ...policy, ...change }, where);
    expect(`${judged.verdict} ${judged.reason}`).toBe(expected);
    expect(judged.message).toContain(message);
    if (judged.verdict !== 'pass') expect(judged.next).toBeDefined();
  });
});

describe('branches are named, or by the beginning of their names', () => {
  test.each([
    ['main', { kind: 'name', name: 'main' }],
    ['release/1.x', { kind: 'name', name: 'release/1.x' }],
    ['hotfix/*', { kind: 'prefix', prefix: 'hotfix/' }],
    ['release-*', { kind: 'prefix', prefix: 'release-' }],
  ])('%s', (text, expected) => {
    expect(parseBranchSelector(text)).toEqual({ ok: true, value: { text, ...expected } });
  });

  test.each(['', '*', ' ', '/*', 'a*b', '*/fix', 'refs/heads/main', 'my branch', 'a..b', 'main.lock', 'main/'])(
    '%j is none',
    text => {
      expect(parseBranchSelector(text)).toMatchObject({ ok: false });
    },
  );
});
