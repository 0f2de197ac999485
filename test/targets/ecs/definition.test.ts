import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '#aws/raw-json';
import { containerNames, imagesOf, registrable, sameDefinition, withImages } from '#targets/ecs/definition';

const arn = 'arn:aws:ecs:eu-west-1:1:task-definition/api:7';

/** As RegisterTaskDefinition takes it. */
function given(change: JsonObject = {}, container: JsonObject = {}): JsonObject {
  return {
    family: 'api',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name: 'api',
        image: 'api@sha256:1',
        command: ['node', 'server.js'],
        portMappings: [{ containerPort: 8080 }],
        environment: [
          { name: 'MODE', value: 'prod' },
          { name: 'EMPTY', value: '' },
        ],
        healthCheck: { command: ['CMD', 'true'] },
        ...container,
      },
    ],
    ...change,
  };
}

/** The same as DescribeTaskDefinition shows it: with what ECS adds and fills in. */
function described(change: JsonObject = {}, container: JsonObject = {}): JsonObject {
  const { containerDefinitions, ...rest } = given();
  const [first] = containerDefinitions as readonly [JsonObject];
  return {
    ...rest,
    taskDefinitionArn: arn,
    revision: 7,
    status: 'ACTIVE',
    requiresAttributes: [{ name: 'ecs.capability.task-eni' }],
    compatibilities: ['EC2', 'FARGATE'],
    registeredAt: 1_793_620_800,
    registeredBy: 'arn:aws:sts::1:assumed-role/release/x',
    volumes: [],
    placementConstraints: [],
    containerDefinitions: [
      {
        ...first,
        cpu: 0,
        essential: true,
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
        portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
        environment: [
          { name: 'EMPTY', value: '' },
          { name: 'MODE', value: 'prod' },
        ],
        healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 },
        ...container,
      },
    ],
    ...change,
  };
}

describe('what was registered and what ECS describes are the same definition', () => {
  test.each<[string, JsonObject, JsonObject, boolean]>([
    ['read-only members, empty lists, documented defaults, the order of variables', given(), described(), true],
    ['either way round', described(), given(), true],
    ['a null is nothing', given({ taskRoleArn: null }), described(), true],
    ['another image', given({}, { image: 'api@sha256:2' }), described(), false],
    [
      'another value of a variable',
      given(
        {},
        {
          environment: [
            { name: 'MODE', value: 'dev' },
            { name: 'EMPTY', value: '' },
          ],
        },
      ),
      described(),
      false,
    ],
    ['a variable less', given({}, { environment: [{ name: 'MODE', value: 'prod' }] }), described(), false],
    [
      'an empty value is not a missing one (#780)',
      given({}, { environment: [{ name: 'MODE', value: 'prod' }, { name: 'EMPTY' }] }),
      described(),
      false,
    ],
    [
      'another order of the command is another command',
      given({}, { command: ['server.js', 'node'] }),
      described(),
      false,
    ],
    ['a member that no SDK knows yet (#430)', given({ quantumMode: 'on' }), described(), false],
    ['the same member that no SDK knows yet', given({ quantumMode: 'on' }), described({ quantumMode: 'on' }), true],
    ['a default spelt out', given({}, { essential: true, cpu: 0 }), described(), true],
    ['another value than the default', given({}, { essential: false }), described(), false],
    [
      'a health check that is asked more often',
      given({}, { healthCheck: { command: ['CMD', 'true'], interval: 10 } }),
      described(),
      false,
    ],
    [
      'a host port of its own',
      given({}, { portMappings: [{ containerPort: 8080, hostPort: 80 }] }),
      described(),
      false,
    ],
    [
      'a host port that is chosen later',
      given(),
      described({}, { portMappings: [{ containerPort: 8080, hostPort: 0, protocol: 'tcp' }] }),
      true,
    ],
    ['the CPU of a task is text, and has no default', given({ cpu: undefined }), described(), false],
    ['another family', given({ family: 'web' }), described(), false],
  ])('%s: %s', (_name, wanted, existing, expected) => {
    expect(sameDefinition(wanted, existing)).toBe(expected);
  });

  test('two containers are told apart by name, not by place', () => {
    const [api, proxy] = [
      { name: 'api', image: 'a' },
      { name: 'proxy', image: 'p' },
    ];
    const of = (...containerDefinitions: readonly JsonObject[]) => ({ family: 'x', containerDefinitions });
    expect(sameDefinition(of(api, proxy), of(proxy, api))).toBe(true);
    expect(sameDefinition(of(api, proxy), of({ ...api, image: 'p' }, { ...proxy, image: 'a' }))).toBe(false);
  });

  test('a variable that is given twice keeps its order: the last one wins', () => {
    const twice = (first: string, last: string) =>
      given(
        {},
        {
          environment: [
            { name: 'A', value: first },
            { name: 'A', value: last },
          ],
        },
      );
    expect(sameDefinition(twice('1', '2'), twice('1', '2'))).toBe(true);
    expect(sameDefinition(twice('1', '2'), twice('2', '1'))).toBe(false);
  });

  test.each<[string, readonly JsonObject[] | undefined, readonly JsonObject[], boolean]>([
    [
      'the same ones in another order',
      [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
      [
        { key: 'b', value: '2' },
        { key: 'a', value: '1' },
      ],
      true,
    ],
    ['another value', [{ key: 'a', value: '1' }], [{ key: 'a', value: '2' }], false],
    ['one that is not there', [{ key: 'a', value: '1' }], [], false],
    [
      'those of AWS do not count',
      [{ key: 'a', value: '1' }],
      [
        { key: 'a', value: '1' },
        { key: 'aws:cloudformation:stack-name', value: 's' },
      ],
      true,
    ],
    ['none are wanted, and somebody has set some', undefined, [{ key: 'owner', value: 'ops' }], true],
  ])('tags: %s', (_name, wanted, existing, expected) => {
    expect(sameDefinition(given(wanted === undefined ? {} : { tags: wanted }), described(), existing)).toBe(expected);
  });
});

describe('what is registered again', () => {
  test('everything but what ECS adds: new members and empty values survive (#430, #780)', () => {
    const kept = registrable(described({ quantumMode: 'on', deregisteredAt: 1, deleteRequestedAt: 2 }));
    expect(Object.keys(kept).toSorted()).toEqual([
      'containerDefinitions',
      'cpu',
      'family',
      'memory',
      'networkMode',
      'placementConstraints',
      'quantumMode',
      'requiresCompatibilities',
      'volumes',
    ]);
    expect(kept.containerDefinitions).toEqual(described().containerDefinitions);
  });

  test('tags come along, but not those that only AWS may set', () => {
    const tags = [
      { key: 'team', value: 'web' },
      { key: 'aws:cloudformation:stack-name', value: 's' },
    ];
    expect(registrable(described(), tags).tags).toEqual([{ key: 'team', value: 'web' }]);
    expect(registrable(described(), tags.slice(1))).not.toHaveProperty('tags');
  });

  test('only the image of the named container changes', () => {
    const two = {
      family: 'x',
      containerDefinitions: [
        { name: 'api', image: 'a', cpu: 1 },
        { name: 'proxy', image: 'p' },
      ],
    };
    const changed = withImages(two, { api: 'b', unknown: 'c' });
    expect(changed.containerDefinitions).toEqual([
      { name: 'api', image: 'b', cpu: 1 },
      { name: 'proxy', image: 'p' },
    ]);
    expect(imagesOf(changed)).toEqual({ api: 'b', proxy: 'p' });
    expect(containerNames(changed)).toEqual(['api', 'proxy']);
    expect(imagesOf(two).api).toBe('a');
  });
});
