import { describe, expect, test } from '@jest/globals';
import { flowOf, problemsOf, small, warningsOf } from './fixture.ts';

const prod = (lines: string) => small({ environment: `from: vX.Y.Z\n${lines}` });

function policyOf(lines: string) {
  const { tags, gates } = flowOf(prod(lines)).environments.dev ?? {};
  return { tags, checks: gates?.checks };
}

test('nothing said: any tag of `from`, on the default branch, without checks', () => {
  expect(policyOf('')).toEqual({
    tags: { annotated: false, signed: false, branches: [], hotfix: [], hotfixFrom: undefined, packages: [] },
    checks: undefined,
  });
});

test('everything said', () => {
  const lines = [
    'tags:',
    '  annotated: require',
    '  signed: require',
    '  branch: [main, release/*]',
    '  hotfix: hotfix/*',
    '  hotfix-from: dev',
    '  package: packages/{component}/package.json',
    'checks: { require: [build / api, lint], allow: skipped }',
  ];
  expect(policyOf(lines.join('\n'))).toMatchObject({
    tags: {
      annotated: true,
      signed: true,
      branches: [{ name: 'main' }, { prefix: 'release/' }],
      hotfix: [{ prefix: 'hotfix/' }],
      hotfixFrom: 'dev',
      packages: ['packages/{component}/package.json'],
    },
    checks: { names: ['build / api', 'lint'], allow: ['skipped'] },
  });
});

test.each(['checks: lint', 'checks: [lint]', 'checks: { require: lint }', 'checks: { require: [lint] }'])(
  '%s',
  line => {
    expect(policyOf(line).checks).toEqual({ names: ['lint'], allow: [] });
  },
);

describe('mistakes are told where they are', () => {
  test.each([
    [
      'tags: { anotated: require }',
      '13:13 environments.dev.tags.anotated: unknown key `anotated` (did you mean `annotated`?)',
    ],
    ['tags: { signed: true }', '13:21 environments.dev.tags.signed: must be one of `require`, `allow`, found `true`'],
    ['tags: { branch: [] }', '13:21 environments.dev.tags.branch: is an empty list'],
    [
      'tags: { branch: rel*ase }',
      '13:24 environments.dev.tags.branch: a * stands at the end only (write the name of a branch, or the beginning of several and a *, as release/*)',
    ],
    ['tags: { package: ../package.json }', '13:22 environments.dev.tags.package: leaves the repository with `..`'],
    [
      'tags: { hotfix: hotfix/*, hotfix-from: prod }',
      '13:44 environments.dev.tags.hotfix-from: no environment `prod` (known here: dev, branch)',
    ],
    ['tags: { hotfix-from: dev }', '13:13 environments.dev.tags.hotfix-from: has no effect without `hotfix`'],
    ['checks: []', '13:13 environments.dev.checks: is an empty list'],
    ['checks: [lint, lint]', '13:20 environments.dev.checks[1]: `lint` is listed twice'],
    [
      'checks: { requires: lint }',
      '13:15 environments.dev.checks.requires: unknown key `requires` (did you mean `require`?)',
    ],
    [
      'checks: { require: lint, allow: skiped }',
      '13:37 environments.dev.checks.allow: must be one of `skipped`, `neutral`, found `skiped` (did you mean `skipped`?)',
    ],
    [
      'signed: require',
      '13:5 environments.dev.signed: unknown key `signed` (it belongs into `tags` of the environment)',
    ],
  ])('%s', (line, problem) => {
    expect(problemsOf(prod(line))).toEqual([problem]);
  });

  test('a policy for tags where no tag leads', () => {
    expect(problemsOf(small({ environment: 'from: main\ntags: { signed: require }' }))).toEqual([
      '13:5 environments.dev.tags: no tag leads here (add a pattern of tags to `from`, such as vX.Y.Z)',
    ]);
  });

  test('a prefix that no component has', () => {
    const warnings = (from: string) => warningsOf(small({ environment: `from: ${from}` }));
    expect(warnings('apo-vX.Y.Z')).toEqual([
      '12:11 environments.dev.from: `apo-vX.Y.Z` releases every component: there is none that is called `apo` (did you mean `api`?)',
    ]);
    expect(warnings('[api-vX.Y.Z, shop-vX.Y.Z]')).toEqual([]);
  });
});
