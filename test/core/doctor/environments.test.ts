import { describe, expect, test } from '@jest/globals';
import { examineEnvironments } from '#core/doctor/environments';
import type { EnvironmentSettings, RefRule } from '#core/doctor/facts';
import { asDemanded, factsOf, heads, known, notRead } from './fixture.ts';

const flow = 'from: vX.Y.Z\napprove: { by: [lead, ops] }';
const examined = (settings: Partial<EnvironmentSettings>, lines = flow) =>
  examineEnvironments(factsOf(lines, { environments: { prod: known({ ...asDemanded, ...settings }) } }));

test('nothing is wrong where GitHub is as the flow file demands', () => {
  expect(heads(examined({}))).toEqual([
    'ok environment prod',
    'ok environment prod: reviewers',
    'ok environment prod: own releases',
    'ok environment prod: branches and tags',
  ]);
});

describe('it is wrong', () => {
  test.each<[string, Partial<EnvironmentSettings>, string, string]>([
    [
      'that nobody is asked',
      { reviewers: [] },
      'reviewers',
      'GitHub asks nobody: a release waits until lena or @acme/ops',
    ],
    ['that somebody is not asked', { reviewers: ['lena'] }, 'reviewers', '@acme/ops may approve'],
    ['that somebody else may click', { reviewers: ['lena', '@ops', 'mia'] }, 'reviewers', 'GitHub lets mia approve'],
    ['that people may approve themselves', { preventsSelfReview: false }, 'own releases', 'whoever started a run'],
    ['that any ref may enter', { refs: 'any' }, 'branches and tags', 'Any branch and any tag'],
    ['that no tag may enter', { refs: 'protected' }, 'branches and tags', 'so no tag does'],
    ['that nothing may enter', { refs: [] }, 'branches and tags', 'refuse tag v*.*.*, branch main'],
    ['that no rollback may', { refs: [{ kind: 'tag', pattern: 'v*' }] }, 'branches and tags', 'refuse branch main'],
    [
      'that a branch is called as the tags',
      { refs: [...(asDemanded.refs as []).slice(0, 1), { kind: 'branch', pattern: 'v*' }] },
      'branches and tags',
      'refuse tag v*.*.*',
    ],
  ])('%s', (_, settings, about, message) => {
    const wrong = examined(settings).filter(({ is }) => is !== 'ok');
    expect(wrong).toMatchObject([{ is: 'wrong', about: `environment prod: ${about}` }]);
    expect(wrong[0]?.message).toContain(message);
    expect(wrong[0]?.script?.[0]).toContain('gh api --method PUT repos/acme/shop/environments/prod');
  });

  test('that there is none: GitHub would make it unprotected', () => {
    const findings = examineEnvironments(factsOf(flow, { environments: { prod: known(null) } }));
    expect(heads(findings)).toEqual(['wrong environment prod']);
  });

  test('that more may approve than GitHub asks', () => {
    const many = 'from: main\napprove: { by: [a, b, c, d, e, f, g] }';
    const findings = examined({ reviewers: ['a', 'b', 'c', 'd', 'e', 'f'] }, many).filter(({ is }) => is === 'wrong');
    expect(findings.map(({ script }) => script)).toEqual([undefined, undefined]);
  });
});

describe('who may enter besides what leads there', () => {
  const [main, tags] = asDemanded.refs as readonly [RefRule, RefRule];
  test.each<[string, readonly RefRule[], string | undefined]>([
    ['nobody', [main, tags], undefined],
    [
      'tags that validate-tag refuses, which whoever makes release tags can make, too',
      [main, { kind: 'tag', pattern: 'v*' }],
      undefined,
    ],
    ['every branch', [main, tags, { kind: 'branch', pattern: '*' }], 'branch *,'],
    ['every branch of a folder', [main, tags, { kind: 'branch', pattern: 'feature/*' }], 'branch feature/*,'],
    ['another branch', [main, tags, { kind: 'branch', pattern: 'develop' }], 'branch develop,'],
    ['every branch with a slash in its name', [main, tags, { kind: 'branch', pattern: '**/*' }], 'branch **/*,'],
    ['every tag', [main, { kind: 'tag', pattern: '*' }], 'tag *,'],
    ['other tags', [main, tags, { kind: 'tag', pattern: 'nightly-*' }], 'tag nightly-*,'],
  ])('%s', (_, refs, stray) => {
    const [wrong, ...more] = examined({ refs }).filter(({ is }) => is !== 'ok');
    expect(more).toEqual([]);
    // What is let in already needs no command; what is too much, GitHub removes by a number that only its settings know.
    expect(wrong?.script).toBeUndefined();
    if (stray === undefined) expect(wrong).toBeUndefined();
    else expect(wrong?.message).toContain(`GitHub lets in ${stray} where more than leads here can run a workflow`);
  });
});

test('logins do not know upper and lower case', () => {
  expect(heads(examined({ reviewers: ['LENA', '@Ops'] }))).toContain('ok environment prod: reviewers');
});

test('who is asked where nobody has to approve is nobody’s business', () => {
  const refs = [{ kind: 'branch', pattern: 'main' }] as const;
  expect(heads(examined({ reviewers: ['mia'], preventsSelfReview: false, refs }, 'from: main'))).toEqual([
    'ok environment prod',
    'ok environment prod: branches and tags',
  ]);
});

test('what cannot be read is unknown, with the permission that is missing', () => {
  const findings = examineEnvironments(factsOf(flow, { environments: { prod: notRead } }));
  expect(findings).toMatchObject([{ is: 'unknown', next: 'Give the job `permissions: actions: read`.' }]);
});

test.each([
  ['vX.Y.Z-rc.N', 'v*.*.*-rc.*', 'ok'],
  ['vX.Y.Z-rc.N', 'v*.*.*-stage', 'wrong'],
  ['vX.Y.Z-stage', 'v*', 'ok'],
  ['api-vX.Y.Z', 'v*', 'wrong'],
  ['api-vX.Y.Z', 'api-v[0-9]*', 'ok'],
  ['vX.Y.Z', 'v?.?.?', 'wrong'],
])('tags %s enter by the pattern %s: %s', (from, pattern, is) => {
  const refs = [
    { kind: 'branch', pattern: 'main' },
    { kind: 'tag', pattern },
  ] as const;
  expect(examined({ refs }, `from: ${from}`).at(-1)).toMatchObject({ is });
});

test('the script mends what is wrong, keeps the rest, and no name of a person or branch gets out of its word', () => {
  const lines = 'from: "it\'s"\napprove: { by: [lead, ops] }';
  const [wrong] = examined({ reviewers: [] }, lines).filter(({ is }) => is === 'wrong');
  expect(wrong?.script).toEqual([
    [
      'jq -n --argjson r0 "$(gh api users/lena --jq .id)" --argjson r1 "$(gh api orgs/acme/teams/ops --jq .id)"',
      `'{"wait_timer":5,"prevent_self_review":true,"deployment_branch_policy":{"protected_branches":false,"custom_branch_policies":true}} | . + {reviewers: [{type: "User", id: $r0}, {type: "Team", id: $r1}]}'`,
      '| gh api --method PUT repos/acme/shop/environments/prod --input -',
    ].join(' '),
    `gh api --method POST repos/acme/shop/environments/prod/deployment-branch-policies --input - <<'JSON'\n{"name":"it's","type":"branch"}\nJSON`,
  ]);
});
