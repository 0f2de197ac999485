import * as cfn from '@aws-sdk/client-cloudformation';
import { createCloudFormation } from '../../../packages/lab/aws/cloudformation/cloudformation.ts';
import { manualClock, startLab } from '../wire/harness.ts';

export const place = { account: '111111111111', region: 'ap-southeast-2' };

/** A lab with CloudFormation alone, and the real client that speaks to it. */
export async function openWorld() {
  const manual = manualClock();
  const defects: Error[] = [];
  const { service, world } = createCloudFormation({ clock: manual, onDefect: defect => defects.push(defect) });
  const lab = await startLab({ services: [service], manual });
  const client = new cfn.CloudFormationClient(lab.client);
  /** Lets lab time pass second by second; between two of them all work that waits for nothing else is done. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      manual.advance(1000);
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  return { manual, world, lab, client, pass, defects };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

export const shop = `
Description: A shop
Parameters:
  Size: { Type: Number, Default: 1, MinValue: 1, MaxValue: 9 }
  Secret: { Type: String, NoEcho: true, Default: first }
Conditions:
  IsLarge: !Equals [!Ref Size, '9']
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: !Sub 'Shop \${Size}' }
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      TableName: !Sub '\${AWS::StackName}-orders'
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
  Name:
    Type: AWS::SSM::Parameter
    Properties: { Type: String, Value: !GetAtt Table.Arn }
Outputs:
  TopicArn: { Value: !Ref Topic, Export: { Name: !Sub '\${AWS::StackName}-topic' } }
  TableName: { Value: !Ref Table }
`;

/** Creates a change set, waits for it, and answers what it says. */
export async function changeSet(
  { client, pass }: World,
  input: Partial<cfn.CreateChangeSetCommandInput>,
): Promise<cfn.DescribeChangeSetCommandOutput> {
  const { Id } = await client.send(
    new cfn.CreateChangeSetCommand({ StackName: 'shop', ChangeSetName: 'change', ...input }),
  );
  await pass(8);
  return client.send(new cfn.DescribeChangeSetCommand({ ChangeSetName: Id }));
}

export async function stack({ client }: World, name = 'shop'): Promise<cfn.Stack> {
  const { Stacks = [] } = await client.send(new cfn.DescribeStacksCommand({ StackName: name }));
  const [found] = Stacks;
  if (found === undefined) throw new Error('no stack');
  return found;
}

/** `Topic CREATE_COMPLETE`, the oldest first. */
export async function events({ client }: World, name = 'shop'): Promise<readonly cfn.StackEvent[]> {
  const { StackEvents = [] } = await client.send(new cfn.DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.toReversed();
}

export function lines(of: readonly cfn.StackEvent[]): readonly string[] {
  return of.map(event => `${event.LogicalResourceId} ${event.ResourceStatus}`);
}
