import { describe, expect, test } from '@jest/globals';
import { definition, ecsWorld } from './world.ts';

interface Described {
  taskDefinition: Record<string, unknown> & { taskDefinitionArn: string; revision: number };
}

describe('RegisterTaskDefinition', () => {
  test('always makes a revision', () => {
    const { call } = ecsWorld();
    const register = () => call<Described>('RegisterTaskDefinition', definition('v1')).taskDefinition;
    expect([register().revision, register().revision]).toEqual([1, 2]);
  });

  test('keeps empty values and members that this SDK does not know', () => {
    const { call } = ecsWorld();
    const base = definition('v1', { environment: [{ name: 'EMPTY', value: '' }], command: [] });
    call('RegisterTaskDefinition', { ...base, newInThirty: { deep: [''] } });
    expect(call<Described>('DescribeTaskDefinition', { taskDefinition: 'api' }).taskDefinition).toMatchObject({
      newInThirty: { deep: [''] },
      containerDefinitions: [{ environment: [{ name: 'EMPTY', value: '' }], command: [] }],
    });
  });

  test('DescribeTaskDefinition adds what no input may have', () => {
    const { call } = ecsWorld();
    call('RegisterTaskDefinition', definition('v1'));
    const described = call<Described>('DescribeTaskDefinition', { taskDefinition: 'api:1' }).taskDefinition;
    expect(Object.keys(described)).toEqual(
      expect.arrayContaining([
        'taskDefinitionArn',
        'revision',
        'status',
        'requiresAttributes',
        'compatibilities',
        'registeredAt',
        'registeredBy',
      ]),
    );
    expect(described).not.toHaveProperty('deregisteredAt');
    expect(described.registeredBy).toBe('arn:aws:iam::333333333333:role/release');
  });

  test.each([
    [{ family: 'a b' }, /^ClientException: Family contains invalid characters/],
    [{ containerDefinitions: [] }, 'ClientException: Container list cannot be empty.'],
    [{ cpu: '256', memory: '8192' }, 'ClientException: No Fargate configuration exists for given values.'],
    [{ cpu: undefined }, "ClientException: Invalid 'cpu' setting for task."],
    [{ networkMode: 'bridge' }, "ClientException: Fargate only supports network mode 'awsvpc'."],
    [{ executionRoleArn: undefined }, /execution role ARN to support log driver awslogs/],
    [
      { containerDefinitions: [{ name: 'api', image: '' }] },
      'ClientException: Container.image should not be null or empty.',
    ],
    [
      {
        containerDefinitions: [
          { name: 'a', image: 'a' },
          { name: 'a', image: 'a' },
        ],
      },
      /duplicates/,
    ],
    [{ containerDefinitions: [{ name: 'a', image: 'a', essential: false }] }, /essential/],
  ])('refuses %j', (change, words) => {
    const { call, refusal } = ecsWorld();
    const refused = refusal('RegisterTaskDefinition', { ...definition('v1'), ...change });
    expect(refused).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
    expect(call('ListTaskDefinitions', {})).toEqual({ taskDefinitionArns: [] });
  });

  test.each(['1 vCPU', '1024'])('takes cpu as %s', cpu => {
    const { call } = ecsWorld();
    expect(
      call<Described>('RegisterTaskDefinition', { ...definition('v1'), cpu, memory: '2 GB' }).taskDefinition.revision,
    ).toBe(1);
  });
});

describe('ListTaskDefinitions', () => {
  test('sorts by family and revision, both ways, by status and page', () => {
    const { call } = ecsWorld();
    for (const family of ['web', 'api', 'api']) call('RegisterTaskDefinition', { ...definition('v1'), family });
    call('DeregisterTaskDefinition', { taskDefinition: 'api:1' });
    const list = (input: object) =>
      call<{ taskDefinitionArns: string[] }>('ListTaskDefinitions', input).taskDefinitionArns.map(
        arn => arn.split('/')[1],
      );
    expect(list({})).toEqual(['api:2', 'web:1']);
    expect(list({ sort: 'DESC' })).toEqual(['web:1', 'api:2']);
    expect(list({ familyPrefix: 'api', status: 'INACTIVE' })).toEqual(['api:1']);
    expect(list({ familyPrefix: 'ap' })).toEqual([]);
    expect(list({ maxResults: 1 })).toEqual(['api:2']);
    expect(call('ListTaskDefinitionFamilies', { familyPrefix: 'a' })).toEqual({ families: ['api'] });
  });
});

describe('DeregisterTaskDefinition', () => {
  test('wants a revision, and leaves it describable as INACTIVE', () => {
    const { call, refusal } = ecsWorld();
    call('RegisterTaskDefinition', definition('v1'));
    expect(refusal('DeregisterTaskDefinition', { taskDefinition: 'api' })).toMatch(/^ClientException/);
    call('DeregisterTaskDefinition', { taskDefinition: 'api:1' });
    expect(call<Described>('DescribeTaskDefinition', { taskDefinition: 'api:1' }).taskDefinition).toMatchObject({
      status: 'INACTIVE',
      deregisteredAt: expect.any(Date),
    });
    expect(refusal('DescribeTaskDefinition', { taskDefinition: 'api' })).toBe(
      'ClientException: Unable to describe task definition.',
    );
  });
});
