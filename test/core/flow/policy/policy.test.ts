import { describe, expect, test } from '@jest/globals';
import { type FlowResult, openFlow, parseFlow } from '#core/flow/parse';
import { type Policy, parsePolicy } from '#core/flow/policy/policy';
import { readPolicyReference } from '#core/flow/policy/reference';
import { formatProblem } from '#core/flow/problem';
import { small } from '../fixture.ts';

const sha = '5f3a1c0de94b7286a1f05c3be7d9284610afce37';
const named = `org/policies//release.yml@${sha}`;
const reference = { owner: 'org', repo: 'policies', path: 'release.yml', sha };

function policy(environments: string, top = ''): Policy {
  const result = parsePolicy(`version: 1\n${top}environments:\n${environments}`, reference);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.policy;
}

function under(asked: string, environment: string, { top = '', ofPolicy = '' } = {}): FlowResult {
  const text = small({ environment: `from: main\n${environment}`, top: `extends: ${named}\n${top}` });
  return parseFlow(text, { file: 'flow.yml', policy: policy(`  dev: ${asked}\n`, ofPolicy) });
}

/** What holds in the environment; or every problem, as a compiler prints it. */
function holds(...given: Parameters<typeof under>) {
  const result = under(...given);
  return result.ok ? result.flow.environments.dev : result.problems.map(formatProblem);
}

describe('which policy', () => {
  test.each([
    [named, { ok: true, value: reference }],
    [`org/policies//a/b.yml@${sha}`, { ok: true, value: { path: 'a/b.yml' } }],
    ['org/policies//release.yml@main', { ok: false, message: '`main` is not a whole commit' }],
    ['org/policies//release.yml@5f3a1c0', { ok: false, message: '`5f3a1c0` is not a whole commit' }],
    [`org/policies/release.yml@${sha}`, { ok: false, message: expect.stringContaining('does not name a file') }],
    ['org/policies//release.yml', { ok: false, message: expect.stringContaining('does not name a file') }],
    [`org/policies//../x@${sha}`, { ok: false, message: '`../x` is not a path in that repository' }],
  ])('%s', (text, reading) => {
    expect(readPolicyReference(text)).toMatchObject(reading);
  });

  test('a flow file says which one it extends', () => {
    expect(openFlow(small({ top: `extends: ${named}` }), 'flow.yml').policy).toEqual(reference);
    expect(openFlow(small({}), 'flow.yml').policy).toBeUndefined();
    expect(openFlow('{', 'flow.yml').policy).toBeUndefined();
  });

  test('a flow file is not read without the rules that it extends, nor with others', () => {
    const text = small({ top: `extends: ${named}` });
    const problem = expect.objectContaining({ path: 'extends', message: 'was not read' });
    expect(parseFlow(text, { file: 'flow.yml' })).toEqual({ ok: false, problems: [problem] });
    const other: Policy = { ...policy('  dev: {}\n'), reference: { ...reference, sha: '0'.repeat(40) } };
    expect(parseFlow(text, { file: 'flow.yml', policy: other })).toEqual({ ok: false, problems: [problem] });
  });
});

describe('what only the policy says holds', () => {
  test('as if it were written in the file', () => {
    expect(
      holds('{ approve: { by: ops, within: 1h }, no-open-issues: critical, on-failure: rollback }', ''),
    ).toMatchObject({
      approve: { by: ['ops'], within: 3_600_000, count: 1 },
      gates: { 'no-open-issues': ['critical'] },
      onFailure: 'rollback',
    });
  });

  test('parts that the file leaves out, too', () => {
    expect(holds('{ approve: { by: [lead, ops], within: 1h, count: 2 } }', 'approve: { by: ops }')).toMatchObject({
      approve: { by: ['ops'], within: 3_600_000, count: 2 },
    });
  });

  test('in every environment, and in those of a name besides', () => {
    const rules = policy('  "*": { no-open-issues: critical }\n  dev: { no-open-issues: incident }\n');
    const result = parseFlow(small({ top: `extends: ${named}` }), { file: 'flow.yml', policy: rules });
    const gates = { 'no-open-issues': ['incident', 'critical'] };
    expect(result).toMatchObject({ ok: true, flow: { environments: { dev: { gates } } } });
  });

  test('a policy of an environment that is not there is told, for it may be misspelt', () => {
    const rules = policy('  prod: { no-open-issues: critical }\n');
    const result = parseFlow(small({ top: `extends: ${named}` }), { file: 'flow.yml', policy: rules });
    const message = 'the policy speaks of `prod`, and there is no such environment';
    expect(result).toMatchObject({ ok: true, warnings: [{ path: 'extends', message }] });
  });

  test('a mistake that is in the policy alone has its place there', () => {
    expect(holds('{ soak: 24h }', '')).toEqual([
      'org/policies//release.yml@5f3a1c0:3:10: environments.dev.soak: there is no earlier environment to soak in (name it with `after`)',
    ]);
  });
});

describe('the repository can tighten', () => {
  test.each<[string, string, string, object]>([
    [
      'people',
      'approve: { by: [lead, ops], count: 1 }',
      'approve: { by: [ops], count: 2 }',
      { approve: { by: ['ops'], count: 2 } },
    ],
    [
      'time to approve',
      'approve: { by: ops, within: 4h }',
      'approve: { by: ops, within: 1h }',
      { approve: { within: 3_600_000 } },
    ],
    [
      'labels',
      'no-open-issues: critical',
      'no-open-issues: [bug]',
      { gates: { 'no-open-issues': ['bug', 'critical'] } },
    ],
    [
      'the same label',
      'no-open-issues: critical',
      'no-open-issues: critical',
      { gates: { 'no-open-issues': ['critical'] } },
    ],
    [
      'reviews',
      'reviews: { count: 2 }',
      'reviews: { by: security }',
      { gates: { reviews: [{ count: 1, by: ['security'] }, { count: 2 }] } },
    ],
    ['checks', 'checks: build', 'checks: { require: [lint] }', { gates: { checks: { names: ['lint', 'build'] } } }],
    [
      'windows',
      'window: { zone: Australia/Brisbane, require: Mon-Fri 09:00-17:00 }',
      'window: { zone: Australia/Brisbane, require: [Tue-Thu 10:00-12:00, Tue 14:00-16:00] }',
      { gates: { window: { require: [{ text: 'Tue-Thu 10:00-12:00' }, { text: 'Tue 14:00-16:00' }] } } },
    ],
    [
      'freezes',
      'freeze: { zone: Australia/Brisbane, last: 3 days of the quarter }',
      'freeze: { zone: Australia/Brisbane, dates: 2026-12-25 Christmas }',
      { gates: { freeze: { dates: [{ reason: 'Christmas' }], last: [{ days: 3, of: 'quarter' }] } } },
    ],
    [
      'the watch',
      'watch: { for: 15m, alarms: all-* }',
      'watch: { for: 1h, fail-if: [ecs-cpu > 80%] }',
      { watch: { for: 3_600_000, alarms: [{ prefix: 'all-' }], limits: [{}] } },
    ],
    [
      'what is its own',
      'no-open-issues: critical',
      'queue: in-order',
      { queue: 'in-order', gates: { 'no-open-issues': ['critical'] } },
    ],
    [
      'rules that only it has, in an emergency',
      'no-open-issues: critical',
      'reviews: { count: 1 }\nbreak-glass: { rules: [reviews], by: ops }',
      { breakGlass: { rules: ['reviews'] } },
    ],
    [
      'rules that the policy lets an emergency break',
      'reviews: { count: 1 }, break-glass: { rules: [reviews, soak], by: ops }',
      'break-glass: { rules: [reviews], by: ops }',
      { breakGlass: { rules: ['reviews'] } },
    ],
    [
      'reviews that an emergency needs all the same, and others of its own',
      'reviews: { count: 2 }, break-glass: { rules: [reviews], by: ops, reviews: { by: ops } }',
      'break-glass: { rules: [reviews], by: ops, reviews: { by: dev } }',
      { breakGlass: { reviews: [{ roles: ['dev'] }, { roles: ['ops'] }] } },
    ],
  ])('%s', (_what, asked, own, expected) => {
    expect(holds(`{ ${asked} }`, own)).toMatchObject(expected);
  });

  test('a tag policy', () => {
    const text = small({ environment: 'from: vX.Y.Z\ntags: { signed: require }', top: `extends: ${named}` });
    const result = parseFlow(text, { file: 'flow.yml', policy: policy('  dev: { tags: { annotated: require } }\n') });
    expect(result).toMatchObject({
      ok: true,
      flow: { environments: { dev: { tags: { annotated: true, signed: true } } } },
    });
  });
});

describe('the repository cannot loosen', () => {
  const see = 'see org/policies//release.yml@5f3a1c0:3:';
  test.each<[string, string, string]>([
    ['approve: { by: ops }', 'approve: { by: [ops, dev] }', 'approve.by: allows `dev`, and the policy only `ops`'],
    [
      'approve: { by: ops, count: 2 }',
      'approve: { by: ops, count: 1 }',
      'approve.count: is less than the `2` of the policy',
    ],
    [
      'approve: { by: ops, within: 1h }',
      'approve: { by: ops, within: 90m }',
      'approve.within: is more than the `1h` of the policy',
    ],
    [
      'checks: build',
      'checks: { require: build, allow: skipped }',
      'checks.allow: loosens `require` of the policy, which says nothing of `allow`',
    ],
    [
      'watch: { for: 1h, alarms: a }',
      'watch: { for: 15m, alarms: a }',
      'watch.for: is less than the `1h` of the policy',
    ],
    ['on-failure: rollback', 'on-failure: leave', 'on-failure: has to be `rollback`, as the policy says'],
    ['checklist: a.md', 'checklist: b.md', 'checklist: has to be `a.md`, as the policy says'],
    ['way-back: true', 'way-back: false', 'way-back: has to be `true`, as the policy says'],
    ['way-back: true', 'way-back: api', 'way-back: has to be `true`, as the policy says'],
    [
      'window: { zone: Australia/Brisbane, require: Mon-Fri 09:00-17:00 }',
      'window: { zone: Australia/Brisbane, require: Tue 16:59-17:01 }',
      'window.require: opens outside of `Mon-Fri 09:00-17:00` of the policy',
    ],
    [
      'window: { zone: Australia/Brisbane, require: Mon-Fri 09:00-17:00 }',
      'window: { zone: Asia/Tokyo, require: Mon-Fri 09:00-17:00 }',
      'window.zone: has to be `Australia/Brisbane`, as the policy says',
    ],
    [
      'reviews: { count: 1 }',
      'break-glass: { rules: [reviews], by: ops }',
      'break-glass.rules[0]: the policy asks for `reviews`, and lets no emergency break it',
    ],
    [
      'break-glass: { rules: [reviews], by: ops }',
      'break-glass: { rules: [reviews, soak], by: ops }',
      'break-glass.rules: allows `soak`, and the policy only `reviews`',
    ],
  ])('%s against %s', (asked, own, message) => {
    expect(holds(`{ ${asked} }`, own)).toEqual([expect.stringContaining(`environments.dev.${message} (${see}`)]);
  });

  test('what leads to an environment', () => {
    const text = small({ environment: 'from: [main, dev]', top: `extends: ${named}` });
    const result = parseFlow(text, { file: 'flow.yml', policy: policy('  dev: { from: main }\n') });
    expect(result).toMatchObject({
      ok: false,
      problems: [{ line: 12, path: 'environments.dev.from', message: 'allows `dev`, and the policy only `main`' }],
    });
  });

  test('a hotfix branch where the policy names the branches', () => {
    const text = small({ environment: 'from: vX.Y.Z\ntags: { hotfix: hotfix/* }', top: `extends: ${named}` });
    const result = parseFlow(text, { file: 'flow.yml', policy: policy('  dev: { tags: { branch: main } }\n') });
    const message = 'loosens `branch` of the policy, which says nothing of `hotfix`';
    expect(result).toMatchObject({ ok: false, problems: [{ path: 'environments.dev.tags.hotfix', message }] });
  });

  test('the people of a role of the policy; it has some fewer, or roles of its own', () => {
    const ofPolicy = 'roles: { ops: [olga, otto] }\n';
    expect(holds('{ approve: { by: ops } }', '', { ofPolicy, top: 'roles: { ops: [olga, mallory] }' })).toEqual([
      'flow.yml:15:15: roles.ops: allows `mallory`, and the policy only `olga`, `otto` (see org/policies//release.yml@5f3a1c0:2:15)',
    ]);
    const result = under('{ approve: { by: ops } }', '', { ofPolicy, top: 'roles: { ops: [olga], dev: [dora] }' });
    expect(result).toMatchObject({ ok: true, flow: { roles: { ops: ['olga'], dev: ['dora'] } } });
  });

  test('enforcement, unless the policy itself only advises', () => {
    const top = 'enforce: false';
    expect(holds('{ no-open-issues: critical }', '', { top })).toEqual([
      'flow.yml:15:10: enforce: would switch the policy off (leave it out)',
    ]);
    const ofPolicy = 'enforce: false\n';
    expect(under('{ no-open-issues: critical }', '', { ofPolicy })).toMatchObject({
      ok: true,
      flow: { enforce: false },
    });
    expect(under('{}', '', { ofPolicy, top: 'enforce: true' })).toMatchObject({ ok: true, flow: { enforce: true } });
  });
});

test('a policy says nothing of where things are, and is wrong with its own places', () => {
  const problems = (text: string) => {
    const result = parsePolicy(text, reference);
    return result.ok ? [] : result.problems.map(formatProblem);
  };
  expect(
    problems(
      'version: 1\nenvironments:\n  prod:\n    role: arn:aws:iam::111111111111:role/x\n    aprove: { by: ops }\n',
    ),
  ).toEqual([
    expect.stringMatching(
      /^org.policies..release.yml@5f3a1c0:4:5: environments.prod.role: unknown key `role` \(known here: from, tags,/,
    ),
    'org/policies//release.yml@5f3a1c0:5:5: environments.prod.aprove: unknown key `aprove` (did you mean `approve`?)',
  ]);
  expect(problems('[')).toHaveLength(1);
});
