import { DescribeInstanceStatusCommand, type DescribeInstanceStatusCommandInput, EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createEc2 } from '../../../packages/lab/aws/ec2/ec2.ts';
import type { Ec2Place } from '../../../packages/lab/aws/ec2/world.ts';
import { caller, failureOf, sendRaw, startLab, type TestLab } from '../wire/harness.ts';

let lab: TestLab;
let place: Ec2Place;
let client: EC2Client;
const well = 'i-0000000000000000a';
const stopped = 'i-0000000000000000b';

beforeEach(async () => {
  const world = createEc2();
  place = world.at(caller.account, 'ap-southeast-2');
  place.put({ id: well, zone: 'ap-southeast-2a', state: 'running', instance: 'ok', system: 'ok' });
  place.put({ id: stopped, zone: 'ap-southeast-2b', state: 'stopped', instance: 'ok', system: 'ok' });
  lab = await startLab({ services: [world.service] });
  client = new EC2Client(lab.client);
});
afterEach(() => lab.close());

const ask = (input: DescribeInstanceStatusCommandInput = {}) => client.send(new DescribeInstanceStatusCommand(input));

describe('the status of instances', () => {
  test('of those that run, both checks', async () => {
    expect((await ask()).InstanceStatuses).toMatchObject([
      {
        InstanceId: well,
        InstanceState: { Code: 16, Name: 'running' },
        InstanceStatus: { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] },
        SystemStatus: { Status: 'ok' },
      },
    ]);
    expect((await ask({ InstanceIds: [stopped] })).InstanceStatuses).toEqual([]);
  });

  test('of all of them: what does not run is not checked', async () => {
    const { InstanceStatuses = [] } = await ask({ InstanceIds: [stopped, well], IncludeAllInstances: true });
    expect(InstanceStatuses.map(each => each.InstanceStatus?.Status)).toEqual(['not-applicable', 'ok']);
  });

  test('that changes', async () => {
    place.change(well, { system: 'impaired' });
    expect((await ask()).InstanceStatuses?.[0]).toMatchObject({
      InstanceStatus: { Status: 'ok' },
      SystemStatus: { Status: 'impaired', Details: [{ Status: 'failed' }] },
    });
  });
});

test.each<[string, DescribeInstanceStatusCommandInput, string]>([
  ['an id that is none', { InstanceIds: ['web-1'] }, 'InvalidInstanceID.Malformed'],
  ['an instance that is not there', { InstanceIds: ['i-0000000000000000f'] }, 'InvalidInstanceID.NotFound'],
  ['ids and pages', { InstanceIds: [well], MaxResults: 5 }, 'InvalidParameterCombination'],
  ['a page of one', { MaxResults: 1 }, 'InvalidParameterValue'],
  ['a token of nobody', { NextToken: 'x' }, 'InvalidNextToken'],
])('refuses %s', async (_name, input, code) => {
  expect(await failureOf(ask(input))).toMatchObject({ name: code, $metadata: { httpStatusCode: 400 } });
});

test('refuses parameters that EC2 does not have, in its own words', async () => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await sendRaw(lab, 'ec2', form, 'Action=DescribeInstanceStatus&Version=2016-11-15&InstanceId=a');
  expect(answer.status).toBe(400);
  expect(answer.body).toContain('<Response><Errors><Error><Code>UnknownParameter</Code>');
});

test('refuses who is not known, and what is too much, by its own codes', async () => {
  const stranger = new EC2Client({ ...lab.client, credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } });
  expect(await failureOf(stranger.send(new DescribeInstanceStatusCommand({})))).toMatchObject({ name: 'AuthFailure' });
  const answers = await Promise.allSettled(Array.from({ length: 101 }, () => ask()));
  const refused = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason.name] : []));
  expect(refused).toEqual(['RequestLimitExceeded']);
});
