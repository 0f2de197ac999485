import * as lambda from '@aws-sdk/client-lambda';
import type { Story } from './story.ts';

/** The driver of Lambda in front of moto’s functions, versions and aliases. */
export const lambdaStory: Story = {
  target: 'lambda',
  async play({ bench, client, expect, role }) {
    const functions = new lambda.LambdaClient(client);
    const { CodeSize: _, ...made } = await functions.send(
      new lambda.CreateFunctionCommand({
        FunctionName: 'shop',
        Role: await role('shop'),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: emptyZip },
        Publish: true,
        Environment: { Variables: { KEPT: 'yes' } },
      }),
    );
    await functions.send(
      new lambda.CreateAliasCommand({ FunctionName: 'shop', Name: 'live', FunctionVersion: made.Version }),
    );
    const alias = async () =>
      (await functions.send(new lambda.GetAliasCommand({ FunctionName: 'shop', Name: 'live' }))).FunctionVersion;
    const versions = async () =>
      (await functions.send(new lambda.ListVersionsByFunctionCommand({ FunctionName: 'shop' }))).Versions?.length;
    const component = { target: 'lambda', function: 'shop', alias: 'live', zip: 'function' };

    bench.write({ 'function/index.js': 'exports.handler = async () => 1;\n' });
    const first = await bench.deploy({ ...component, configuration: { variables: { ADDED: 'too' } } });
    expect('a release', first, { outcome: 'succeeded', reason: 'deployed' });
    expect('the alias', await alias(), '2');
    const { Environment } = await functions.send(
      new lambda.GetFunctionConfigurationCommand({ FunctionName: 'shop', Qualifier: 'live' }),
    );
    expect('variables are merged', JSON.stringify(Environment?.Variables), '{"KEPT":"yes","ADDED":"too"}');

    const count = await versions();
    expect('the same once more', await bench.deploy(component), { outcome: 'no-op', reason: 'nothing-to-change' });
    expect('publishes nothing', await versions(), count);

    const missing = await bench.deploy({ ...component, function: 'shpo' });
    expect('a function that is not there', missing, { outcome: 'refused', reason: 'not-found' });

    const back = await bench.run('rollback', { receipt: first.outputs.receipt ?? '', reason: 'conformance' });
    expect('the way back by its receipt', back, { outcome: 'succeeded', reason: 'restored' });
    expect('the alias again', await alias(), '1');
  },
};

/** The end record of a zip without files. */
const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
