import * as lambda from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import { failureOf } from '../wire/harness.ts';
import { openLambda, place, zipOf } from './world.ts';

const FunctionName = 'api';
const Name = 'live';

/** Version 1 behind `live`, and version 2, Active. */
async function twoVersions(...options: Parameters<typeof openLambda>) {
  const opened = await openLambda(...options);
  const { client, lab } = opened;
  await client.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('2.0.0') }));
  lab.clock.advance(3000);
  await client.send(new lambda.PublishVersionCommand({ FunctionName }));
  lab.clock.advance(2000);
  return opened;
}

test('weights stay until an empty map clears them', async () => {
  const { lab, client } = await twoVersions();
  const update = (input: Partial<lambda.UpdateAliasCommandInput>) =>
    client.send(new lambda.UpdateAliasCommand({ FunctionName, Name, ...input }));
  const weighted = await update({ RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } });
  expect(weighted).toMatchObject({ FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } });
  expect(await update({ Description: 'x' })).toMatchObject({
    RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } },
  });
  expect(await failureOf(update({ FunctionVersion: '2' }))).toMatchObject({
    message: expect.stringContaining('already included'),
  });
  const moved = await update({ FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: {} } });
  expect(moved.RoutingConfig).toBeUndefined();
  expect(await failureOf(update({ RevisionId: weighted.RevisionId }))).toMatchObject({
    name: 'PreconditionFailedException',
  });
  await lab.close();
});

test.each([
  [{ FunctionVersion: '7' }, 'Function not found'],
  [{ RoutingConfig: { AdditionalVersionWeights: { '2': 1.5 } } }, 'less than or equal to 1.0'],
  [{ RoutingConfig: { AdditionalVersionWeights: { '2': 0.1, '3': 0.1 } } }, 'cannot be greater than 1'],
  [{ RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.1 } } }, '$LATEST is not supported'],
])('%j is refused', async (input, words) => {
  const { lab, client } = await twoVersions();
  const call = client.send(new lambda.UpdateAliasCommand({ FunctionName, Name, ...input }));
  expect(await failureOf(call)).toMatchObject({ message: expect.stringContaining(words) });
  await lab.close();
});

test('aliases and versions are listed in pages; one that is there cannot be made again', async () => {
  const { lab, client } = await twoVersions();
  await client.send(new lambda.CreateAliasCommand({ FunctionName, Name: 'beta', FunctionVersion: '2' }));
  const again = new lambda.CreateAliasCommand({ FunctionName, Name: 'beta', FunctionVersion: '2' });
  expect(await failureOf(client.send(again))).toMatchObject({ name: 'ResourceConflictException' });
  const first = await client.send(new lambda.ListAliasesCommand({ FunctionName, MaxItems: 1 }));
  const second = await client.send(
    new lambda.ListAliasesCommand({ FunctionName, MaxItems: 1, Marker: first.NextMarker }),
  );
  expect([first, second].flatMap(page => page.Aliases?.map(alias => alias.Name))).toEqual(['live', 'beta']);
  const { Versions } = await client.send(new lambda.ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions?.map(version => version.Version)).toEqual(['$LATEST', '1', '2']);
  const missing = new lambda.GetAliasCommand({ FunctionName, Name: 'nobody' });
  expect(await failureOf(client.send(missing))).toMatchObject({
    message: 'Cannot find alias arn: arn:aws:lambda:ap-southeast-2:111111111111:function:api:nobody',
  });
  await lab.close();
});

describe('behind a host', () => {
  test('versions answer by their weights', async () => {
    const { lab, client, world } = await twoVersions();
    world.expose('api.example', place, 'live');
    const RoutingConfig = { AdditionalVersionWeights: { '2': 0.25 } };
    await client.send(new lambda.UpdateAliasCommand({ FunctionName, Name, RoutingConfig }));
    const served = Array.from({ length: 20 }, () => world.respond('api.example', '/version')?.body ?? '');
    expect(served.filter(body => body.includes('2.0.0'))).toHaveLength(5);
    expect(world.respond('other.example', '/')).toBeUndefined();
    await lab.close();
  });
});

describe('invocations', () => {
  const init = { error: 'Runtime.ImportModuleError', message: "Error: Cannot find module 'pg'" };

  test('code that does not start is an error of the function, with its log', async () => {
    const { lab, client, logged } = await twoVersions({}, { '2.0.0': { init } });
    const answer = await client.send(
      new lambda.InvokeCommand({ FunctionName, Qualifier: '2', LogType: 'Tail', Payload: '{}' }),
    );
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', ExecutedVersion: '2' });
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({ errorType: init.error });
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toContain('Error Type: Runtime.ImportModuleError');
    expect(logged.at(-1)).toMatch(/^\/aws\/lambda\/api \d{4}\/\d\d\/\d\d\/\[2\][0-9a-f]{32} INIT_REPORT/);
    await lab.close();
  });

  test('an event with a path is answered as a request would be', async () => {
    const { lab, client } = await twoVersions();
    const answer = await client.send(
      new lambda.InvokeCommand({ FunctionName, Qualifier: 'live', Payload: '{"rawPath":"/version"}' }),
    );
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({
      statusCode: 200,
      body: '{"version":"1.0.0"}',
    });
    await lab.close();
  });

  test('provisioned concurrency of an alias follows it, and fails with its code', async () => {
    const { lab, client } = await twoVersions({}, { '2.0.0': { init } });
    const Qualifier = Name;
    const get = () => client.send(new lambda.GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));
    expect(await failureOf(get())).toMatchObject({ name: 'ProvisionedConcurrencyConfigNotFoundException' });
    const put = (ProvisionedConcurrentExecutions: number) =>
      client.send(
        new lambda.PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }),
      );
    expect(await failureOf(put(5000))).toMatchObject({
      message: expect.stringContaining('UnreservedConcurrentExecution'),
    });
    expect(await put(5)).toMatchObject({ Status: 'IN_PROGRESS' });
    lab.clock.advance(90_000);
    expect(await get()).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 5 });
    await client.send(new lambda.UpdateAliasCommand({ FunctionName, Name, FunctionVersion: '2' }));
    expect(await get()).toMatchObject({ Status: 'IN_PROGRESS' });
    lab.clock.advance(90_000);
    expect(await get()).toMatchObject({ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' });
    await client.send(new lambda.DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));
    await failureOf(get());
    await lab.close();
  });
});
