import { describe, expect, test } from '@jest/globals';
import type { Plan } from '#core/plan/plan';
import { judge } from '#core/verdict';
import { reviewersPage } from '../../actions/gate-approval/page.ts';
import { whatChanges } from '../../actions/gate-approval/what-changes.ts';
import { planOf, release, stateAfter, verifiedRelease } from '../core/fixture.ts';
import { gateFacts } from '../core/gate/fixture.ts';

const nothingSeen = { comparison: undefined, forecast: undefined };
const api = { name: 'api', target: 'ecs' } as Plan['waves'][number][number];

describe('what changes against what runs', () => {
  const state = stateAfter(verifiedRelease('1.3.0', null));
  const lines = (plan: Plan, seen: Parameters<typeof whatChanges>[2] = nothingSeen) =>
    whatChanges(plan, state, seen).join('\n');

  test('a component without a digest is known by its release', () => {
    expect(lines(planOf('1.4.0', { waves: [[api]] }))).toContain('| api | ecs | 1.3.0 | 1.4.0 |');
    const web = { ...api, name: 'web' };
    expect(lines(planOf('1.4.0', { waves: [[web]] }))).toContain('| web | ecs | — | 1.4.0 |');
  });

  test('and one with a digest by that', () => {
    const plan = planOf('1.4.0', { waves: [[api]], artifacts: { api: { image: 'sha256:0123456789abcdef0123' } } });
    expect(lines(plan)).toContain('| api | ecs | 1.3.0 | sha256:0123456789ab |');
  });

  test('a release of a branch goes by its commit, which is said once', () => {
    const commit = '0123456789abcdef';
    const { tag: _, ...ofBranch } = release(commit.slice(0, 12), { sha: commit });
    expect(lines(planOf('1.4.0', { release: ofBranch }))).toContain('to **0123456789ab**.');
    expect(lines(planOf('1.4.0'))).toContain('to **1.4.0** (sha-1.4.0).');
  });

  test('a plan that people read first is shown by the job that makes it', () => {
    const network = { name: 'network', target: 'command', tool: 'terraform', preview: true };
    const waves = [[api, network as Plan['waves'][number][number]]];
    const told = 'What **network** would change is shown by the job `preview`, beneath, before anybody is asked';
    expect(lines(planOf('1.4.0', { waves }))).toContain(told);
    expect(lines(planOf('1.4.0', { waves, parts: 2 }))).not.toContain('`preview`');
    expect(lines(planOf('1.4.0', { waves: [[api]] }))).not.toContain('`preview`');
  });

  test('commits and their pull requests can be followed', () => {
    const url = 'https://github.com/acme/shop/compare/a...b';
    const commits = [
      { sha: 'a'.repeat(40), title: 'Faster search (#12)', author: 'ann' },
      { sha: 'b'.repeat(40), title: 'Merge pull request #13 from acme/x#y, colour #fff', author: 'ben' },
    ];
    const text = lines(planOf('1.4.0'), { ...nothingSeen, comparison: { commits, total: 2, behind: 0, url } });
    expect(text).toContain(
      `| [aaaaaaaaaaaa](https://github.com/acme/shop/commit/${'a'.repeat(40)}) | Faster search ([#12](https://github.com/acme/shop/pull/12)) | ann |`,
    );
    expect(text).toContain(
      'Merge pull request [#13](https://github.com/acme/shop/pull/13) from acme/x#y, colour #fff | ben |',
    );
  });
});

describe('the way back', () => {
  const page = (took: number | undefined) => {
    const back = {
      type: 'rolled-back',
      from: release('1.4.0'),
      to: release('1.3.0'),
      reason: 'checkout is slow',
      snapshots: {},
      ...(took === undefined ? {} : { took }),
    } as const;
    const facts = gateFacts({ plan: planOf('1.5.0'), state: stateAfter([...verifiedRelease('1.3.0', null), back]) });
    return reviewersPage(facts, judge([]), nothingSeen);
  };

  test('says how long it took last time', () => {
    expect(page(254_321)).toContain(
      'The last rollback was on 2026-11-02, from 1.4.0, and took 4 min 14 s: checkout is slow',
    );
  });

  test('an older version of the suite has not written that down', () => {
    expect(page(undefined)).toContain('from 1.4.0: checkout is slow');
  });
});
