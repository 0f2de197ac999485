import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Happening } from '#core/journal/event';
import { emptyState } from '#core/journal/state';
import type { Release } from '#core/release';
import type { RuleVerdict } from '#core/verdict';
import { environmentFor } from '#core/version/environment-for';
import { createGitHub, type GitHub } from '#github/client';
import { append } from '#github/journal/append';
import type { Permissions } from '#lab/github/ports';
import { judgeCommit } from '../../actions/validate-tag/commit-rules.ts';
import { releaseOf } from '../../actions/validate-tag/release-of.ts';
import { run } from '../core/fixture.ts';
import { flowOf } from '../core/flow/fixture.ts';
import { openLab, type TestLab } from '../lab/github/world.ts';

let lab: TestLab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
  expect(lab.world.unmodelled).toEqual([]);
});

const reads: Permissions = { contents: 'read', checks: 'read', statuses: 'read' };

function gitHub(permissions: Permissions): GitHub {
  const { repository, world, apiUrl, clock } = lab;
  const token = world.issueToken({ repository: repository.fullName, runId: 1, permissions });
  // Nobody waits here: time only runs.
  const sleep = async (milliseconds: number) => clock.advance(milliseconds);
  return createGitHub({
    ...{ token, apiUrl, repository: repository.fullName, random: () => 0.5 },
    clock: { now: clock.now, sleep },
  });
}

function commit(branch: string, from?: string): string {
  lab.clock.advance(60_000);
  const files = { [`${branch}-${lab.clock.now()}.txt`]: 'x' };
  return lab.repository.commit({
    branch,
    message: branch,
    author: 'alice',
    files,
    ...(from === undefined ? {} : { from }),
  });
}

function tag(name: string, at = 'main', more: { annotated?: boolean; signed?: { with: 'ssh'; reason?: string } } = {}) {
  lab.repository.tag(name, { at, tagger: 'alice', ...more });
}

interface Judging {
  readonly policy?: string;
  readonly permissions?: Permissions;
  readonly components?: readonly string[];
}

async function judged(name: string, { policy = '', permissions = reads, components = ['api'] }: Judging = {}) {
  const text = [
    'version: 1',
    'service: shop',
    'components: { api: { target: ecs, cluster: main, service: api, container: api, repository: api } }',
    `environments:\n  prod:\n    from: [vX.Y.Z, vX.Y.Z-rc.N]\n${policy}`,
  ].join('\n');
  const flow = flowOf(text);
  const destination = environmentFor(flow, `refs/tags/${name}`);
  const sha = lab.repository.resolve(`refs/tags/${name}`) ?? '';
  if (!destination.ok) throw new Error(destination.message);
  const release = releaseOf(destination, { sha, tree: sha, message: '' }, flow);
  const before = lab.world.calls.length;
  const rules = await judgeCommit(gitHub(permissions), {
    ...{ flow, destination, release, components },
    state: emptyState('prod'),
    defaultBranch: 'main',
  });
  const calls = lab.world.calls.slice(before).map(({ call }) => call);
  return { rules, calls, said: rules.map(({ rule, verdict, reason }) => `${rule}: ${verdict} ${reason}`) };
}

/** The journal of prod says that this runs. */
async function runs(version: string): Promise<void> {
  const { repository } = lab;
  const sha = repository.resolve(`refs/tags/v${version}`) ?? '';
  const release: Release = { version, tag: `v${version}`, sha, tree: sha };
  const snapshot = { target: 'command', schema: 1, state: {} };
  const happenings: readonly Happening[] = [
    { type: 'started', release, components: ['api'] },
    { type: 'receipt', release, receipt: { component: 'api', before: null, after: snapshot }, outcome: 'succeeded' },
    { type: 'verified', release, checks: [] },
  ];
  let id = 0;
  const newId = () => {
    id += 1;
    return `${version}-${id}`;
  };
  const writer = { github: gitHub({ contents: 'write', actions: 'read' }), run: run(1), now: lab.clock.now, newId };
  await append(writer, 'prod', () => happenings);
}

const passes = (rules: readonly RuleVerdict[]) => rules.every(({ verdict }) => verdict === 'pass');

describe('a tag on main', () => {
  test('is judged with as many calls as there are things to know, and no more', async () => {
    tag('v1.2.0', lab.first);
    commit('main');
    tag('v1.3.0', 'main', { signed: { with: 'ssh' } });
    lab.repository.addCheck({ at: 'main', name: 'build / api', conclusion: 'success' });
    lab.repository.addStatus('bob', { at: 'main', context: 'ci/lint', state: 'success' });
    const policy = '    tags: { annotated: require, signed: require }\n    checks: [build / api, ci/lint]';
    const { said, calls } = await judged('v1.3.0', { policy });
    expect(said).toEqual([
      'tag unmoved: pass tag-unmoved',
      'annotated tag: pass tag-annotated',
      'signature: pass tag-signed',
      'version order: pass version-greater',
      'branch: pass on-branch',
      'check build / api: pass check-passed',
      'check ci/lint: pass check-passed',
    ]);
    expect(calls.toSorted()).toEqual([
      'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      'GET /repos/{owner}/{repo}/commits/{ref}/status',
      'GET /repos/{owner}/{repo}/compare/{basehead}',
      'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
      'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
      'GET /repos/{owner}/{repo}/git/tags/{tag_sha}',
    ]);
  });

  test('without a policy costs the list of its line and one comparison', async () => {
    tag('v1.2.9', lab.first);
    commit('main');
    tag('v1.2.10');
    const { rules, calls } = await judged('v1.2.10');
    expect(passes(rules)).toBe(true);
    expect(calls.toSorted()).toEqual([
      'GET /repos/{owner}/{repo}/compare/{basehead}',
      'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
    ]);
  });

  test('is refused for everything that is wrong with it, all at once (checkout#290)', async () => {
    tag('v1.3.0', lab.first);
    commit('topic', 'main');
    lab.repository.addCheck({ at: 'topic', name: 'build', conclusion: 'failure' });
    tag('v1.2.0', 'topic');
    const policy =
      '    tags: { annotated: require, signed: require, package: package.json }\n    checks: [build, lint]';
    const { said } = await judged('v1.2.0', { policy });
    expect(said).toEqual([
      'tag unmoved: pass tag-unmoved',
      'annotated tag: fail tag-lightweight',
      'signature: fail tag-unsigned',
      'version order: fail version-not-greater',
      'branch: fail not-on-branch',
      'version in package.json: fail package-version-missing',
      'check build: fail check-failed',
      'check lint: fail check-missing',
    ]);
  });

  test('several annotated tags of one commit are each their own object (checkout#882)', async () => {
    tag('v1.0.0-rc.1', 'main', { annotated: true, signed: { with: 'ssh', reason: 'expired_key' } });
    tag('v1.0.0', 'main', { annotated: true });
    const policy = '    tags: { annotated: require, signed: require }';
    expect((await judged('v1.0.0', { policy })).said).toContain('signature: fail tag-unsigned');
    expect((await judged('v1.0.0', { policy })).said).toContain('annotated tag: pass tag-annotated');
    expect((await judged('v1.0.0-rc.1', { policy })).said).toEqual([
      'tag unmoved: pass tag-unmoved',
      'annotated tag: pass tag-annotated',
      'signature: fail tag-key-expired',
      'version order: pass version-greater',
      'candidate order: fail candidate-after-final',
      'branch: pass on-branch',
    ]);
  });

  test('is looked for on other branches when the policy names them, the names first', async () => {
    commit('release/1.2', 'main');
    commit('release/1.3', 'main');
    tag('v1.3.0', 'release/1.3');
    const policy = '    tags: { branch: [release/*, main] }';
    const { rules, calls } = await judged('v1.3.0', { policy });
    expect(rules.find(({ rule }) => rule === 'branch')).toMatchObject({
      verdict: 'pass',
      evidence: { branch: 'release/1.3' },
    });
    expect(calls.filter(call => call.includes('compare'))).toHaveLength(3);
  });
});

describe('a hotfix', () => {
  const policy = '    tags: { hotfix: hotfix/* }';
  const branchOf = async (name: string, given = policy) => {
    const { rules } = await judged(name, { policy: given });
    const { verdict, reason, message } = rules.find(({ rule }) => rule === 'branch') ?? {};
    return [`${verdict} ${reason}`, message];
  };

  beforeEach(async () => {
    commit('main');
    tag('v1.2.0');
    commit('main');
    tag('v1.3.0');
    await runs('1.3.0');
    commit('main');
  });

  test('U: cut from the tag that prod runs', async () => {
    commit('hotfix/a', 'v1.3.0');
    tag('v1.3.1', 'hotfix/a');
    expect(await branchOf('v1.3.1')).toEqual([
      'pass on-hotfix-branch',
      expect.stringContaining('cut from v1.3.0, which prod runs'),
    ]);
  });

  test('U: and the next one, cut from the first', async () => {
    commit('hotfix/a', 'v1.3.0');
    tag('v1.3.1', 'hotfix/a');
    await runs('1.3.1');
    commit('hotfix/b', 'v1.3.1');
    tag('v1.3.2', 'hotfix/b');
    expect(await branchOf('v1.3.2')).toEqual(['pass on-hotfix-branch', expect.anything()]);
    commit('hotfix/c', 'v1.3.0');
    tag('v1.3.3', 'hotfix/c');
    expect(await branchOf('v1.3.3')).toEqual([
      'fail hotfix-base-wrong',
      expect.stringContaining('is not cut from v1.3.1, which prod runs: its changes would be lost'),
    ]);
  });

  test('cut from main further on would bring more than the fix', async () => {
    const stray = commit('main');
    commit('hotfix/a', 'main');
    tag('v1.3.1', 'hotfix/a');
    expect(await branchOf('v1.3.1')).toEqual([
      'fail hotfix-base-wrong',
      expect.stringContaining(`has ${stray.slice(0, 12)} of \`main\`, which prod does not run`),
    ]);
    expect(await branchOf('v1.3.1', '    tags: { hotfix: hotfix/*, hotfix-from: branch }')).toEqual([
      'pass on-hotfix-branch',
      expect.anything(),
    ]);
  });

  test('cut from an older tag would lose what prod runs', async () => {
    commit('hotfix/a', 'v1.2.0');
    tag('v1.2.1', 'hotfix/a');
    expect((await branchOf('v1.2.1'))[0]).toBe('fail hotfix-base-wrong');
  });

  test('on any other branch is none', async () => {
    commit('fix/a', 'v1.3.0');
    tag('v1.3.1', 'fix/a');
    expect(await branchOf('v1.3.1')).toEqual([
      'fail not-on-branch',
      expect.stringContaining('is not on `main`, nor on a hotfix branch `hotfix/*`'),
    ]);
  });
});

describe('what cannot be read is never a pass, and stops no other rule', () => {
  const policy = '    checks: [build]';

  test.each<[string, Permissions, string]>([
    ['checks', { contents: 'read', statuses: 'read' }, 'checks: read'],
    ['statuses', { contents: 'read', checks: 'read' }, 'statuses: read'],
  ])('no permission for %s: the message names it', async (_, permissions, missing) => {
    tag('v1.0.0');
    const { rules } = await judged('v1.0.0', { policy, permissions });
    expect(rules.at(-1)).toMatchObject({
      ...{ rule: 'check build', verdict: 'inconclusive', reason: 'github-permission-missing' },
      next: `Give the job \`permissions: ${missing}\`.`,
    });
    expect(rules.filter(({ verdict }) => verdict === 'pass')).toHaveLength(3);
  });

  test('GitHub does not answer', async () => {
    tag('v1.0.0');
    lab.world.addFault({
      call: 'GET /repos/{owner}/{repo}/compare/{basehead}',
      fault: { kind: 'error', status: 503, effect: false },
    });
    const { said } = await judged('v1.0.0');
    expect(said).toEqual([
      'tag unmoved: pass tag-unmoved',
      'version order: pass version-greater',
      'branch: inconclusive api-unavailable',
    ]);
  });

  test('a branch that is not there', async () => {
    tag('v1.0.0');
    const { rules } = await judged('v1.0.0', { policy: '    tags: { branch: master }' });
    expect(rules.at(-1)).toMatchObject({ verdict: 'inconclusive', reason: 'branch-unknown' });
  });

  test('more branches than can be looked at', async () => {
    commit('topic', 'main');
    tag('v1.0.0', 'topic');
    for (let count = 0; count < 21; count += 1) commit(`release/${count}`, 'main');
    const { rules } = await judged('v1.0.0', { policy: '    tags: { branch: release/* }' });
    expect(rules.at(-1)).toMatchObject({ verdict: 'inconclusive', reason: 'branches-too-many' });
  });
});
