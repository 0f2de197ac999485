import { describe, expect, test } from '@jest/globals';
import { problemsOf, type SmallFlow, small, UNIFOCUS, warningsOf } from './fixture.ts';

/** Replaces one line of the Unifocus file. */
function unifocus(from: string, to: string): string {
  expect(UNIFOCUS).toContain(from);
  return UNIFOCUS.replace(from, to);
}

describe('three mistakes show three positions', () => {
  test('each with the nearest right name', () => {
    const file = UNIFOCUS.replace('container: api', 'contianer: api')
      .replace('after: stage ', 'after: stagee')
      .replace('ecs-memory >', 'ecs-memroy >');
    expect(problemsOf(file)).toEqual([
      '10:5 components.api.contianer: unknown key `contianer` (did you mean `container`?)',
      '27:12 environments.prod.after: no environment `stagee` (did you mean `stage`?)',
      '36:11 environments.prod.watch.fail-if[1]: `ecs-memroy` is not a metric (did you mean `ecs-memory`?)',
    ]);
  });
});

describe('names that nobody knows', () => {
  test.each([
    ['region: ap', 'regoin: ap', '4:1 regoin: unknown key `regoin` (did you mean `region`?)'],
    [
      'target: ecs',
      'target: esc',
      '7:13 components.api.target: must be one of `ecs`, `lambda`, `static-site`, `codepipeline`, `cloudformation`, `command`, found `esc` (did you mean `ecs`?)',
    ],
    ['before: [', 'Before: [', '12:5 components.api.Before: unknown key `Before` (did you mean `before`?)'],
    [
      'artifact: web',
      'artifact: web\n    cluster: x',
      '17:5 components.web.cluster: unknown key `cluster` (it belongs to the target `ecs`)',
    ],
    [
      'smoke: tests/smoke.yml',
      'cluster: main',
      "24:5 environments.stage.cluster: unknown key `cluster` (it belongs into a component, or under this environment's `components`)",
    ],
    [
      'within: 1h',
      'witihn: 1h',
      '29:33 environments.prod.approve.witihn: unknown key `witihn` (did you mean `within`?)',
    ],
    [
      'for: 1h',
      'for: 1h\n      smoke: a',
      '34:7 environments.prod.watch.smoke: unknown key `smoke` (it belongs into an environment)',
    ],
    [
      'on-failure: rollback',
      'on-failure: rolback',
      '41:17 environments.prod.on-failure: must be one of `rollback`, `leave`, `hold`, found `rolback` (did you mean `rollback`?)',
    ],
  ])('%s → %s', (from, to, problem) => {
    expect(problemsOf(unifocus(from, to))).toEqual([problem]);
  });
});

describe('values of the wrong type say what was found', () => {
  test.each([
    ['version: 1', 'version: 1.0', '2:10 version: must be `1`, found the number 1.0 (write 1)'],
    ['version: 1', 'version: "1"', '2:10 version: must be the number 1 (write it without quotes)'],
    ['version: 1', 'version: 2', '2:10 version: must be `1`, found the number 2'],
    ['service: unifocus\n', 'service: 12\n', "3:10 service: must be text, found the number 12 (write '12' in quotes)"],
    ['service: unifocus\n', 'service: true\n', "3:10 service: must be text, found `true` (write 'true' in quotes)"],
    ['service: unifocus\n', 'service:\n', '3:9 service: must be text, found nothing'],
    ['service: unifocus\n', '', '2:1 service: `service` is missing (it is text)'],
    ['container: api', 'container: [api]', '10:16 components.api.container: must be text, found a list'],
    ['container: api', 'container: ""', '10:16 components.api.container: is empty'],
    [
      'before: [npx, prisma, migrate, deploy]',
      'before: npx prisma',
      '12:13 components.api.before: must be a list, found `npx prisma`',
    ],
    [
      'before: [npx, prisma, migrate, deploy]',
      'before: [sleep, 5]',
      "12:21 components.api.before[1]: must be text, found the number 5 (write '5' in quotes)",
    ],
    ['before: [npx, prisma, migrate, deploy]', 'before: []', '12:13 components.api.before: is an empty list'],
    [
      'bucket: unifocus-{env}-web',
      'bucket: {env}',
      '15:13 components.web.bucket: must be text, found a mapping (quote a value that begins with {, as in "{env}")',
    ],
    [
      'for: 1h',
      'for: 60',
      '33:12 environments.prod.watch.for: must be a duration like 90s, 30m or 2h, found the number 60',
    ],
    ['for: 1h', 'for: 1hour', '33:13 environments.prod.watch.for: `hour` is not a unit of time (write 1h)'],
    ['from: main', 'from: { branch: main }', '19:11 environments.dev.from: must be text or a list, found a mapping'],
    [
      'region: ap-southeast-2',
      'region: ap-southeast-2a',
      '4:9 region: `ap-southeast-2a` is not a region (this is a zone of ap-southeast-2)',
    ],
    [
      'arn:aws:iam::1111',
      'arn:aws:iam::',
      '20:11 environments.dev.role: `arn:aws:iam::11111111:role/release` is not the ARN of a role (it reads like arn:aws:iam::111111111111:role/release)',
    ],
    [
      '.github/prod',
      '/github/prod',
      '30:16 environments.prod.checklist: is not a path in the repository (write it from the top folder, with /)',
    ],
  ])('%s → %s', (from, to, problem) => {
    expect(problemsOf(unifocus(from, to))).toEqual([problem]);
  });
});

describe('what does not go together', () => {
  const ecs = (lines: string) => ({ component: `target: ecs\ncluster: main\nservice: api\n${lines}` });
  const cases: readonly (readonly [string, SmallFlow, string])[] = [
    [
      'no image',
      ecs('container: api'),
      '4:3 components.api: does not say which image is deployed (give `repository`, `image`, or a `task-definition` with its revision)',
    ],
    [
      'two images',
      ecs('container: api\nrepository: api\nimage: api:1'),
      '10:5 components.api.image: stands beside `repository`: the image comes from one of them (remove one)',
    ],
    [
      'an image without its container',
      ecs('image: api:1'),
      '4:3 components.api.container: `container` is missing: which one gets the new image?',
    ],
    [
      'an image for a fixed revision',
      ecs('image: api:1\ntask-definition: api:42'),
      '8:5 components.api.image: has no effect: a task definition with its revision is deployed as it is (remove one of the two)',
    ],
    [
      'a base that is no file',
      ecs('container: api\nimage: api:1\nbase: file'),
      '10:5 components.api.base: `file` needs a file (set `task-definition` to a JSON file of the repository)',
    ],
    [
      'a base beside a file',
      ecs('container: api\nimage: api:1\nbase: latest\ntask-definition: infra/api.json'),
      '10:5 components.api.base: `latest` contradicts the file of `task-definition` (write `base: file` or leave it out)',
    ],
    [
      'a service twice',
      { component: 'target: ecs\ncluster: main\nservice: [api, api]\ncontainer: api\nimage: api:1' },
      '7:20 components.api.service[1]: `api` is listed twice',
    ],
    [
      'a component that needs an unknown one',
      ecs('container: api\nimage: api:1\nneeds: [aip]'),
      '10:13 components.api.needs[0]: no component `aip` (did you mean `api`?)',
    ],
    [
      'a component that needs itself',
      ecs('container: api\nimage: api:1\nneeds: [api]'),
      '10:5 components.api.needs: waits for itself: api → api',
    ],
    [
      'an environment after itself',
      { environment: 'after: dev' },
      '12:12 environments.dev.after: comes after itself: dev → dev',
    ],
    [
      'environments in a circle',
      { environment: 'after: prod', top: '  prod: { after: dev }' },
      '12:12 environments.dev.after: comes after itself: dev → prod → dev',
    ],
    [
      'a ref that leads to two environments',
      { top: '  prod: { from: [vX.Y.Z, main] }' },
      '13:26 environments.prod.from[1]: `main` already leads to `dev` (a kind of tag leads to one environment; a branch to another one only if that comes `after` the first)',
    ],
    [
      'a ref that is listed twice',
      { environment: 'from: [main, main]' },
      '12:18 environments.dev.from[1]: `main` is listed twice',
    ],
    [
      'one release instead of a pattern',
      { environment: 'from: v1.2.3-rc.1' },
      '12:11 environments.dev.from: `v1.2.3-rc.1` is one release (write `vX.Y.Z-rc.N` for every release of its kind)',
    ],
    [
      'a wildcard',
      { environment: 'from: v*' },
      '12:12 environments.dev.from: wildcards are not known here (tags read like vX.Y.Z, vX.Y.Z-stage or vX.Y.Z-rc.N; anything else is the exact name of a branch)',
    ],
    [
      'an approval by nobody',
      { environment: 'approve: { within: 1h }' },
      '12:5 environments.dev.approve.by: `by` is missing (it is text or a list)',
    ],
    [
      'an approval by an empty list',
      { environment: 'approve: { by: [] }' },
      '12:20 environments.dev.approve.by: is an empty list',
    ],
    [
      'a watch that cannot fail',
      { environment: 'watch: { for: 1h }' },
      '12:5 environments.dev.watch: watches nothing, so it could never fail (give `fail-if` or `alarms`)',
    ],
    [
      'an override of an unknown component',
      { environment: 'components: { app: { cluster: x } }' },
      '12:19 environments.dev.components.app: no component `app` (did you mean `api`?)',
    ],
    [
      'an override of an unknown key',
      { environment: 'components: { api: { clutser: x } }' },
      '12:26 environments.dev.components.api.clutser: unknown key `clutser` (did you mean `cluster`?)',
    ],
    [
      'an override of the target',
      { environment: 'components: { api: { target: ecs } }' },
      '12:26 environments.dev.components.api.target: unknown key `target` (it belongs into the component: it holds everywhere)',
    ],
    [
      'an override that contradicts',
      { environment: 'components: { api: { task-definition: "api:3" } }' },
      '12:19 environments.dev.components.api.repository: has no effect: a task definition with its revision is deployed as it is (remove one of the two)',
    ],
    ['nothing to deploy', { component: '' }, '4:7 components.api: must be a mapping, found nothing'],
  ];
  test.each(cases)('%s', (_, flow, problem) => {
    expect(problemsOf(small(flow))).toEqual([problem]);
  });

  test('one approval is what GitHub asks for; more than one takes the operation', () => {
    expect(problemsOf(small({ environment: 'approve: { by: ["@org/ops"], count: 1 }' }))).toEqual([]);
    expect(problemsOf(small({ environment: 'approve: { by: [ann, ben], count: 2 }' }))).toEqual([]);
  });

  test('an override may replace the repository by an image', () => {
    expect(problemsOf(small({ environment: 'components: { api: { image: "api:1" } }' }))).toEqual([]);
  });
});

describe('what is allowed and probably not meant', () => {
  test('a role that is misspelt would be a login', () => {
    const file = small({ environment: 'approve: { by: [led] }', top: 'roles: { lead: [alice] }' });
    expect(warningsOf(file)).toEqual([
      '12:21 environments.dev.approve.by[0]: `led` is taken for a login: there is no such role (did you mean `lead`?)',
    ]);
  });
});
