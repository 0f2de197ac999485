import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatProblem } from '#core/flow/problem';
import { readScenario } from '../../../packages/lab/scenario/read.ts';

/** What is no valid scenario, because it could not fall short or because it speaks of what is not there. */
const account = "'111111111111'";
const service = `{ account: ${account}, cluster: c, service: s, repository: r, container: api, application: shop, version: 1.0.0, tasks: 1 }`;
const world = `
name: A scenario
start: 2026-11-17T00:00:00Z
people: [dana]
repository: { name: acme/hello, environments: { prod: {} } }
applications: { shop: { default: {} } }
aws: { region: eu-west-1, services: [${service}] }
`;
const expecting = (expectation: string) => `${world}steps: [{ expect: [${expectation}] }]\n`;

const inRepository = (lines: string) =>
  `${world.replace('environments: { prod: {} }', `environments: { prod: {} }, ${lines}`)}steps: []\n`;
const letsBy = (actor: string) =>
  inRepository(
    `teams: { leads: [dana] }, rulesets: [{ name: r, include: [refs/tags/v*], rules: [update], bypass: [{ actor: dana }, { actor: '@leads' }, { actor: ${actor} }] }]`,
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strict-scenarios-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(text: string): string {
  const file = join(folder, 'scenario.yml');
  writeFileSync(file, text);
  const read = readScenario(file);
  return read.ok ? 'valid' : read.problems.map(formatProblem).join('\n');
}

describe('an expectation that nothing could fall short of', () => {
  test.each([
    '{}',
    '{ run: {} }',
    '{ run: { of: main } }',
    '{ run: { jobs: {} } }',
    '{ step: { name: Deploy } }',
    '{ step: { name: Deploy, job: deploy } }',
    '{ step: { name: Deploy, log: [] } }',
    "{ step: { name: Deploy, log: '' } }",
    '{ step: { name: Deploy, outputs: {} } }',
    '{ journal: { environment: prod } }',
    '{ journal: { environment: prod, events: [] } }',
    `{ service: { account: ${account}, cluster: c, service: s } }`,
    '{ calls: {} }',
    '{ calls: { made: [] } }',
    '',
  ])('%s', expectation => {
    expect(problemsOf(expecting(expectation))).toMatch(/expects nothing|is empty|empty list|at least 1|must be/);
  });

  test('but that nothing is held, or nothing runs, is something', () => {
    expect(problemsOf(expecting('{ journal: { environment: prod, holds: [], running: null } }'))).toBe('valid');
  });
});

describe('a call that AWS does not have', () => {
  test.each([
    ['{ calls: { made: [ecs.UpdateServices] } }', 'ecs has no operation UpdateServices'],
    ['{ calls: { exactly: { ecz.UpdateService: 1 } } }', 'there is no service ecz'],
    ['{ calls: { not-made: [UpdateService] } }', 'UpdateService is no call such as'],
    ["{ calls: { at-most: { 'ecs.*': 3 } } }", 'ecs.* is more than one call'],
  ])('%s', (expectation, said) => {
    expect(problemsOf(expecting(expectation))).toContain(said);
  });

  test('wildcards are for what is not made, and for calls a minute', () => {
    expect(problemsOf(expecting("{ calls: { not-made: ['ecs.*'], a-minute: { '*.*': 6 } } }"))).toBe('valid');
  });
});

describe('a fault', () => {
  const aws = (fault: string) => `${world}steps: [{ aws-fault: ${fault} }]\n`;
  const github = (fault: string) => `${world}steps: [{ github-fault: ${fault} }]\n`;

  test.each([
    [aws('{ call: ecs.UpdateServices, do: throttle }'), 'ecs has no operation UpdateServices'],
    [aws('{ call: ecs.UpdateService, do: explode }'), 'aws-fault.do'],
    [aws('{ call: ecs.UpdateService, do: throttle, until: 1795000000000 }'), 'unknown key `until`'],
    [aws('{ call: ecs.UpdateService, do: throttle, nth: 1, every: 2 }'), 'exclude each other'],
    [aws('{ call: ecs.UpdateService, do: { stale: 30s } }'), '`stale` is for one named read'],
    [github('{ call: createCommitOnBranch, fault: { kind: reset-after } }'), 'is no call such as'],
    [
      github('{ call: graphql createCommitOnBrunch, fault: { kind: reset-after } }'),
      'GitHub describes no call `graphql createCommitOnBrunch` (did you mean `createCommitOnBranch`?)',
    ],
    [
      github("{ call: 'GET /repos/{owner}/{repo}/commit/{ref}', fault: { kind: reset-after } }"),
      'GitHub describes no call `GET /repos/{owner}/{repo}/commit/{ref}`',
    ],
    [github('{ call: graphql createCommitOnBranch, fault: { kind: gremlins } }'), 'github-fault.fault'],
    [github('{ call: graphql createCommitOnBranch, when: { nht: 1 }, fault: { kind: reset-after } }'), 'nht'],
  ])('%#: %s', (text, said) => {
    expect(problemsOf(text)).toContain(said);
  });

  test('has durations', () => {
    expect(problemsOf(aws('{ call: ecs.DescribeServices, do: { stale: 30s }, after: 10s, for: 2m }'))).toBe('valid');
    const times = '{ call: graphql createCommitOnBranch, when: { for: 2m }, fault: { kind: rate-limit } }';
    expect(problemsOf(github(times))).toBe('valid');
  });
});

describe('what else is refused', () => {
  test.each([
    [
      'two acts in one step',
      `${world}steps: [{ tag: { name: v1, by: dana }, rerun: { by: dana } }]\n`,
      'one act a step',
    ],
    ['a refusal of nothing', `${world}steps: [{ wait: 1m, refused: no }]\n`, 'nothing is done that could be refused'],
    [
      'a time that only some computers read',
      `${world.replace('2026-11-17T00:00:00Z', 'Nov 17 2026')}steps: []\n`,
      'start',
    ],
    ['a time without an offset', `${world.replace('00:00Z', '00:00')}steps: []\n`, 'is not a time such as'],
    [
      'an account that YAML has made a number of',
      `${world.replace("'111111111111'", '111111111111')}steps: []\n`,
      'account',
    ],
    ['an account that is too short', `${world.replace('111111111111', '1111')}steps: []\n`, 'twelve digits'],
    [
      'more than all requests',
      `${world.replace('{ default: {} }', '{ default: { http: { errors: 101 } } }')}steps: []\n`,
      '100',
    ],
    [
      'a status that HTTP does not have',
      `${world.replace('{ default: {} }', '{ default: { http: { status: 7 } } }')}steps: []\n`,
      '100',
    ],
    [
      'an action that IAM does not have',
      `${world.replace('services:', `denied: { ${account}: ['ecs:Updat'] }, services:`)}steps: []\n`,
      'no action of IAM is ecs:Updat',
    ],
    ['a job that ends as none does', expecting('{ run: { jobs: { build: missing } } }'), 'jobs'],
    [
      'an image of an application that is not there',
      `${world}steps: [{ push-image: { account: ${account}, repository: r, application: shoe, version: 1.0.0 } }]\n`,
      'there is no application shoe',
    ],
    [
      'an environment that is not there',
      `${world.replace('tasks: 1', 'tasks: 1, environment: prdo')}steps: []\n`,
      'there is no environment prdo',
    ],
    ['a team of somebody who is not there', inRepository('teams: { ops: [otto] }'), 'there is no person otto'],
    ['a team on a bypass list that is not there', letsBy("'@ops'"), 'there is no team @ops; there is @leads'],
    ['a person on a bypass list who is not there', letsBy('otto'), 'there is no person otto'],
    ['a role on a bypass list that GitHub does not have', letsBy('role releaser'), 'names nobody'],
  ])('%s', (_what, text, said) => {
    expect(problemsOf(text)).toContain(said);
  });
});

describe('a file that extends a file that extends a file', () => {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  test('says over all of them; what they say holds', () => {
    write('far.world.yml', world.replace(/^name.*\n/m, ''));
    write('near.world.yml', 'extends: far.world.yml\npeople: [dana, otto]\n');
    write('child.yml', 'name: A child\nextends: near.world.yml\nsteps: []\n');
    const read = readScenario(join(folder, 'child.yml'));
    expect(read).toMatchObject({
      ok: true,
      scenario: { people: ['dana', 'otto'], repository: { name: 'acme/hello' } },
    });
  });

  test('a circle is none', () => {
    write('one.world.yml', 'extends: other.world.yml\n');
    write('other.world.yml', 'extends: one.world.yml\n');
    const read = readScenario(join(folder, 'one.world.yml'));
    expect(read).toMatchObject({ ok: false, problems: [{ path: 'extends', message: 'extends itself' }] });
  });
});
