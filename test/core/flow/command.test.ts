import { describe, expect, test } from '@jest/globals';
import { componentFor } from '#core/flow/resolve';
import { flowOf, problemsOf, small } from './fixture.ts';

const script = 'target: command\ntool: script\ndeploy: [./deploy.sh]';
const tofu = 'target: command\ntool: opentofu';
const sam = 'target: command\ntool: sam\nstack: "shop-{env}"\nbucket: code';

describe('a component of commands', () => {
  test('a script has its words, and no shell line', () => {
    const component = `${script}\nenv: { STAGE: "{env}" }\nexit-codes: { 2: unchanged }`;
    expect(componentFor(flowOf(small({ component })), 'dev', 'api', {})).toMatchObject({
      component: {
        tool: 'script',
        deploy: ['./deploy.sh'],
        env: { STAGE: 'dev' },
        exitCodes: { 2: 'unchanged' },
        folder: '.',
      },
    });
  });

  test('OpenTofu has one module where none is named', () => {
    expect(componentFor(flowOf(small({ component: tofu })), 'dev', 'api', {})).toMatchObject({
      component: { tool: 'opentofu', modules: ['.'], varFiles: [], lockTimeout: 0 },
    });
  });

  test('SAM has its stack, its bucket, and what is said of stacks elsewhere', () => {
    const component = `${sam}\nartifact: sam\nparameters: { Size: 3, Key: { secret: KEY } }\ncapabilities: [CAPABILITY_IAM]`;
    expect(componentFor(flowOf(small({ component })), 'dev', 'api', {})).toMatchObject({
      component: {
        ...{ tool: 'sam', stack: 'shop-dev', bucket: 'code', artifact: 'sam', template: 'template.yaml' },
        ...{ parameters: { Size: { from: 'value', value: '3' }, Key: { from: 'secret', variable: 'KEY' } } },
        ...{ capabilities: ['CAPABILITY_IAM'], onDrift: 'warn', whenMissing: 'create' },
      },
    });
  });

  test.each([
    ['no tool', 'target: command\ndeploy: [a]', /tool/],
    ['a tool that is not there', 'target: command\ntool: terrafrom', /tool/],
    ['a key of another tool', `${tofu}\ndeploy: [a]`, /deploy: says nothing to opentofu: it is a key of script/],
    ['a script that deploys nothing', 'target: command\ntool: script', /`deploy` is missing/],
    ['what nobody reads', `${script}\nobserve: [a]`, /observe: has no effect without `rollback`/],
    ['a module twice', `${tofu}\nmodules: [a, b, a]`, /modules\[2\]: `a` is listed twice/],
    ['a plan that nobody read', `${tofu}\napply-plan: plans`, /apply-plan: needs `plan-digest`/],
    ['a digest of nothing', `${tofu}\nplan-digest: "sha256:0"`, /plan-digest: has no effect/],
    ['both a plan to save and one to apply', `${tofu}\napply-plan: a\nplan-digest: b\nsave-plan: c`, /contradicts/],
    [
      'a preview of a plan that is applied by hand',
      `${tofu}\npreview: true\nsave-plan: a`,
      /preview: contradicts `save-plan`/,
    ],
    [
      'a preview beside a plan to apply',
      `${tofu}\npreview: true\napply-plan: a\nplan-digest: b`,
      /preview: contradicts `apply-plan`/,
    ],
    ['words for a tool that makes plans', `${tofu}\npreview: [a]`, /preview: is `true` or `false` here/],
    ['a preview of a script that has no words', `${script}\npreview: true`, /preview: is a command here/],
    [
      'words for a preview of Pulumi',
      'target: command\ntool: pulumi\nstack: a\npreview: [a]',
      /preview: is `true` or `false` here/,
    ],
    ['a preview of what is built twice', `${sam}\npreview: true`, /preview: needs `artifact`/],
    ['words for a preview of SAM', `${sam}\nartifact: a\npreview: [a]`, /preview: is `true` or `false` here/],
    ['a folder outside', `${tofu}\nfolder: ../elsewhere`, /leaves the repository/],
    ['a variable that cannot be one', `${script}\npass-env: [A-B]`, /is not the name of a variable/],
    ['an exit code that cannot be', `${script}\nexit-codes: { 0: unchanged }`, /exit-codes/],
    ['SAM without a stack', 'target: command\ntool: sam\nbucket: code', /`stack` is missing: which stack is updated/],
    [
      'SAM without a bucket',
      'target: command\ntool: sam\nstack: shop',
      /`bucket` is missing: where is the code uploaded/,
    ],
    ['a template beside what is built', `${sam}\nartifact: a\ntemplate: b.yml`, /template: stands beside `artifact`/],
    [
      'two things of the build',
      `${sam}\nartifact: a\nparameters: { I: { from-build: image } }`,
      /takes one thing of the build/,
    ],
    [
      'a key of a stack for OpenTofu',
      `${tofu}\nstack: shop`,
      /stack: says nothing to opentofu: it is a key of pulumi and sam/,
    ],
    ['a command that goes on when its run is cancelled', `${script}\non-cancel: leave`, /on-cancel: says nothing/],
  ])('%s is a mistake with its place', (_, component, problem) => {
    expect(problemsOf(small({ component })).join('\n')).toMatch(problem);
  });
});

describe('a plan that people read before they are asked', () => {
  const readRole = 'read-role: arn:aws:iam::111111111111:role/read';

  test.each<[string, string, string, readonly string[]]>([
    ['is made by who may only read', `${tofu}\npreview: true`, `from: main\n${readRole}`, []],
    ['is made nowhere else', `${tofu}\npreview: true`, 'from: main\ncomponents: { api: { preview: false } }', []],
    [
      'needs that role where the component says so',
      `${tofu}\npreview: true`,
      'from: main',
      [
        '9:3 environments.dev: `api` has `preview`, which needs `read-role`: who makes the plan before anybody is asked may only read (give dev a `read-role`, or `api` `preview: false` there)',
      ],
    ],
    [
      'and where the environment does',
      tofu,
      'from: main\ncomponents: { api: { preview: true } }',
      [
        '10:26 environments.dev.components.api.preview: needs `read-role`: who makes the plan before anybody is asked may only read (give dev a `read-role`, or `api` `preview: false` there)',
      ],
    ],
    ['of Pulumi, too', 'target: command\ntool: pulumi\nstack: a\npreview: true', `from: main\n${readRole}`, []],
    ['of SAM, too', `${sam}\nartifact: a\npreview: true`, `from: main\n${readRole}`, []],
    ['is no matter of a script', `${script}\npreview: [./deploy.sh]`, 'from: main', []],
  ])('%s', (_, component, environment, problems) => {
    expect(problemsOf(small({ component, environment }))).toEqual(problems);
  });
});
