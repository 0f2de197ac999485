import { describe, expect, test } from '@jest/globals';
import { askedPermissions } from '#core/doctor/asked-permissions';
import { callersIn, examineCallers } from '#core/doctor/callers';
import { examineSubject } from '#core/doctor/subject';
import { factsOf, heads, known, notRead } from './fixture.ts';

const uses = 'org/release-actions/.github/workflows/rollback.yml@v1';
const job = (more: string, top = '') => `on: push\n${top}jobs:\n  back:\n    uses: ${uses}\n${more}`;
const asked = '{ actions: read, contents: write, deployments: write, id-token: write }';

test('the jobs that call the suite are found, with the place and what they grant', () => {
  const text = `${job(`    permissions: ${asked}\n`)}  other:\n    uses: acme/flows/.github/workflows/rollback.yml@v1\n  build:\n    steps: [{ uses: ${uses} }]\n`;
  expect(callersIn('.github/workflows/rollback.yml', text)).toEqual([
    {
      file: '.github/workflows/rollback.yml',
      line: 4,
      job: 'back',
      suite: 'org/release-actions',
      workflow: 'rollback.yml',
      ref: 'v1',
      inputs: [],
      permissions: { actions: 'read', contents: 'write', deployments: 'write', 'id-token': 'write' },
    },
  ]);
});

test('what they hand over is found by name', () => {
  const text = job('    with: { operation: \'${{ inputs.operation }}\', reason: "" }\n');
  expect(callersIn('x.yml', text)).toMatchObject([{ inputs: ['operation', 'reason'] }]);
});

test.each(['', 'jobs:', 'jobs: []', 'a: [', 'jobs: { a: { uses: [] } }', '&a [*a]'])('in %j nobody calls it', text => {
  expect(callersIn('x.yml', text)).toEqual([]);
});

describe('a caller', () => {
  test.each([
    ['grants what is asked', job(`    permissions: ${asked}\n`), 'ok'],
    ['grants more', job(`    permissions: ${asked.replace('actions: read', 'actions: write')}\n`), 'ok'],
    ['grants it for all of its jobs', job('', `permissions: ${asked}\n`), 'ok'],
    ['takes it back for the job', job('    permissions: {}\n', `permissions: ${asked}\n`), 'wrong'],
    ['grants nothing', job('', 'permissions: {}\n'), 'wrong'],
    ['grants less', job(`    permissions: ${asked.replace('contents: write', 'contents: read')}\n`), 'wrong'],
    ['grants reading only', job('    permissions: read-all\n'), 'wrong'],
    ['grants everything', job('    permissions: write-all\n'), 'wrong'],
    ['leaves it to the settings of the repository', job(''), 'wrong'],
  ])('%s: %s', (_, text, is) => {
    const callers = callersIn('x.yml', text);
    const findings = examineCallers(factsOf('from: main', { callers })).filter(({ about }) =>
      about.startsWith('x.yml'),
    );
    expect(findings).toMatchObject([{ is, about: expect.stringMatching(/^x\.yml:\d+: permissions of back$/) }]);
  });

  test('is missing', () => {
    const findings = examineCallers(factsOf('from: main', { callers: callersIn('x.yml', job('')) }));
    expect(heads(findings)).toContain('wrong workflows');
    expect(Object.keys(askedPermissions)).toContain('release.yml');
  });
});

describe('the subject of tokens', () => {
  const role = 'from: main\nrole: arn:aws:iam::111111111111:role/release';
  test.each([
    ['is the usual one', known({ custom: false, claims: [] }), 'ok OIDC subject'],
    ['has the environment in it', known({ custom: true, claims: ['repo', 'context'] }), 'ok OIDC subject'],
    ['says nothing of the environment', known({ custom: true, claims: ['repo', 'ref'] }), 'wrong OIDC subject'],
    ['could not be read', notRead, 'unknown OIDC subject'],
  ])('%s', (_, subject, head) => {
    expect(heads(examineSubject(factsOf(role, { subject })))).toEqual([head]);
  });

  test('matters to roles only', () => {
    expect(examineSubject(factsOf('from: main'))).toEqual([]);
  });
});
