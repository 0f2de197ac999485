import * as sdk from '@aws-sdk/client-cloudformation';
import { comparison } from '../comparison.ts';

const StackName = 'conformance-shop';

const template = (label: string) =>
  JSON.stringify({
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Sub': `Shop \${Stage} ${label}` } } },
    },
    Outputs: { Stage: { Value: { Ref: 'Stage' }, Description: 'Where it runs' } },
  });

/** Stacks through change sets, from nothing to nothing. */
export const cloudformation = comparison({
  service: 'cloudformation',
  lab: () => {},
  moto: async () => {},
  async play({ client, call, until, name }) {
    const stacks = new sdk.CloudFormationClient(client);
    const prepare = (ChangeSetName: string, input: Partial<sdk.CreateChangeSetCommandInput> = {}) =>
      stacks.send(
        new sdk.CreateChangeSetCommand({ StackName, ChangeSetName, TemplateBody: template('one'), ...input }),
      );
    const look = (ChangeSetName: string) => stacks.send(new sdk.DescribeChangeSetCommand({ StackName, ChangeSetName }));
    const execute = (ChangeSetName: string) =>
      stacks.send(new sdk.ExecuteChangeSetCommand({ StackName, ChangeSetName }));
    const describe = (which: string = StackName) => stacks.send(new sdk.DescribeStacksCommand({ StackName: which }));
    const isMade = ({ Status }: sdk.DescribeChangeSetCommandOutput) => /COMPLETE|FAILED/.test(Status ?? '');
    const ended = ({ Stacks }: sdk.DescribeStacksCommandOutput) =>
      !/IN_PROGRESS/.test(Stacks?.[0]?.StackStatus ?? 'IN_PROGRESS');

    await call('a stack that is not there', () => describe());
    await call('an update of nothing', () => prepare('early', { ChangeSetType: 'UPDATE' }));
    const first = await call('a change set that makes a stack', () => prepare('first', { ChangeSetType: 'CREATE' }));
    name('stack', first?.StackId);
    await until('is made', () => look('first'), isMade);
    await call('the stack waits for it', () => describe());
    await call('a change set that is not there', () => look('none'));
    await call('execution of none', () => execute('none'));
    await call('its execution', () => execute('first'));
    await until('the stack is made', describe, ended);
    await call('its template', () => stacks.send(new sdk.GetTemplateCommand({ StackName })));
    const made = await call('its resources', () => stacks.send(new sdk.ListStackResourcesCommand({ StackName })));
    name('topic', made?.StackResourceSummaries?.[0]?.PhysicalResourceId);

    await call('the same template', () => prepare('same', { ChangeSetType: 'UPDATE' }));
    await until('changes nothing', () => look('same'), isMade);
    await call('execution of nothing', () => execute('same'));
    await call('a stack that is there is not made', () => prepare('again', { ChangeSetType: 'CREATE' }));
    await call('another template', () => prepare('second', { TemplateBody: template('two') }));
    await until('changes something', () => look('second'), isMade);
    await call('the name is taken', () => prepare('second', { TemplateBody: template('two') }));
    await call('its execution is an update', () => execute('second'));
    await until('the stack is changed', describe, ended);
    await call('a parameter', () =>
      prepare('third', {
        TemplateBody: template('two'),
        Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }],
      }),
    );
    await until('is a change', () => look('third'), isMade);
    await call('nobody wants it', () =>
      stacks.send(new sdk.DeleteChangeSetCommand({ StackName, ChangeSetName: 'third' })),
    );
    await call('it is gone', () => look('third'));
    await call('a parameter that the template does not have', () =>
      prepare('wrong', { Parameters: [{ ParameterKey: 'Stge', ParameterValue: 'prod' }] }),
    );
    await call('a template that is none', () => stacks.send(new sdk.ValidateTemplateCommand({ TemplateBody: '{' })));
    await call('a template', () => stacks.send(new sdk.ValidateTemplateCommand({ TemplateBody: template('one') })));

    await call('the end of it', () => stacks.send(new sdk.DeleteStackCommand({ StackName })));
    await until('a stack is remembered by its id', () => describe(first?.StackId), ended);
    await call('and not by its name', () => describe());
    await call('the end of nothing', () => stacks.send(new sdk.DeleteStackCommand({ StackName: 'conformance-none' })));
  },
});
