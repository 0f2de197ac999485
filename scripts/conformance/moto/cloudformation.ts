import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { Story } from './story.ts';

const template = (retention: number) =>
  JSON.stringify({
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Sub': `shop \${Stage} ${retention}` } } },
    },
    Outputs: { Arn: { Value: { Ref: 'Topic' } } },
  });

/** The driver of CloudFormation in front of moto’s stacks and change sets. */
export const cloudFormationStory: Story = {
  target: 'cloudformation',
  async play({ bench, client, expect }) {
    const stacks = new CloudFormationClient(client);
    const component = { target: 'cloudformation', stack: 'shop', template: 'shop.json', 'on-drift': 'ignore' };
    const status = async () =>
      (await stacks.send(new DescribeStacksCommand({ StackName: 'shop' }))).Stacks?.[0]?.StackStatus;
    const body = async () => (await stacks.send(new GetTemplateCommand({ StackName: 'shop' }))).TemplateBody ?? '';

    bench.write({ 'shop.json': template(1) });
    const made = await bench.deploy(component);
    expect('a new stack', made, { outcome: 'succeeded', reason: 'deployed' });
    expect('its status', await status(), 'CREATE_COMPLETE');

    bench.write({ 'shop.json': template(2) });
    const changed = await bench.deploy(component);
    expect('a change of it', changed, { outcome: 'succeeded', reason: 'deployed' });
    expect('its template holds the change', (await body()).includes('${Stage} 2'), true);

    const refused = await bench.deploy({ ...component, template: 'nowhere.json' });
    expect('a template that is not there', refused, { outcome: 'refused', reason: 'input-invalid' });

    const back = await bench.run('rollback', { receipt: changed.outputs.receipt ?? '', reason: 'conformance' });
    expect('the way back by its receipt', back, { outcome: 'succeeded', reason: 'restored' });
    expect('its template is the one before', (await body()).includes('${Stage} 1'), true);
  },
};
