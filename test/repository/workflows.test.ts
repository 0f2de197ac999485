import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { faultsOf } from './workflow-faults.ts';
import { documents, usesIn } from './workflow-files.ts';

test.each(documents())('%s says to the actions of the suite only what they understand', (_, document) => {
  expect(faultsOf(document)).toEqual([]);
});

test('`./` in a workflow of the suite means a file of the caller: there is one that it may bring along', () => {
  const own = documents().filter(([where]) => where.startsWith('.github/'));
  const local = own.flatMap(([, document]) => usesIn(document)).filter(({ uses }) => uses.startsWith('.'));
  expect(local.filter(({ uses }) => uses !== './.github/actions/release-setup')).toEqual([]);
  const optional = "hashFiles('.github/actions/release-setup/action.yml') != ''";
  expect(local.filter(step => step.if !== optional)).toEqual([]);
});

test.each(globSync('examples/*/.github/workflows/{release,rollback}.yml'))(
  '%s is a caller that an adopter writes: at most 20 lines',
  file => {
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  },
);

describe('the test can fail:', () => {
  const job = (steps: string, more = '') => parse(`jobs:\n  a:\n    steps:\n${steps}\n${more}`);

  test.each([
    [
      'an input that is not declared',
      '      - { uses: $/deploy, with: { clutser: x } }',
      '$/deploy has no input clutser',
    ],
    [
      'an output that is not declared',
      "      - { id: deploy, uses: $/deploy }\n      - { run: x, if: steps.deploy.outputs.verdict == 'pass' }",
      'steps.deploy has no output verdict',
    ],
  ])('%s', (_, steps, fault) => {
    expect(faultsOf(job(steps))).toEqual([fault]);
  });

  test('an action that does not exist', () => {
    expect(faultsOf(job('      - { uses: $/depoly }'))).toEqual(['$/depoly does not exist']);
  });

  test('a caller that grants less than the called jobs ask for', () => {
    const uses = 'org/release-actions/.github/workflows/release.yml@v1';
    const caller = (contents: string) => ({
      uses,
      permissions: {
        actions: 'read',
        checks: 'read',
        contents,
        deployments: 'write',
        'id-token': 'write',
        issues: 'write',
        'pull-requests': 'read',
        statuses: 'read',
      },
    });
    expect(faultsOf({ jobs: { release: caller('write') } })).toEqual([]);
    expect(faultsOf({ jobs: { release: caller('read') } })).toEqual([`${uses} needs contents: write`]);
  });

  test('what others publish is not ours to judge', () => {
    expect(faultsOf(job('      - { uses: actions/checkout@0, with: { anything: x } }'))).toEqual([]);
  });
});
