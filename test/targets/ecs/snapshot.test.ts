import { describe, expect, test } from '@jest/globals';
import { ecsSnapshot, readEcsSnapshot } from '#targets/ecs/snapshot';

const state = {
  cluster: 'main',
  services: [{ service: 'api', taskDefinition: 'api:7', images: { api: 'api@sha256:1' }, desiredCount: 3 }],
};

describe('what an ECS component was', () => {
  test('survives the journal', () => {
    expect(readEcsSnapshot(JSON.parse(JSON.stringify(ecsSnapshot(state))))).toEqual(state);
  });

  test.each<[string, object]>([
    ['another target', { target: 'lambda' }],
    ['a newer schema', { schema: 2 }],
    ['no cluster', { state: { services: state.services } }],
    ['no services', { state: { cluster: 'main' } }],
    [
      'a service without its definition',
      { state: { ...state, services: [{ service: 'api', images: {}, desiredCount: 1 }] } },
    ],
    ['images that are not there', { state: { ...state, services: [{ ...state.services[0], images: null }] } }],
    ['nothing at all', { state: {} }],
  ])('%s is not guessed at', (_name, change) => {
    expect(readEcsSnapshot({ ...ecsSnapshot(state), ...change })).toBeUndefined();
  });
});
