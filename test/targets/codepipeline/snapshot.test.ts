import { expect, test } from '@jest/globals';
import { pipelineSnapshot, readPipelineSnapshot } from '#targets/codepipeline/snapshot';

const state = { pipeline: 'web', stages: [{ stage: 'Deploy', execution: '1', revisions: { GitHub: 'abc' } }] };

test('what was written is read, also after a journey as JSON', () => {
  expect(readPipelineSnapshot(JSON.parse(JSON.stringify(pipelineSnapshot(state))))).toEqual(state);
});

test.each([
  ['another target', { ...pipelineSnapshot(state), target: 'ecs' }],
  ['a newer schema', { ...pipelineSnapshot(state), schema: 2 }],
  ['no stages', { ...pipelineSnapshot(state), state: { pipeline: 'web' } }],
  [
    'a stage without an execution',
    { ...pipelineSnapshot(state), state: { pipeline: 'web', stages: [{ stage: 'Deploy' }] } },
  ],
])('%s is not read', (_name, snapshot) => {
  expect(readPipelineSnapshot(snapshot)).toBeUndefined();
});
