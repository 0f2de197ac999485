import * as ecs from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFaults, type FaultRule, type Faults, readFaultRules } from '../../../packages/lab/wire/faults.ts';
import { failureOf, startLab, type TestLab } from './harness.ts';

let lab: TestLab;
let faults: Faults;
let updates: string[];
let waiting: number;
let client: ecs.ECSClient;

beforeEach(async () => {
  faults = createFaults();
  updates = [];
  waiting = 0;
  lab = await startLab({
    faults,
    keepWaiting: () => {
      waiting += 1;
      return () => {
        waiting -= 1;
      };
    },
    services: [
      {
        id: 'ecs',
        model: ecs,
        operations: {
          UpdateService: (input: ecs.UpdateServiceCommandInput) => {
            updates.push(input.service ?? '');
            return { service: { serviceName: input.service } };
          },
          DescribeServices: () => ({ services: updates.map(serviceName => ({ serviceName })) }),
        },
      },
    ],
  });
  client = new ecs.ECSClient(lab.client);
});
afterEach(() => lab.close());

const update = (service = 'api') => client.send(new ecs.UpdateServiceCommand({ service }));
const describeServices = async () => {
  const { services } = await client.send(new ecs.DescribeServicesCommand({ services: ['api'] }));
  return services?.map(each => each.serviceName);
};
const nameOf = async (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: Error) => error.name,
  );

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}

describe('which calls', () => {
  const throttle = { call: 'ecs.UpdateService', do: 'throttle' } as const;
  test.each<[string, Partial<FaultRule>, string]>([
    ['each', {}, 'xxxxxx'],
    ['only the third', { nth: 3 }, '..x...'],
    ['every second', { every: 2 }, '.x.x.x'],
    ['from the second to the fourth', { from: 2, to: 4 }, '.xxx..'],
    ['from the fifth', { from: 5 }, '....xx'],
    ['to the first', { to: 1 }, 'x.....'],
    ['any operation', { call: 'ecs.*' }, 'xxxxxx'],
    ['any service', { call: '*.UpdateService' }, 'xxxxxx'],
    ['another operation', { call: 'ecs.DescribeServices' }, '......'],
    ['another service', { call: 'ecr.*' }, '......'],
    ['another account', { account: '222222222222' }, '......'],
  ])('%s', async (_, when, expected) => {
    faults.add({ ...throttle, ...when });
    let seen = '';
    for (let count = 0; count < 6; count += 1) seen += (await nameOf(update())) === 'ok' ? '.' : 'x';
    expect(seen).toBe(expected);
  });

  test('between two times of the lab; calls outside do not count', async () => {
    const start = lab.clock.now();
    faults.add({ ...throttle, after: start + 1000, until: start + 2000, from: 2 });
    expect(await nameOf(update())).toBe('ok');
    lab.clock.advance(1000);
    expect(await nameOf(update())).toBe('ok');
    expect(await nameOf(update())).toBe('ThrottlingException');
    lab.clock.advance(1000);
    expect(await nameOf(update())).toBe('ok');
  });

  test('until the rule is taken away', async () => {
    const remove = faults.add(throttle);
    expect(await nameOf(update())).toBe('ThrottlingException');
    remove();
    expect(await nameOf(update())).toBe('ok');
  });
});

describe('what goes wrong', () => {
  test.each<[FaultRule['do'], string, string]>([
    ['throttle', 'ThrottlingException', 'Rate exceeded'],
    ['expired-token', 'ExpiredTokenException', 'The security token included in the request is expired'],
    ['deny', 'AccessDeniedException', 'is not authorized to perform: ecs:UpdateService'],
    [{ error: { code: 'ServerException', message: 'Try later', status: 500 } }, 'ServerException', 'Try later'],
    [{ error: { code: 'ServiceUnavailable', message: 'x', status: 503 } }, 'ServiceUnavailable', 'x'],
  ])('%j, without an effect', async (action, name, message) => {
    faults.add({ call: 'ecs.UpdateService', do: action });
    const error = await failureOf(update());
    expect(error.name).toBe(name);
    expect(error.message).toContain(message);
    expect(updates).toEqual([]);
    expect(lab.calls.map(call => call.outcome)).toEqual([name]);
  });

  test('an error that the service does not have is a mistake of the scenario', async () => {
    faults.add({ call: 'ecs.UpdateService', do: { error: { code: 'Gremlins', message: 'x', status: 400 } } });
    await failureOf(update());
    expect(lab.defects.map(defect => defect.message)).toEqual(['ecs.UpdateService: Gremlins is no error of ecs (x)']);
  });

  test.each([
    ['reset-before', []],
    ['reset-after', ['api']],
  ] as const)('%s: the connection breaks, and the effect is %j', async (action, effect) => {
    faults.add({ call: 'ecs.UpdateService', nth: 1, do: action });
    expect((await failureOf(update())).message).toContain('socket hang up');
    expect(updates).toEqual(effect);
    expect(lab.calls.map(call => call.outcome)).toEqual([action]);
    await update('web');
    expect(updates).toEqual([...effect, 'web']);
  });

  test('a server error may come after the effect; a refusal may not', async () => {
    const error = { code: 'ServerException', message: 'Try later', effect: true };
    faults.add({ call: 'ecs.UpdateService', do: { error: { ...error, status: 500 } } });
    expect((await failureOf(update())).name).toBe('ServerException');
    expect(updates).toEqual(['api']);
    expect(lab.calls.map(call => call.outcome)).toEqual(['ServerException']);
    expect(() => faults.add({ call: 'ecs.UpdateService', do: { error: { ...error, status: 400 } } })).toThrow(
      'only a server error can come after its effect',
    );
  });

  test('slow: the request waits in lab time, without holding it, and takes effect at the end', async () => {
    faults.add({ call: 'ecs.UpdateService', do: { slow: 30_000 } });
    const call = update();
    await until(() => lab.clock.waiting() > 0);
    expect([...lab.clock.holds]).toEqual([]);
    expect(waiting).toBe(1);
    expect(updates).toEqual([]);
    lab.clock.advance(30_000);
    await call;
    expect(updates).toEqual(['api']);
    expect(waiting).toBe(0);
  });

  test('slow, for a client that does not wait so long: nobody waits for it, and it takes effect all the same', async () => {
    faults.add({ call: 'ecs.UpdateService', do: { slow: 30_000 } });
    const abort = new AbortController();
    const call = nameOf(client.send(new ecs.UpdateServiceCommand({ service: 'api' }), { abortSignal: abort.signal }));
    await until(() => lab.clock.waiting() > 0);
    abort.abort();
    expect(await call).toBe('AbortError');
    await until(() => waiting === 0);
    lab.clock.advance(30_000);
    await until(() => updates.length > 0);
    expect(lab.calls.map(each => each.outcome)).toEqual(['ok']);
    expect([...lab.clock.holds]).toEqual([]);
  });

  test('stale: the answer of some time ago, or the first there was', async () => {
    faults.add({ call: 'ecs.DescribeServices', from: 3, do: { stale: 5000 } });
    await update('one');
    expect(await describeServices()).toEqual(['one']);
    lab.clock.advance(4000);
    await update('two');
    expect(await describeServices()).toEqual(['one', 'two']);
    lab.clock.advance(4000);
    await update('three');
    expect(await describeServices()).toEqual(['one']);
    lab.clock.advance(1000);
    expect(await describeServices()).toEqual(['one', 'two']);
  });

  test('skew: the service lives ahead of the client, which learns it from the answer', async () => {
    faults.add({ call: 'ecs.*', do: { skew: 3_600_000 } });
    const patient = new ecs.ECSClient({ ...lab.client, maxAttempts: 3 });
    await patient.send(new ecs.UpdateServiceCommand({ service: 'api' }));
    expect(lab.calls.map(call => call.outcome)).toEqual(['InvalidSignatureException', 'ok']);
    expect((await failureOf(update())).name).toBe('InvalidSignatureException');
  });
});

describe('a rule that means nothing is refused with its place', () => {
  test.each([
    ['no call', { do: 'throttle' }, 'call'],
    ['a call without an operation', { call: 'ecs', do: 'throttle' }, '<service>.<Operation>'],
    ['an unknown fault', { call: 'ecs.*', do: 'explode' }, 'do'],
    ['an unknown key', { call: 'ecs.*', do: 'throttle', nht: 3 }, 'nht'],
    ['two ways to count', { call: 'ecs.*', do: 'throttle', nth: 1, every: 2 }, 'exclude each other'],
    ['nothing between', { call: 'ecs.*', do: 'throttle', from: 3, to: 2 }, '`from` is after `to`'],
    ['a stale write', { call: 'ecs.UpdateService', do: { stale: 1 } }, 'one named read'],
    ['stale anything', { call: 'ecs.*', do: { stale: 1 } }, 'one named read'],
    ['a wait of no time', { call: 'ecs.*', do: { slow: 0 } }, 'do'],
    ['an account that is none', { call: 'ecs.*', do: 'throttle', account: 'prod' }, 'account'],
  ])('%s', (_, rule, message) => {
    expect(() => readFaultRules([{ call: 'ecs.*', do: 'throttle' }, rule])).toThrow(message);
  });
});
