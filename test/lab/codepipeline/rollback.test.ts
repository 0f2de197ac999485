import {
  CodePipelineClient,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
  RollbackStageCommand,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { failureOf } from '../wire/harness.ts';
import { broken, first, openPipelines, type Pipelines, pass, place, second, webPipeline } from './world.ts';

let it: Pipelines;
let client: CodePipelineClient;

beforeEach(async () => {
  it = await openPipelines();
  client = new CodePipelineClient(it.lab.client);
});
afterEach(() => it.lab.close());

async function list(stageName?: string) {
  const filter = stageName === undefined ? {} : { filter: { succeededInStage: { stageName } } };
  const command = new ListPipelineExecutionsCommand({ pipelineName: 'web', ...filter });
  return (await client.send(command)).pipelineExecutionSummaries ?? [];
}
const back = (stageName: string, targetPipelineExecutionId = '') =>
  client.send(new RollbackStageCommand({ pipelineName: 'web', stageName, targetPipelineExecutionId }));
async function deploy(sha: string): Promise<string> {
  it.repository.head = sha;
  const { pipelineExecutionId = '' } = await client.send(new StartPipelineExecutionCommand({ name: 'web' }));
  pass(it.clock, 100_000);
  return pipelineExecutionId;
}

test('a pipeline has run in the past', async () => {
  it.world.create(place, webPipeline());
  it.world.runInThePast(place, 'web');
  expect(await list('Deploy')).toMatchObject([
    { status: 'Succeeded', sourceRevisions: [{ revisionId: first }], executionType: 'STANDARD' },
  ]);
});

test('a stage goes back to an execution that succeeded in it, as a new execution of that stage alone', async () => {
  it.world.create(place, webPipeline());
  const [one, two] = [await deploy(first), await deploy(second)];
  const { pipelineExecutionId } = await back('Deploy', one);
  expect(await failureOf(back('Deploy', one))).toMatchObject({ name: 'UnableToRollbackStageException' });
  pass(it.clock, 65_000);
  expect((await list())[0]).toMatchObject({
    pipelineExecutionId,
    status: 'Succeeded',
    executionType: 'ROLLBACK',
    trigger: { triggerType: 'ManualRollback' },
    rollbackMetadata: { rollbackTargetPipelineExecutionId: one },
    sourceRevisions: [{ revisionId: first }],
  });
  const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: 'web' }));
  expect(stageStates.map(stage => stage.latestExecution?.pipelineExecutionId)).toEqual([two, two, pipelineExecutionId]);
  expect(await failureOf(back('Deploy', pipelineExecutionId))).toMatchObject({
    name: 'UnableToRollbackStageException',
  });
  expect(await failureOf(back('Source', one))).toMatchObject({ name: 'UnableToRollbackStageException' });
  expect(await failureOf(back('Nowhere', one))).toMatchObject({ name: 'StageNotFoundException' });
  it.world.update(place, 'web');
  expect(await failureOf(back('Deploy', one))).toMatchObject({ name: 'UnableToRollbackStageException' });
  expect(await list('Deploy')).toEqual([]);
});

test.each([
  ['V1', { pipelineType: 'V1' as const }],
  ['PARALLEL', { executionMode: 'PARALLEL' as const }],
])('no rollback in %s', async (_name, change) => {
  it.world.create(place, webPipeline(change));
  const one = await deploy(first);
  expect(await failureOf(back('Deploy', one))).toMatchObject({ name: 'UnableToRollbackStageException' });
});

test('a stage that is told to rolls back by itself when it fails, and says from which execution', async () => {
  it.world.create(place, webPipeline({}, { onFailure: { result: 'ROLLBACK' } }));
  const [one, bad] = [await deploy(first), await deploy(broken)];
  pass(it.clock, 65_000);
  expect((await list()).map(each => each.status)).toEqual(['Succeeded', 'Failed', 'Succeeded']);
  expect((await list())[0]).toMatchObject({
    trigger: { triggerType: 'AutomatedRollback', triggerDetail: JSON.stringify({ FailedPipelineExecutionId: bad }) },
    rollbackMetadata: { rollbackTargetPipelineExecutionId: one },
  });
});
