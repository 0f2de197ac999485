import { createHash } from 'node:crypto';
import * as lambda from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import { failureOf } from '../wire/harness.ts';
import { digest, openLambda, place, registry, zipOf } from './world.ts';

const FunctionName = 'api';

test('an update is in progress, then through, and has another revision each time', async () => {
  const { lab, client } = await openLambda();
  const before = await client.send(new lambda.GetFunctionCommand({ FunctionName }));
  const ZipFile = zipOf('1.1.0');
  const begun = await client.send(
    new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile, RevisionId: before.Configuration?.RevisionId }),
  );
  expect(begun).toMatchObject({
    LastUpdateStatus: 'InProgress',
    CodeSha256: createHash('sha256').update(ZipFile).digest('base64'),
    Version: '$LATEST',
  });
  const busy = await failureOf(client.send(new lambda.PublishVersionCommand({ FunctionName })));
  expect(busy).toMatchObject({ name: 'ResourceConflictException', message: expect.stringContaining('in progress') });
  lab.clock.advance(3000);
  const { Configuration: through } = await client.send(new lambda.GetFunctionCommand({ FunctionName }));
  expect(through?.LastUpdateStatus).toBe('Successful');
  expect(new Set([before.Configuration?.RevisionId, begun.RevisionId, through?.RevisionId]).size).toBe(3);
  await lab.close();
});

test('a dry run says the checksum and changes nothing', async () => {
  const { lab, client, world } = await openLambda();
  const { revision } = world.function(place).latest;
  const dry = await client.send(
    new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('1.1.0'), DryRun: true }),
  );
  expect(dry.CodeSha256).toBe(createHash('sha256').update(zipOf('1.1.0')).digest('base64'));
  expect(world.function(place).latest.revision).toBe(revision);
  await lab.close();
});

test('a stale revision, a checksum of other code, and what is no archive are refused', async () => {
  const { lab, client } = await openLambda();
  const stale = new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('2'), RevisionId: 'old' });
  expect(await failureOf(client.send(stale))).toMatchObject({
    name: 'PreconditionFailedException',
    $metadata: { httpStatusCode: 412 },
  });
  const other = new lambda.PublishVersionCommand({ FunctionName, CodeSha256: 'other' });
  expect(await failureOf(client.send(other))).toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringMatching(/^CodeSHA256 \(other\) is different from current CodeSHA256 in \$LATEST/),
  });
  const noZip = new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from('no zip') });
  expect(await failureOf(client.send(noZip))).toMatchObject({ message: expect.stringContaining('Could not unzip') });
  await lab.close();
});

test('the same code again makes a publishable change; without any, the newest version is answered', async () => {
  const { lab, client } = await openLambda();
  const publish = () => client.send(new lambda.PublishVersionCommand({ FunctionName }));
  expect((await publish()).Version).toBe('1');
  await client.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('1.0.0') }));
  lab.clock.advance(3000);
  expect(await publish()).toMatchObject({ Version: '2', State: 'Pending' });
  expect((await publish()).Version).toBe('2');
  lab.clock.advance(2000);
  const { Configuration } = await client.send(new lambda.GetFunctionCommand({ FunctionName, Qualifier: '2' }));
  expect(Configuration?.State).toBe('Active');
  await lab.close();
});

describe('objects in buckets', () => {
  test('are read, or what S3 says is passed on', async () => {
    const { lab, client, objects } = await openLambda();
    objects.put(place.account, place.region, 'builds', 'api.zip', zipOf('1.1.0'));
    objects.put(place.account, 'eu-west-1', 'far', 'api.zip', zipOf('1.1.0'));
    const update = (S3Bucket: string, S3Key: string) =>
      client.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, S3Bucket, S3Key, DryRun: true }));
    expect((await update('builds', 'api.zip')).CodeSha256).toHaveLength(44);
    expect(await failureOf(update('builds', 'no.zip'))).toMatchObject({
      message:
        'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    });
    expect(await failureOf(update('nobody', 'api.zip'))).toMatchObject({
      message: expect.stringContaining('NoSuchBucket'),
    });
    expect(await failureOf(update('far', 'api.zip'))).toMatchObject({
      message: expect.stringContaining('in this region: eu-west-1'),
    });
    await lab.close();
  });
});

describe('images', () => {
  test('a tag becomes a digest when the code is updated', async () => {
    const { lab, client, images } = await openLambda({ code: { image: `${registry}/api:one` } });
    images.one = digest('3');
    const { Code } = await client.send(new lambda.GetFunctionCommand({ FunctionName }));
    expect(Code).toMatchObject({ ImageUri: `${registry}/api:one`, ResolvedImageUri: `${registry}/api@${digest('1')}` });
    const missing = new lambda.UpdateFunctionCodeCommand({ FunctionName, ImageUri: `${registry}/api:none` });
    expect(await failureOf(client.send(missing))).toMatchObject({
      message: `Source image ${registry}/api:none does not exist. Provide a valid source image.`,
    });
    const zip = new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('2') });
    expect(await failureOf(client.send(zip))).toMatchObject({ message: expect.stringContaining('packageType Image') });
    await lab.close();
  });
});

describe('the configuration', () => {
  const update = (input: Omit<lambda.UpdateFunctionConfigurationCommandInput, 'FunctionName'>) =>
    new lambda.UpdateFunctionConfigurationCommand({ FunctionName, ...input });

  test('keeps what is not given, but replaces variables and layers as a whole', async () => {
    const settings = { variables: { A: '1', B: '2' }, memory: 512 };
    const { lab, client } = await openLambda({ settings });
    const updated = await client.send(update({ Environment: { Variables: { A: '9' } } }));
    expect(updated).toMatchObject({ MemorySize: 512, Environment: { Variables: { A: '9' } } });
    lab.clock.advance(3000);
    expect(await client.send(update({ Timeout: 20 }))).toMatchObject({
      Environment: { Variables: { A: '9' } },
      Timeout: 20,
    });
    await lab.close();
  });

  test.each([
    [{ MemorySize: 64 }, 'greater than or equal to 128'],
    [{ Timeout: 901 }, 'less than or equal to 900'],
    [{ Layers: ['arn:aws:lambda:ap-southeast-2:111111111111:layer:no:1'] }, 'does not exist'],
    [{ Environment: { Variables: { AWS_REGION: 'x' } } }, 'reserved keys'],
    [{ Environment: { Variables: { LONG: 'x'.repeat(5000) } } }, '4KB limit'],
  ])('%j is refused', async (input, words) => {
    const { lab, client } = await openLambda();
    expect(await failureOf(client.send(update(input)))).toMatchObject({ message: expect.stringContaining(words) });
    await lab.close();
  });

  test('variables that the caller may not decrypt are not shown as none', async () => {
    const { lab, client } = await openLambda({ settings: { variables: { A: '1' } }, variablesReadable: false });
    const { Configuration } = await client.send(new lambda.GetFunctionCommand({ FunctionName }));
    expect(Configuration?.Environment).toMatchObject({ Error: { ErrorCode: 'AccessDeniedException' } });
    await lab.close();
  });
});

test('an update that fails says why, and the function keeps what it had', async () => {
  const { lab, client, world } = await openLambda();
  const { sha256 } = world.function(place).latest.code;
  world.failNextUpdate(place, { code: 'InvalidImage', reason: 'The image has no entry point.' });
  await client.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('2') }));
  lab.clock.advance(3000);
  const { Configuration } = await client.send(new lambda.GetFunctionCommand({ FunctionName }));
  expect(Configuration).toMatchObject({
    LastUpdateStatus: 'Failed',
    LastUpdateStatusReasonCode: 'InvalidImage',
    CodeSha256: sha256,
  });
  await lab.close();
});

test('what is not there is not found, and what is not modelled is refused by name', async () => {
  const { lab, client } = await openLambda({ state: 'Pending' });
  const missing = new lambda.GetFunctionCommand({ FunctionName: 'nobody' });
  expect(await failureOf(client.send(missing))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:ap-southeast-2:111111111111:function:nobody',
  });
  const pending = new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('2') });
  expect(await failureOf(client.send(pending))).toMatchObject({ message: expect.stringContaining('state: Pending') });
  await failureOf(
    client.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('2'), Publish: true })),
  );
  expect(lab.unmodelled).toEqual(['lambda.UpdateFunctionCode with Publish']);
  await lab.close();
});

test('the control plane has 15 requests a second in all, GetFunction 100 of its own', async () => {
  const { lab, client } = await openLambda();
  const names = async (calls: Promise<unknown>[]) =>
    (await Promise.allSettled(calls)).flatMap(each => (each.status === 'rejected' ? each.reason.name : []));
  const control = Array.from({ length: 17 }, (_, index) =>
    index % 2 === 0
      ? client.send(new lambda.GetAliasCommand({ FunctionName, Name: 'live' }))
      : client.send(new lambda.GetFunctionConfigurationCommand({ FunctionName })),
  );
  expect(await names(control)).toEqual(['TooManyRequestsException', 'TooManyRequestsException']);
  const reads = Array.from({ length: 60 }, () => client.send(new lambda.GetFunctionCommand({ FunctionName })));
  expect(await names(reads)).toEqual([]);
  await lab.close();
});
