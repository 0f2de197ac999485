import { describe, expect, test } from '@jest/globals';
import { createInputReader } from '#action-kit/inputs';
import { getInputs } from '../../actions/deploy/inputs.ts';

type Given = Readonly<Record<string, string>>;

const defaults: Given = { timeout: '30m', 'on-failure': 'rollback', 'on-cancel': 'rollback' };
const service: Given = { cluster: 'shop', service: 'shop-api', container: 'api', image: 'shop-api:1.3.0' };

function read(given: Given) {
  const reader = createInputReader(name => ({ ...defaults, ...given })[name] ?? '');
  const inputs = getInputs(reader);
  const problems = reader.problems.map(({ where }) => (where?.kind === 'input' ? where.input : ''));
  return { ...inputs, problems };
}

describe('what a new revision is built on', () => {
  test.each<[Given, object]>([
    [{}, { base: 'running' }],
    [{ base: 'running' }, { base: 'running' }],
    [{ base: 'latest' }, { base: 'latest' }],
    [{ 'task-definition': 'shop-api' }, { base: 'latest', family: 'shop-api' }],
    [
      { 'task-definition': 'shop-api', base: 'latest' },
      { base: 'latest', family: 'shop-api' },
    ],
    [{ 'task-definition': 'ecs/api.json' }, { base: 'file', file: 'ecs/api.json' }],
    [
      { 'task-definition': 'ecs/api.json', base: 'file' },
      { base: 'file', file: 'ecs/api.json' },
    ],
    [{ 'task-definition': 'shop-api:7' }, { base: 'as-it-is', revision: 'shop-api:7' }],
  ])('%j', (given, taskDefinition) => {
    const { work, problems } = read({ ...service, ...given });
    expect(problems).toEqual([]);
    expect(work).toMatchObject({ kind: 'ecs', component: { taskDefinition } });
  });

  test.each<[Given, string]>([
    [{ base: 'file' }, 'task-definition'],
    [{ 'task-definition': 'shop-api', base: 'file' }, 'task-definition'],
    [{ 'task-definition': 'shop-api', base: 'running' }, 'base'],
    [{ 'task-definition': 'ecs/api.json', base: 'latest' }, 'base'],
    [{ 'task-definition': 'ecs/api.json', base: 'running' }, 'base'],
    [{ 'task-definition': 'shop-api:7', base: 'latest' }, 'base'],
  ])('%j contradicts itself, and nothing is overlooked', (given, input) => {
    expect(read({ ...service, ...given }).problems).toEqual([input]);
  });
});

describe('what says the same twice is refused: nobody would know which of them holds', () => {
  test.each<[Given, readonly string[]]>([
    [{ plan: '{}', ...service }, ['cluster', 'service', 'container', 'image']],
    [{ plan: '{}', component: 'target: ecs', region: 'eu-west-1', role: 'arn' }, ['component', 'region', 'role']],
    [
      { component: 'target: ecs', image: 'a', 'desired-count': '2', before: 'migrate' },
      ['image', 'desired-count', 'before'],
    ],
    [{ plan: '{}', 'save-plans': 'plans', 'saved-plans': '{}', part: '1/2' }, ['part', 'saved-plans']],
    [{ ...service, 'save-plans': 'plans' }, ['save-plans']],
  ])('%j', (given, inputs) => {
    expect(read(given).problems).toEqual(inputs);
  });
});

test('an environment without a plan is refused, because nothing would be recorded in it', () => {
  expect(read({ ...service, environment: 'prod' }).problems).toEqual(['environment']);
  expect(read({ ...service, flow: 'flow.yml' }).problems).toEqual(['flow']);
  expect(read({ plan: '{}', environment: 'prod', flow: 'flow.yml' }).problems).toEqual([]);
});

test('limits hold for an inline component too', () => {
  const given = { component: 'target: ecs', timeout: '2h', 'on-failure': 'leave', 'on-cancel': 'leave' };
  expect(read(given).work).toMatchObject({ timeout: 7_200_000, onFailure: 'leave', onCancel: 'leave' });
});

test('plans are saved by a look that changes nothing, asked for or not', () => {
  expect(read({ plan: '{}', 'save-plans': 'plans' })).toMatchObject({ dryRun: true, savePlans: 'plans', problems: [] });
  expect(read({ plan: '{}' }).dryRun).toBe(false);
});
