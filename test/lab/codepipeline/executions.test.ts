import { BatchGetBuildsCommand, CodeBuildClient } from '@aws-sdk/client-codebuild';
import {
  CodePipelineClient,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  PutApprovalResultCommand,
  StartPipelineExecutionCommand,
  type StartPipelineExecutionCommandInput,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { failureOf } from '../wire/harness.ts';
import { broken, first, openPipelines, type Pipelines, pass, place, second, webPipeline } from './world.ts';

let it: Pipelines;
let client: CodePipelineClient;

beforeEach(async () => {
  it = await openPipelines();
  client = new CodePipelineClient(it.lab.client);
});
afterEach(() => it.lab.close());

async function start(more: Partial<StartPipelineExecutionCommandInput> = {}): Promise<string> {
  const { pipelineExecutionId = '' } = await client.send(new StartPipelineExecutionCommand({ name: 'web', ...more }));
  return pipelineExecutionId;
}
async function status(pipelineExecutionId: string) {
  const command = new GetPipelineExecutionCommand({ pipelineName: 'web', pipelineExecutionId });
  return (await client.send(command)).pipelineExecution;
}
async function summaries() {
  return (
    (await client.send(new ListPipelineExecutionsCommand({ pipelineName: 'web' }))).pipelineExecutionSummaries ?? []
  );
}

describe('an execution', () => {
  beforeEach(() => it.world.create(place, webPipeline()));

  test('knows its source only after the source stage', async () => {
    const id = await start();
    expect((await summaries())[0]).toMatchObject({
      pipelineExecutionId: id,
      status: 'InProgress',
      sourceRevisions: [],
    });
    pass(it.clock, 5_000);
    expect((await summaries())[0]?.sourceRevisions).toMatchObject([{ actionName: 'GitHub', revisionId: first }]);
    pass(it.clock, 89_000);
    expect((await status(id))?.status).toBe('InProgress');
    pass(it.clock, 2_000);
    expect((await status(id))?.status).toBe('Succeeded');
  });

  test('is the same one for the same token, and another for another', async () => {
    const id = await start({ clientRequestToken: 'once' });
    expect(await start({ clientRequestToken: 'once' })).toBe(id);
    expect(await start({ clientRequestToken: 'twice' })).not.toBe(id);
  });

  test('begins some time after a push, with the commit that was pushed', async () => {
    it.world.pushed('acme/web', 'main', second);
    it.world.pushed('acme/web', 'dev', broken);
    pass(it.clock, 29_000);
    expect(await summaries()).toEqual([]);
    pass(it.clock, 12_000);
    expect(await summaries()).toMatchObject([
      { trigger: { triggerType: 'WebhookV2' }, sourceRevisions: [{ revisionId: second }] },
    ]);
  });

  test('that fails says which action, and the build has phases and a log', async () => {
    it.world.setAction(place, 'web', 'Build/Lint', {
      takes: 60_000,
      log: ['linting'],
      fails: { code: 'JobFailed', message: 'cfn-lint: exit status 4', log: ['E3012 t.yml:7'] },
    });
    const pipelineExecutionId = await start();
    pass(it.clock, 80_000);
    expect((await status(pipelineExecutionId))?.status).toBe('Failed');
    const command = new ListActionExecutionsCommand({ pipelineName: 'web', filter: { pipelineExecutionId } });
    const [lint, source] = (await client.send(command)).actionExecutionDetails ?? [];
    expect(source).toMatchObject({ actionName: 'GitHub', status: 'Succeeded' });
    expect(lint?.status).toBe('Failed');
    const { externalExecutionId = '', errorDetails } = lint?.output?.executionResult ?? {};
    expect(errorDetails).toEqual({ code: 'JobFailed', message: 'Build terminated with state: FAILED' });
    const builds = await new CodeBuildClient(it.lab.client).send(
      new BatchGetBuildsCommand({ ids: [externalExecutionId, 'lint:gone'] }),
    );
    expect(builds.buildsNotFound).toEqual(['lint:gone']);
    expect(builds.builds).toMatchObject([{ buildStatus: 'FAILED', logs: { groupName: '/aws/codebuild/lint' } }]);
    expect(builds.builds?.[0]?.phases?.find(phase => phase.phaseStatus === 'FAILED')).toMatchObject({
      phaseType: 'BUILD',
      contexts: [{ message: 'cfn-lint: exit status 4' }],
    });
  });

  test('takes the revision and the variables that it is given, if they exist', async () => {
    const override = (actionName: string, revisionValue: string) => ({
      sourceRevisions: [{ actionName, revisionType: 'COMMIT_ID' as const, revisionValue }],
    });
    const id = await start(override('GitHub', second));
    pass(it.clock, 11_000);
    expect((await status(id))?.artifactRevisions).toMatchObject([{ revisionId: second }]);
    expect(await failureOf(start(override('Other', second)))).toMatchObject({ name: 'ValidationException' });
    expect(await failureOf(start(override('GitHub', 'd'.repeat(40))))).toMatchObject({ name: 'ValidationException' });
    expect(await failureOf(start({ variables: [{ name: 'Speed', value: '1' }] }))).toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('several executions', () => {
  test('the newer one supersedes the one that waits before a stage, and never the one within', async () => {
    it.world.create(place, webPipeline());
    const ids = [await start()];
    pass(it.clock, 38_000);
    ids.push(await start());
    pass(it.clock, 38_000);
    ids.push(await start());
    pass(it.clock, 38_000);
    const seen = await Promise.all(ids.map(status));
    expect(seen.map(each => each?.status)).toEqual(['Succeeded', 'InProgress', 'InProgress']);
    ids.push(await start());
    pass(it.clock, 38_000);
    expect((await status(ids[2] ?? ''))?.status).toBe('Superseded');
  });

  test('wait in line in QUEUED mode', async () => {
    it.world.create(place, webPipeline({ executionMode: 'QUEUED' }));
    const ids = [await start(), await start(), await start()];
    pass(it.clock, 280_000);
    expect((await Promise.all(ids.map(status))).map(each => each?.status)).toEqual([
      'Succeeded',
      'Succeeded',
      'Succeeded',
    ]);
  });

  test('run side by side in PARALLEL mode, up to five', async () => {
    it.world.create(place, webPipeline({ executionMode: 'PARALLEL' }));
    const ids = [await start(), await start(), await start(), await start(), await start()];
    expect(await failureOf(start())).toMatchObject({ name: 'ConcurrentPipelineExecutionsLimitExceededException' });
    pass(it.clock, 100_000);
    expect((await Promise.all(ids.map(status))).map(each => each?.status)).toEqual(ids.map(() => 'Succeeded'));
  });
});

describe('stopping', () => {
  beforeEach(() => it.world.create(place, webPipeline()));
  const stop = (pipelineExecutionId: string, abandon?: boolean) =>
    client.send(
      new StopPipelineExecutionCommand({ pipelineName: 'web', pipelineExecutionId, abandon, reason: 'why not' }),
    );

  test('waits for the action that is at work; Stopping is not the end', async () => {
    const id = await start();
    pass(it.clock, 20_000);
    await stop(id);
    expect((await status(id))?.status).toBe('Stopping');
    expect(await failureOf(stop(id))).toMatchObject({ name: 'DuplicatedStopRequestException' });
    pass(it.clock, 10_000);
    expect((await status(id))?.status).toBe('Stopping');
    pass(it.clock, 15_000);
    expect((await status(id))?.status).toBe('Stopped');
    expect((await summaries())[0]?.stopTrigger).toEqual({ reason: 'why not' });
    expect(await failureOf(stop(id))).toMatchObject({ name: 'PipelineExecutionNotStoppableException' });
  });

  test('or abandons it', async () => {
    const id = await start();
    pass(it.clock, 20_000);
    await stop(id, true);
    pass(it.clock, 3_000);
    expect((await status(id))?.status).toBe('Stopped');
  });
});

test('a closed transition holds an execution before its stage, and says who closed it and why', async () => {
  it.world.create(place, webPipeline());
  it.world.setTransition(place, 'web', 'Deploy', { enabled: false, by: 'ops', reason: 'incident' });
  const id = await start();
  pass(it.clock, 280_000);
  const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: 'web' }));
  expect(stageStates[2]).toMatchObject({
    inboundExecution: { pipelineExecutionId: id },
    inboundTransitionState: { enabled: false, lastChangedBy: 'ops', disabledReason: 'incident' },
  });
  it.world.setTransition(place, 'web', 'Deploy', { enabled: true, by: 'ops', reason: '' });
  pass(it.clock, 65_000);
  expect((await status(id))?.status).toBe('Succeeded');
});

describe('an approval', () => {
  const approval = {
    name: 'Ops',
    actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
  } as const;
  const answer = (token: string, result: 'Approved' | 'Rejected') =>
    client.send(
      new PutApprovalResultCommand({
        pipelineName: 'web',
        stageName: 'Ask',
        actionName: 'Ops',
        token,
        result: { status: result, summary: 'said so' },
      }),
    );

  test.each([
    ['Approved', 'Succeeded'],
    ['Rejected', 'Failed'],
  ] as const)('%s ends the action as %s; its token is good once', async (result, ending) => {
    const spec = webPipeline();
    const [source, , deploy] = spec.declaration.stages ?? [];
    if (source === undefined || deploy === undefined) throw new Error('no stages');
    it.world.create(place, {
      ...spec,
      declaration: { ...spec.declaration, stages: [source, { name: 'Ask', actions: [approval] }, deploy] },
    });
    const id = await start();
    pass(it.clock, 20_000);
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: 'web' }));
    const { token = '' } = stageStates[1]?.actionStates?.[0]?.latestExecution ?? {};
    expect(await failureOf(answer('00000000-0000-0000-0000-000000000000', result))).toMatchObject({
      name: 'InvalidApprovalTokenException',
    });
    await answer(token, result);
    expect(await failureOf(answer(token, result))).toMatchObject({ name: 'ApprovalAlreadyCompletedException' });
    pass(it.clock, 65_000);
    expect((await status(id))?.status).toBe(ending);
  });
});

test('what is not there is refused by name', async () => {
  it.world.create(place, webPipeline());
  expect(await failureOf(client.send(new GetPipelineStateCommand({ name: 'nope' })))).toMatchObject({
    name: 'PipelineNotFoundException',
    message: "Account '111111111111' does not have a pipeline with name 'nope'",
  });
  expect(await failureOf(status('00000000-0000-0000-0000-000000000000'))).toMatchObject({
    name: 'PipelineExecutionNotFoundException',
  });
  expect(await failureOf(status('short'))).toMatchObject({ name: 'ValidationException' });
});

test('a change of the structure cancels what is under way', async () => {
  it.world.create(place, webPipeline());
  const id = await start();
  pass(it.clock, 20_000);
  it.world.update(place, 'web');
  expect((await status(id))?.status).toBe('Cancelled');
});
