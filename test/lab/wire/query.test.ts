import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readForm, readQuery } from '../../../packages/lab/wire/query.ts';
import { readMember } from '../../../packages/lab/wire/schema.ts';
import { type Service, ServiceError } from '../../../packages/lab/wire/service.ts';
import { failureOf, sendRaw, startLab, type TestLab } from './harness.ts';

let lab: TestLab;
afterEach(() => lab.close());

function elbThatAnswers(operations: Service['operations']): Service {
  return { id: 'elbv2', model: elb, operations };
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const version = '2015-12-01';

function post(body: string) {
  return sendRaw(lab, 'elasticloadbalancing', form, `Version=${version}&${body}`);
}

test('lists, structures, numbers and booleans reach the behaviour; dates and markup come back', async () => {
  const seen: unknown[] = [];
  const LoadBalancers = [
    {
      LoadBalancerName: '<api> & "web"\n',
      CreatedTime: new Date('2026-03-01T10:00:00.000Z'),
      State: { Code: 'active' as const },
      SecurityGroups: ['sg-1', 'sg-2'],
      AvailabilityZones: [{ ZoneName: 'a', LoadBalancerAddresses: [] }],
    },
  ];
  lab = await startLab({
    services: [
      elbThatAnswers({
        DescribeLoadBalancers: () => ({ LoadBalancers }),
        CreateTargetGroup: (input: elb.CreateTargetGroupCommandInput) => {
          seen.push(input);
          return { TargetGroups: [] };
        },
      }),
    ],
  });
  const client = new elb.ElasticLoadBalancingV2Client(lab.client);
  const answer = await client.send(new elb.DescribeLoadBalancersCommand({}));
  expect(answer.LoadBalancers).toEqual(LoadBalancers);
  expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);

  const input: elb.CreateTargetGroupCommandInput = {
    Name: 'api + web',
    Port: 8080,
    HealthCheckEnabled: false,
    Matcher: { HttpCode: '200-299' },
    Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }],
  };
  await client.send(new elb.CreateTargetGroupCommand(input));
  expect(seen).toEqual([input]);
});

test('an empty list stays one, and an answer without members is still an answer', async () => {
  const seen: unknown[] = [];
  lab = await startLab({
    services: [
      elbThatAnswers({
        DescribeTargetGroups: (input: elb.DescribeTargetGroupsCommandInput) => {
          seen.push(input);
          return {};
        },
      }),
    ],
  });
  const client = new elb.ElasticLoadBalancingV2Client(lab.client);
  const answer = await client.send(new elb.DescribeTargetGroupsCommand({ Names: [] }));
  expect(seen).toEqual([{ Names: [] }]);
  expect(answer.TargetGroups).toBeUndefined();
});

describe('input that the schema does not have', () => {
  test.each([
    ['an unknown parameter', 'Action=CreateTargetGroup&Name=a&Prot=80', 'MalformedInput', 'has no member Prot'],
    [
      'a wrong number',
      'Action=CreateTargetGroup&Name=a&Port=eighty',
      'MalformedInput',
      'can not be converted to a Number',
    ],
    ['a wrong boolean', 'Action=CreateTargetGroup&Name=a&HealthCheckEnabled=yes', 'MalformedInput', 'to a Boolean'],
    ['a text for a structure', 'Action=CreateTargetGroup&Name=a&Matcher=200', 'MalformedInput', 'to a Structure'],
    ['a structure for a text', 'Action=CreateTargetGroup&Name.x=a', 'MalformedInput', 'Start of structure'],
    ['a list with a gap', 'Action=DescribeTargetGroups&Names.member.2=a', 'MalformedInput', 'Index 2'],
    ['a list that is flat', 'Action=DescribeTargetGroups&Names.1=a', 'MalformedInput', 'a List of member.N'],
    ['a parameter that is given twice', 'Action=CreateTargetGroup&Name=a&Name=b', 'MalformedInput', 'given twice'],
    ['a missing one', 'Action=CreateTargetGroup', 'ValidationError', "Value null at 'Name'"],
    [
      'a missing nested one',
      'Action=CreateTargetGroup&Name=a&Tags.member.1.Value=x',
      'ValidationError',
      "'Tags[0].Key'",
    ],
  ])('%s', async (_, body, code, message) => {
    const unreachable = () => {
      throw new Error('The behaviour ran');
    };
    lab = await startLab({
      services: [elbThatAnswers({ CreateTargetGroup: unreachable, DescribeTargetGroups: unreachable })],
    });
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(`<Type>Sender</Type><Code>${code}</Code>`);
    expect(answer.body.replaceAll('&#39;', "'")).toContain(message);
    expect(lab.defects).toEqual([]);
  });

  test('another version of the service is not this service', async () => {
    lab = await startLab({ services: [elbThatAnswers({ DescribeTargetGroups: () => ({}) })] });
    const answer = await sendRaw(lab, 'elasticloadbalancing', form, 'Action=DescribeLoadBalancers&Version=2012-06-01');
    expect(answer.status).toBe(501);
    expect(lab.unmodelled).toEqual(['elasticloadbalancing.DescribeLoadBalancers']);
  });
});

test('maps are entries with a key and a value', () => {
  const shape = readMember('input', [3, 'x', 'Input', 0, ['tags'], [[2, 'x', 'Tags', 0, 0, 1]]]).shape;
  if (shape.kind !== 'structure') throw new Error('A structure was read as something else');
  const strict = { service: 'x', future: new Set<string>(), jsonName: false, timestamps: 'date-time' } as const;
  const read = (body: string) => readQuery(shape, readForm(`Action=A&Version=V&${body}`).fields, strict);
  const entry = (index: number, key: string, value: string) =>
    `tags.entry.${index}.key=${key}&tags.entry.${index}.value=${value}`;
  expect(read(`${entry(1, 'a', '1')}&${entry(2, 'b', '2')}`)).toEqual({ tags: { a: 1, b: 2 } });
  expect(() => read('tags.entry.1.key=a')).toThrow('an entry');
  expect(() => read(entry(1, 'a', 'x'))).toThrow('a Number');
  expect(() => read(entry(3, 'a', '1'))).toThrow('Index 3');
});

test('errors come back as the modelled exception, by their code on the wire', async () => {
  const throwing = () => {
    throw new ServiceError('TargetGroupNotFoundException', 'One or more target groups not found');
  };
  lab = await startLab({ services: [elbThatAnswers({ DescribeTargetGroups: throwing })] });
  const error = await failureOf(
    new elb.ElasticLoadBalancingV2Client(lab.client).send(new elb.DescribeTargetGroupsCommand({ Names: ['x'] })),
  );
  expect(error).toBeInstanceOf(elb.TargetGroupNotFoundException);
  expect(error).toMatchObject({ message: 'One or more target groups not found', Code: 'TargetGroupNotFound' });
});

test('an answer that the service could not give is a mistake of the lab', async () => {
  lab = await startLab({
    services: [elbThatAnswers({ DescribeTargetGroups: () => ({ TargetGroups: [{ Prot: 1 }] }) })],
  });
  await failureOf(new elb.ElasticLoadBalancingV2Client(lab.client).send(new elb.DescribeTargetGroupsCommand({})));
  expect(lab.defects.map(defect => defect.message)).toEqual([
    'elbv2.DescribeTargetGroups: The answer holds TargetGroups[0].Prot, which TargetGroup does not have',
  ]);
});

test('what is not modelled answers 501 and is remembered', async () => {
  lab = await startLab({ services: [elbThatAnswers({})] });
  const client = new elb.ElasticLoadBalancingV2Client({ ...lab.client, maxAttempts: 5 });
  const error = await failureOf(client.send(new elb.DescribeRulesCommand({})));
  expect(error).toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501, attempts: 1 } });
  expect((await post('Action=Teleport')).body).toContain('<Code>InvalidAction</Code>');
  expect(lab.unmodelled).toEqual(['elbv2.DescribeRules', 'elbv2.Teleport']);
});
