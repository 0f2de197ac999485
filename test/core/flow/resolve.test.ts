import { describe, expect, test } from '@jest/globals';
import { approversOf } from '#core/flow/approvers';
import { parseComponent } from '#core/flow/parse';
import { componentFor, componentWaves, mergeFlows, standaloneComponent } from '#core/flow/resolve';
import { briefly, flowOf, problemsOf, small } from './fixture.ts';

const ECS = 'target: ecs\ncluster: "{env}"\nservice: api\ncontainer: api\nrepository: api';

describe('a component in an environment', () => {
  test('takes what the environment overrides', () => {
    const flow = flowOf(
      small({
        component: `${ECS}\ndesired-count: 1\ntimeout: 5m`,
        environment:
          'components: { api: { image: "api@{vars.digest}", desired-count: 3 } }\nvars: { digest: "sha256:1" }',
      }),
    );
    expect(componentFor(flow, 'dev', 'api', {})).toMatchObject({
      ok: true,
      component: { cluster: 'dev', desiredCount: 3, timeout: 300_000, image: { from: 'image', image: 'api@sha256:1' } },
    });
  });

  test("variables of the file win over GitHub's", () => {
    const flow = flowOf(
      small({ component: `${ECS}\nurl: "https://{vars.a}/{vars.b}"`, environment: 'vars: { a: file }' }),
    );
    expect(componentFor(flow, 'dev', 'api', { vars: { a: 'github', b: 'github' } })).toMatchObject({
      component: { url: 'https://file/github' },
    });
  });

  test('a URL may come from a variable, and is one when it is filled in', () => {
    const flow = flowOf(small({ component: `${ECS}\nurl: "{vars.url}"` }));
    expect(componentFor(flow, 'dev', 'api', { vars: { url: 'https://a.b' } })).toMatchObject({ ok: true });
    expect(componentFor(flow, 'dev', 'api', { vars: { url: 'a.b' } })).toMatchObject({
      ok: false,
      problems: [{ line: 10, path: 'components.api.url', message: '`a.b` is not a URL' }],
    });
  });

  test("has the environment's region, or that of the file", () => {
    const file = small({ environment: 'region: eu-west-1', top: '  prod: {}\nregion: us-east-1' });
    expect(componentFor(flowOf(file), 'dev', 'api', {})).toMatchObject({ component: { region: 'eu-west-1' } });
    expect(componentFor(flowOf(file), 'prod', 'api', {})).toMatchObject({ component: { region: 'us-east-1' } });
  });

  test.each([
    ['on-failure: rollback', 'rollback'],
    ['on-failure: hold', 'leave'],
    ['from: main', 'leave'],
  ])('an environment with %s makes a failed component %s', (environment, onFailure) => {
    expect(componentFor(flowOf(small({ environment })), 'dev', 'api', {})).toMatchObject({ component: { onFailure } });
  });

  test.each([
    ['task-definition: api', { base: 'latest', family: 'api' }],
    ['base: latest', { base: 'latest' }],
    ['base: running', { base: 'running' }],
    ['task-definition: infra/api.json', { base: 'file', file: 'infra/api.json' }],
  ])('%s decides what the new revision is built on', (line, taskDefinition) => {
    const flow = flowOf(small({ component: `${ECS}\n${line}` }));
    expect(componentFor(flow, 'dev', 'api', {})).toMatchObject({ component: { taskDefinition } });
  });

  test('a fixed revision is deployed as it is', () => {
    const revision = 'arn:aws:ecs:eu-west-1:111111111111:task-definition/api:7';
    const flow = flowOf(small({ component: `target: ecs\ncluster: c\nservice: [a, b]\ntask-definition: ${revision}` }));
    expect(componentFor(flow, 'dev', 'api', {})).toMatchObject({
      component: {
        services: ['a', 'b'],
        image: { from: 'task-definition' },
        taskDefinition: { base: 'as-it-is', revision },
      },
    });
  });

  test('what has no value is told with its place in the file, also inside quotes', () => {
    const flow = flowOf(
      small({
        component: `${ECS}\nurl: https://{vars.x}`,
        environment: 'components: { api: { cluster: "c-{version}" } }',
      }),
    );
    const result = componentFor(flow, 'dev', 'api', {});
    expect(result.ok ? [] : result.problems.map(briefly)).toEqual([
      '13:39 environments.dev.components.api.cluster: `{version}` has no value (no version is known here: a release from a branch has none)',
      '10:19 components.api.url: `{vars.x}` has no value in dev (there is none to choose from)',
    ]);
  });

  test.each([
    ['prod', 'api', 'no environment `prod`'],
    ['dev', 'app', 'no component `app`'],
    ['constructor', 'api', 'no environment `constructor`'],
  ])('%s/%s: %s', (environment, component, message) => {
    const result = componentFor(flowOf(small({})), environment, component, {});
    expect(result).toMatchObject({ ok: false, problems: [{ message }] });
  });
});

describe('policy of the default branch, content of the release', () => {
  const content = flowOf(small({ component: ECS.replace('service: api', 'service: old'), environment: 'from: other' }));

  test('components are those of the release, environments those of the policy', () => {
    const policy = flowOf(small({ environment: 'from: main\ncomponents: { api: { cluster: policy } }' }));
    const { flow, warnings } = mergeFlows({ policy, content });
    expect(warnings).toEqual([]);
    expect(flow.environments.dev?.from).toMatchObject([{ text: 'main' }]);
    expect(componentFor(flow, 'dev', 'api', {})).toMatchObject({ component: { cluster: 'policy', services: ['old'] } });
  });

  test('an override of a component that the release does not have is no obstacle to it', () => {
    const worker = 'worker: { target: static-site, bucket: b, artifact: a }';
    const now = small({ environment: 'components: { worker: { bucket: other } }' });
    const policy = flowOf(now.replace('environments:', `  ${worker}\nenvironments:`));
    const { flow, warnings } = mergeFlows({ policy, content });
    expect(Object.keys(flow.components)).toEqual(['api']);
    expect(warnings.map(({ message }) => message)).toEqual([
      'the release has no component `worker`: these values have no effect',
    ]);
  });

  test('an override that does not fit the component of the release is told at its place', () => {
    const policy = flowOf(small({ environment: 'components: { api: { cluster: x } }' }));
    const site = flowOf(small({ component: 'target: static-site\nbucket: b\nartifact: a' }));
    const result = componentFor(mergeFlows({ policy, content: site }).flow, 'dev', 'api', {});
    expect(result.ok ? [] : result.problems.map(briefly)).toEqual([
      expect.stringMatching(/^12:26 environments.dev.components.api.cluster: unknown key `cluster`/),
    ]);
  });
});

describe('a component on its own', () => {
  const surroundings = { name: 'api', onFailure: 'leave' } as const;

  test('is read by the same schema', () => {
    const parsed = parseComponent(ECS.replace('"{env}"', 'c-{sha}'), { input: 'component' });
    if (!parsed.ok) throw new Error('refused');
    expect(standaloneComponent(parsed, surroundings, { sha: 'abc' })).toMatchObject({
      ok: true,
      component: { name: 'api', cluster: 'c-abc', services: ['api'] },
    });
  });

  test('has no environment to name', () => {
    const parsed = parseComponent(ECS, { input: 'component' });
    if (!parsed.ok) throw new Error('refused');
    const result = standaloneComponent(parsed, surroundings, {});
    expect(result).toMatchObject({
      ok: false,
      problems: [{ file: 'component', line: 2, column: 12, message: '`{env}` has no value' }],
    });
  });

  test('shows its mistakes with their places in the input', () => {
    const result = parseComponent('target: ecs\nclustr: a\nservice: b\nimage: c\ntimeout: 5\nneeds: [x]', {
      input: 'component',
    });
    expect(result.ok ? [] : result.problems.map(briefly)).toEqual([
      '1:1 container: `container` is missing: which one gets the new image?',
      '2:1 clustr: unknown key `clustr` (did you mean `cluster`?)',
      '5:10 timeout: must be a duration like 90s, 30m or 2h, found the number 5',
      '6:1 needs: a component on its own waits for no other',
    ]);
  });

  test.each(['', 'just text', '- a', 'target: [', '{}'])('%j is refused', text => {
    expect(parseComponent(text, { input: 'component' })).toMatchObject({ ok: false });
  });
});

describe('order', () => {
  const site = '{ target: static-site, bucket: b, artifact: a';
  const file = `version: 1
service: shop
components:
  web: ${site}, needs: [api, assets] }
  api: ${site}, needs: [database] }
  assets: ${site} }
  database: ${site} }
environments: { dev: {} }
`;

  test('every wave waits only for earlier ones', () => {
    expect(componentWaves(flowOf(file))).toEqual([['assets', 'database'], ['api'], ['web']]);
  });

  test('a circle is refused with the way round', () => {
    const circle = file.replace('database: { target', 'database: { needs: [web], target');
    expect(problemsOf(circle)).toEqual(['4:55 components.web.needs: waits for itself: web → api → database → web']);
  });
});

test('who may approve: roles are looked up, anything else is a login or a team', () => {
  const flow = flowOf(
    small({ environment: 'approve: { by: [lead, carol, "@org/sre"] }', top: 'roles: { lead: [alice, "@org/leads"] }' }),
  );
  const environment = flow.environments.dev;
  expect(environment && approversOf(flow, environment)).toEqual([
    { kind: 'person', login: 'alice', role: 'lead' },
    { kind: 'team', organisation: 'org', team: 'leads', role: 'lead' },
    { kind: 'person', login: 'carol' },
    { kind: 'team', organisation: 'org', team: 'sre' },
  ]);
});
