import * as ecs from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Service, ServiceError } from '../../../packages/lab/wire/service.ts';
import { failureOf, sendRaw, startLab, type TestLab } from './harness.ts';

let lab: TestLab;
afterEach(() => lab.close());

function ecsThatAnswers(operations: Service['operations'], rest: Partial<Service> = {}): Service {
  return { id: 'ecs', model: ecs, operations, ...rest };
}

function target(operation: string): Record<string, string> {
  return {
    'X-Amz-Target': `AmazonEC2ContainerServiceV20141113.${operation}`,
    'Content-Type': 'application/x-amz-json-1.1',
  };
}

function unreachable(): never {
  throw new Error('The behaviour ran');
}

describe('a call that is right', () => {
  test('reaches the behaviour as the SDK client meant it, and the answer comes back whole', async () => {
    const seen: unknown[] = [];
    const createdAt = new Date('2026-03-01T10:00:00.250Z');
    const service = {
      serviceName: 'api',
      desiredCount: 2,
      createdAt,
      enableExecuteCommand: false,
      loadBalancers: [{ targetGroupArn: 'arn:tg', containerPort: 8080 }],
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    };
    lab = await startLab({
      services: [
        ecsThatAnswers({
          UpdateService: (input: ecs.UpdateServiceCommandInput, call) => {
            seen.push(input, call);
            return { service };
          },
        }),
      ],
    });
    const client = new ecs.ECSClient(lab.client);
    const input = {
      cluster: 'prod',
      service: 'api',
      desiredCount: 2,
      placementStrategy: [{ type: 'spread', field: 'az' }],
    };
    const answer = await client.send(
      new ecs.UpdateServiceCommand({ ...input, placementStrategy: [{ type: 'spread', field: 'az' }] }),
    );
    expect(answer.service).toEqual(service);
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen).toEqual([
      input,
      {
        now: lab.clock.now(),
        account: '111111111111',
        region: 'ap-southeast-2',
        principal: 'arn:aws:iam::111111111111:user/tester',
      },
    ]);
    expect(lab.calls).toEqual([
      expect.objectContaining({ service: 'ecs', operation: 'UpdateService', input, outcome: 'ok' }),
    ]);
  });

  test('maps, blobs and nested lists survive both ways', async () => {
    lab = await startLab({
      services: [
        ecsThatAnswers({
          RegisterTaskDefinition: (input: ecs.RegisterTaskDefinitionCommandInput) => ({
            taskDefinition: { containerDefinitions: input.containerDefinitions },
          }),
        }),
      ],
    });
    const containerDefinitions = [
      {
        name: 'api',
        command: ['run', 'it'],
        dockerLabels: { a: '1', __proto: 'x' },
        environment: [{ name: 'A', value: '' }],
      },
    ];
    const answer = await new ecs.ECSClient(lab.client).send(
      new ecs.RegisterTaskDefinitionCommand({ family: 'api', containerDefinitions }),
    );
    expect(answer.taskDefinition?.containerDefinitions).toEqual(containerDefinitions);
  });

  test('every answer carries lab time, an id, and ends its connection', async () => {
    lab = await startLab({ services: [ecsThatAnswers({ ListClusters: () => ({ clusterArns: [] }) })] });
    lab.clock.advance(3_600_000);
    const answer = await sendRaw(lab, 'ecs', target('ListClusters'), '{}');
    expect(answer).toMatchObject({
      status: 200,
      body: '{"clusterArns":[]}',
      headers: {
        date: new Date(lab.clock.now()).toUTCString(),
        connection: 'close',
        'x-amzn-requestid': '00000000-0000-4000-8000-000000000001',
        'content-type': 'application/x-amz-json-1.1',
      },
    });
  });

  test('time stands still while it is served, and only then', async () => {
    let held: string[] = [];
    lab = await startLab({
      services: [
        ecsThatAnswers({
          ListClusters: () => {
            held = [...lab.clock.holds];
            return {};
          },
        }),
      ],
    });
    await sendRaw(lab, 'ecs', target('ListClusters'), '{}');
    expect(held).toEqual(['AWS request POST /']);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect([...lab.clock.holds]).toEqual([]);
  });
});

describe('input that the schema does not have is refused before any behaviour runs', () => {
  const cases = [
    ['an unknown member', { service: 'api', desiredCuont: 2 }, 'UpdateServiceRequest has no member desiredCuont'],
    [
      'an unknown nested member',
      { service: 'a', deploymentConfiguration: { alarm: {} } },
      '(at deploymentConfiguration.alarm)',
    ],
    ['a string for a number', { service: 'api', desiredCount: '2' }, 'STRING_VALUE can not be converted to a Number'],
    ['a number for a string', { service: 7 }, 'NUMBER_VALUE can not be converted to a String'],
    ['a string for a boolean', { service: 'a', forceNewDeployment: 'true' }, 'can not be converted to a Boolean'],
    ['a structure for a list', { service: 'a', loadBalancers: {} }, 'START_OBJECT can not be converted to a List'],
    [
      'a list for a structure',
      { service: 'a', networkConfiguration: [] },
      'START_ARRAY can not be converted to a Structure',
    ],
    ['null in a list', { service: 'a', loadBalancers: [null] }, '(at loadBalancers[0])'],
    ['a body that is no object', [], 'START_ARRAY'],
  ] as const;

  test.each(cases)('%s', async (_, body, message) => {
    lab = await startLab({ services: [ecsThatAnswers({ UpdateService: unreachable })] });
    const answer = await sendRaw(lab, 'ecs', target('UpdateService'), JSON.stringify(body));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'SerializationException',
      message: expect.stringContaining(message),
    });
    expect(lab.calls.map(call => call.outcome)).toEqual(['SerializationException']);
    expect(lab.defects).toEqual([]);
  });

  test.each([
    ['no JSON', '{"service":'],
    ['nothing of the content type', undefined],
  ])('%s', async (_, body) => {
    lab = await startLab({ services: [ecsThatAnswers({ UpdateService: () => ({}) })] });
    const headers = target('UpdateService');
    if (body === undefined) headers['Content-Type'] = 'text/plain';
    const answer = await sendRaw(lab, 'ecs', headers, body ?? '{"service":"api"}');
    expect(JSON.parse(answer.body).__type).toBe('SerializationException');
  });

  test.each([{}, { service: null }])('a required member that is missing: %j', async body => {
    lab = await startLab({ services: [ecsThatAnswers({ UpdateService: () => ({}) })] });
    const answer = await sendRaw(lab, 'ecs', target('UpdateService'), JSON.stringify(body));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'service' failed to satisfy constraint: Member must not be null",
    });
  });
});

describe('fields of the future', () => {
  const echo = ecsThatAnswers({
    UpdateService: (input: ecs.UpdateServiceCommandInput) => ({ service: { serviceName: 'api', ...pick(input) } }),
  });
  const pick = (input: object) => ('warp' in input ? { warp: input.warp } : {});

  test('that a scenario declares pass as they are, in and out', async () => {
    lab = await startLab({ services: [echo], futureFields: ['ecs.UpdateServiceRequest.warp', 'ecs.Service.warp'] });
    const warp = { factor: 9, when: ['now', null] };
    const answer = await sendRaw(lab, 'ecs', target('UpdateService'), JSON.stringify({ service: 'api', warp }));
    expect(JSON.parse(answer.body)).toEqual({ service: { serviceName: 'api', warp } });
  });

  test.each([
    ['ecs.UpdateServiceRequest.service', 'the SDK has it'],
    ['ecs.UpdateServiceReqest.warp', 'a shape that the SDK does not have'],
    ['UpdateServiceRequest.warp', 'is not <service>.<Shape>.<member>'],
    ['ec2.Instance.warp', 'is not <service>.<Shape>.<member>'],
  ])('%s cannot be declared: %s', async (field, message) => {
    lab = await startLab({ services: [echo] });
    await expect(startLab({ services: [echo], futureFields: [field] })).rejects.toThrow(message);
  });
});

describe('an answer that the service could not give is a mistake of the lab, and shows', () => {
  test.each([
    ['an unknown member', { service: { nmae: 'api' } }, 'service.nmae, which Service does not have'],
    ['a wrong type', { service: { desiredCount: '2' } }, 'string 2 at service.desiredCount'],
    ['an invalid date', { service: { createdAt: new Date('never') } }, 'an invalid Date at service.createdAt'],
    ['a number for a date', { service: { createdAt: 1 } }, 'number 1 at service.createdAt'],
  ])('%s', async (_, output, message) => {
    lab = await startLab({ services: [ecsThatAnswers({ UpdateService: () => output })] });
    const error = await failureOf(
      new ecs.ECSClient({ ...lab.client, maxAttempts: 5 }).send(new ecs.UpdateServiceCommand({ service: 'api' })),
    );
    expect(error.message).toContain(message);
    expect(lab.defects.map(defect => defect.message)).toEqual([expect.stringContaining(message)]);
    expect(lab.calls).toHaveLength(1);
  });

  test.each([
    ['an error that the service does not have', new ServiceError('NoSuchThing', 'x'), 'NoSuchThing is no error of ecs'],
    [
      'a field that the error does not have',
      new ServiceError('ClusterNotFoundException', 'x', 400, { cluster: 'a' }),
      'cluster, which ClusterNotFoundException does not have',
    ],
    ['an exception', new TypeError('x is not a function'), 'ecs.UpdateService: x is not a function'],
  ])('%s', async (_, thrown, message) => {
    const throwing = () => {
      throw thrown;
    };
    lab = await startLab({ services: [ecsThatAnswers({ UpdateService: throwing })] });
    await failureOf(new ecs.ECSClient(lab.client).send(new ecs.UpdateServiceCommand({ service: 'api' })));
    expect(lab.defects.map(defect => defect.message)).toEqual([expect.stringContaining(message)]);
  });

  test('a behaviour or a bucket for an operation that the SDK does not have', async () => {
    lab = await startLab({ services: [] });
    await expect(startLab({ services: [ecsThatAnswers({ UpdateServce: () => ({}) })] })).rejects.toThrow(
      'UpdateServce',
    );
    const buckets = [{ operations: ['UpdateServce'], burst: 1, refill: 1 }];
    await expect(startLab({ services: [ecsThatAnswers({}, { buckets })] })).rejects.toThrow('UpdateServce');
  });
});

describe('errors', () => {
  test('of a behaviour reach the client as the modelled exception, with its fields and status', async () => {
    const refused = new ServiceError('ServiceDeploymentNotFoundException', 'Not found.');
    const failing = () => {
      throw refused;
    };
    lab = await startLab({ services: [ecsThatAnswers({ StopServiceDeployment: failing })] });
    const error = await failureOf(
      new ecs.ECSClient(lab.client).send(new ecs.StopServiceDeploymentCommand({ serviceDeploymentArn: 'arn:x' })),
    );
    expect(error).toBeInstanceOf(ecs.ServiceDeploymentNotFoundException);
    expect(error.message).toBe('Not found.');
  });

  test('of an operation that is not modelled: 501, named, not retried, remembered', async () => {
    lab = await startLab({ services: [ecsThatAnswers({})] });
    const client = new ecs.ECSClient({ ...lab.client, maxAttempts: 5 });
    const error = await failureOf(client.send(new ecs.DescribeClustersCommand({})));
    expect(error).toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
    expect(error.message).toContain('ecs.DescribeClusters');
    expect(lab.unmodelled).toEqual(['ecs.DescribeClusters']);
    expect(lab.calls.map(call => call.outcome)).toEqual(['NotImplemented']);
  });

  test('of an operation that nobody has, and of a service that the lab does not have', async () => {
    lab = await startLab({ services: [ecsThatAnswers({})] });
    expect(JSON.parse((await sendRaw(lab, 'ecs', target('Teleport'), '{}')).body).__type).toBe(
      'UnknownOperationException',
    );
    expect((await sendRaw(lab, 'dynamodb', { 'X-Amz-Target': 'DynamoDB_20120810.GetItem' }, '{}')).status).toBe(501);
    expect(lab.unmodelled).toEqual(['ecs.Teleport', 'dynamodb.DynamoDB_20120810.GetItem']);
  });
});
