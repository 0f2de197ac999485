import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-lambda';
import { account, createRole, region } from '../../server.ts';
import { archiveOf } from '../archive.ts';
import { comparison } from '../comparison.ts';

const FunctionName = 'conformance-shop';
const first = await archiveOf({ 'index.js': 'exports.handler = async () => 1;\n' });
const second = await archiveOf({ 'index.js': 'exports.handler = async () => 2;\n' });
const Environment = { Variables: { KEPT: 'yes' } };

/** A function with a version behind an alias. */
export const lambda = comparison({
  service: 'lambda',
  lab({ aws }) {
    aws.explainPackages((_name, version) => ({ version }));
    const settings = { variables: Environment.Variables, memory: 256, timeout: 10 };
    aws.lambda.createFunction(
      { account, region, name: FunctionName },
      { code: { zip: first }, settings, alias: 'live' },
    );
  },
  async moto(client, moto) {
    const functions = new sdk.LambdaClient(client);
    await functions.send(
      new sdk.CreateFunctionCommand({
        FunctionName,
        Role: await createRole(moto, FunctionName),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: first },
        MemorySize: 256,
        Timeout: 10,
        Environment,
        Publish: true,
      }),
    );
    await functions.send(new sdk.CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
  },
  async play({ client, call, until }) {
    const functions = new sdk.LambdaClient(client);
    const configuration = (Qualifier?: string) =>
      functions.send(
        new sdk.GetFunctionConfigurationCommand({ FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }) }),
      );
    const alias = (Name: string) => functions.send(new sdk.GetAliasCommand({ FunctionName, Name }));
    const move = (input: Partial<sdk.UpdateAliasCommandInput>) =>
      functions.send(new sdk.UpdateAliasCommand({ FunctionName, Name: 'live', ...input }));
    const weigh = (AdditionalVersionWeights: Record<string, number>, FunctionVersion = '1') =>
      move({ FunctionVersion, RoutingConfig: { AdditionalVersionWeights } });
    const create = (Name: string, FunctionVersion: string) =>
      functions.send(new sdk.CreateAliasCommand({ FunctionName, Name, FunctionVersion }));
    const update = (input: Partial<sdk.UpdateFunctionCodeCommandInput> = {}) =>
      functions.send(new sdk.UpdateFunctionCodeCommand({ FunctionName, ZipFile: second, ...input }));
    const configure = (input: Partial<sdk.UpdateFunctionConfigurationCommandInput>) =>
      functions.send(new sdk.UpdateFunctionConfigurationCommand({ FunctionName, ...input }));
    const publish = (input: Partial<sdk.PublishVersionCommandInput> = {}) =>
      functions.send(new sdk.PublishVersionCommand({ FunctionName, ...input }));
    const updated = (output: sdk.GetFunctionConfigurationCommandOutput) => output.LastUpdateStatus === 'Successful';

    await call('the function', () => configuration());
    await call('its version', () => configuration('1'));
    await call('its version by the alias', () => configuration('live'));
    await call('the function with its code', async () => {
      const { Configuration } = await functions.send(new sdk.GetFunctionCommand({ FunctionName }));
      return { Configuration };
    });
    await call('a function that is not there', () =>
      functions.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: 'none' })),
    );
    await call('a version that is not there', () => configuration('9'));
    await call('the alias', () => alias('live'));
    await call('an alias that is not there', () => alias('none'));

    await call('other code, only tried', () => update({ DryRun: true }));
    await call('other code', () => update());
    await until('the code is there', () => configuration(), updated);
    await call('a version for other code than there is', () => publish({ CodeSha256: sha256(first) }));
    await call('a version', () => publish({ Description: '1.4.0' }));
    await until(
      'the version is there',
      () => configuration('2'),
      output => output.State === 'Active',
    );
    await call('nothing new to publish', () => publish());
    await call('the versions', () => functions.send(new sdk.ListVersionsByFunctionCommand({ FunctionName })));

    await call('a tenth of the requests', () => weigh({ 2: 0.1 }));
    await call('the alias goes to two', () => alias('live'));
    await call('three versions at once', () => weigh({ 2: 0.1, 3: 0.1 }));
    await call('more than all of the requests', () => weigh({ 2: 1.5 }));
    await call('a version twice', () => weigh({ 1: 0.5 }));
    await call('a weight for a version that is not there', () => weigh({ 9: 0.5 }));
    await call('all of the requests', () => weigh({}, '2'));
    await call('the alias goes to one', () => alias('live'));
    await call('as somebody else has seen it', () =>
      move({ FunctionVersion: '1', RevisionId: '00000000-0000-4000-8000-000000000000' }),
    );
    await call('as it was seen', async () =>
      move({ FunctionVersion: '1', RevisionId: (await alias('live')).RevisionId }),
    );
    await call('to a version that is not there', () => move({ FunctionVersion: '9' }));

    await call('another alias', () => create('next', '2'));
    await call('an alias that is there', () => create('next', '1'));
    await call('an alias of a version that is not there', () => create('later', '9'));
    await call('an alias that looks like a version', () => create('7', '1'));
    await call('the aliases of a version', () =>
      functions.send(new sdk.ListAliasesCommand({ FunctionName, FunctionVersion: '2' })),
    );

    await call('other variables', () => configure({ Environment: { Variables: { ADDED: 'too' } } }));
    await until('replace all that there were', () => configuration(), updated);
    await call('too little memory', () => configure({ MemorySize: 64 }));
    await call('too much time', () => configure({ Timeout: 901 }));
    await call('a layer that is not there', () =>
      configure({ Layers: [`arn:aws:lambda:${region}:${account}:layer:none:1`] }),
    );
  },
});

function sha256(archive: Uint8Array): string {
  return createHash('sha256').update(archive).digest('base64');
}
