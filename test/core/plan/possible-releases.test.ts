import { expect, test } from '@jest/globals';
import { parseFlow } from '#core/flow/parse';
import { policyChanges } from '#core/flow/policy-changes';
import { possibleReleases } from '#core/plan/possible-releases';

function flowOf(environments: string, more = '') {
  const components = 'components: { a: { target: ecs, cluster: a, service: b, container: c, repository: d } }';
  const result = parseFlow(`version: 1\nservice: s\n${more}${components}\nenvironments: ${environments}\n`, {
    file: 'f',
  });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.flow;
}

test.each([
  ['the branch leads there', '{ dev: { from: main } }', 'main', ['merge into main → dev']],
  ['another one does', '{ dev: { from: dev } }', 'main', []],
  [
    'it leads to several',
    '{ dev: { from: main }, prod: { from: main, after: dev } }',
    'main',
    ['merge into main → dev', 'merge into main → prod'],
  ],
  ['tags are on the default branch', '{ prod: { from: vX.Y.Z } }', 'main', ['tag vX.Y.Z → prod']],
  ['and on no other', '{ prod: { from: vX.Y.Z } }', 'next', []],
  [
    'unless another is named',
    '{ prod: { from: vX.Y.Z, tags: { branch: release/* } } }',
    'release/1.x',
    ['tag vX.Y.Z → prod'],
  ],
  ['then they are not on the default branch', '{ prod: { from: vX.Y.Z, tags: { branch: release/* } } }', 'main', []],
  [
    'a hotfix can be tagged',
    '{ prod: { from: vX.Y.Z, tags: { hotfix: hotfix/* } } }',
    'hotfix/1',
    ['tag vX.Y.Z → prod'],
  ],
  [
    'every kind of tag counts',
    '{ qa: { from: [vX.Y.Z-qa, vX.Y.Z-rc.N] } }',
    'main',
    ['tag vX.Y.Z-qa → qa', 'tag vX.Y.Z-rc.N → qa'],
  ],
  ['a person starts it', '{ prod: {} }', 'main', []],
])('%s', (_, environments, base, expected) => {
  const found = possibleReleases(flowOf(environments), base, 'main');
  expect(found.map(({ what, environment }) => `${what} → ${environment}`)).toEqual(expected);
});

const before = flowOf(
  '{ dev: { from: main }, prod: { from: vX.Y.Z, approve: { by: lead } } }',
  'roles: { lead: [lena] }\n',
);

test.each([
  [
    'nothing',
    '{ dev: { from: main }, prod: { from: vX.Y.Z, approve: { by: lead } } }',
    'roles: { lead: [lena] }\n',
    [],
  ],
  [
    'who is in a role',
    '{ dev: { from: main }, prod: { from: vX.Y.Z, approve: { by: lead } } }',
    'roles: { lead: [mia] }\n',
    ['roles'],
  ],
  [
    'whether it stops anything',
    '{ dev: { from: main }, prod: { from: vX.Y.Z, approve: { by: lead } } }',
    'enforce: false\nroles: { lead: [lena] }\n',
    ['enforce'],
  ],
  [
    'a gate',
    '{ dev: { from: main, no-open-issues: bug }, prod: { from: vX.Y.Z, approve: { by: lead } } }',
    'roles: { lead: [lena] }\n',
    ['dev: no-open-issues'],
  ],
  [
    'what is left out',
    '{ dev: { from: main }, prod: { from: vX.Y.Z } }',
    'roles: { lead: [lena] }\n',
    ['prod: approve'],
  ],
  [
    'a key of two words',
    '{ dev: { from: main, on-failure: hold }, prod: { from: vX.Y.Z, approve: { by: lead } } }',
    'roles: { lead: [lena] }\n',
    ['dev: on-failure'],
  ],
  [
    'environments',
    '{ qa: { from: main }, prod: { from: vX.Y.Z, approve: { by: lead } } }',
    'roles: { lead: [lena] }\n',
    ['dev is gone', 'qa is new'],
  ],
])('the policy changes: %s', (_, environments, more, expected) => {
  expect(policyChanges(before, flowOf(environments, more))).toEqual(expected);
});
