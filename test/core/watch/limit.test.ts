import { describe, expect, test } from '@jest/globals';
import { parseLimit } from '#core/flow/limit';
import type { Moment } from '#core/watch/check';
import { judgeLimit } from '#core/watch/judge-limit';
import type { Measure } from '#core/watch/measure';
import { measuresOf } from '#core/watch/measures';
import { minute, type Series, type Signal } from '#core/watch/signal';
import type { Subjects } from '#core/watch/subjects';

const start = Date.UTC(2026, 10, 2, 9, 0, 30);
const first = Date.UTC(2026, 10, 2, 9, 1);
const group = { arn: 'arn:tg', targetGroup: 'targetgroup/api/1', loadBalancer: 'app/edge/2' };
const subjects: Subjects = {
  services: [{ cluster: 'prod', service: 'api' }],
  balanced: [{ name: 'api', targetGroups: [group], loadBalancers: [] }],
  databases: ['db'],
  apis: [{ api: 'shop', stage: 'prod' }],
  functions: [{ name: 'shop-api', alias: 'live' }],
};

function measure(text: string, about: Subjects = subjects): Measure {
  const limit = parseLimit(text);
  if (!limit.ok) throw new Error(limit.message);
  const [only] = measuresOf(limit.value, about);
  if (only === undefined) throw new Error('no subject');
  return only;
}

/** One value a minute from 09:01, by the name of the metric; null where CloudWatch has no point. */
type Data = Readonly<Record<string, readonly (number | null)[]>>;

function seriesOf(values: readonly (number | null)[]): Series {
  return new Map(values.flatMap((value, index) => (value === null ? [] : [[first + index * minute, value]])));
}

interface Given {
  readonly for?: number;
  /** Minutes since the start; absent: the end, with all data. */
  readonly after?: number;
  readonly incomplete?: string;
}

function judged(text: string, data: Data, given: Given = {}, about: Subjects = subjects) {
  const duration = (given.for ?? 10) * minute;
  const now = given.after === undefined ? start + duration + 3 * minute : start + given.after * minute;
  const moment: Moment = { now, start, end: start + duration, final: given.after === undefined };
  const facts = {
    read: ({ name, statistic }: Signal) => seriesOf(data[`${name} ${statistic}`] ?? data[name] ?? []),
    incomplete: ({ name }: Signal) => (name === given.incomplete ? `${name}: PartialData` : undefined),
  };
  const view = judgeLimit(measure(text, about), facts, moment);
  return { ...view, verdict: view.rule.verdict, reason: view.rule.reason, message: view.rule.message };
}

const many = (value: number | null, count = 10) => Array.from({ length: count }, () => value);

describe('a value every minute', () => {
  test.each<[string, string, readonly (number | null)[], string, string]>([
    ['stays below', 'ecs-cpu > 80%', many(70), 'pass', 'watch-passed'],
    ['reaches the limit, which is not beyond it', 'ecs-cpu > 80%', many(80), 'pass', 'watch-passed'],
    ['is beyond it once', 'ecs-cpu > 80%', [...many(70, 8), 80.1], 'fail', 'limit-breached'],
    ['reaches it where reaching is too much', 'response-time >= 1s', [], 'inconclusive', 'no-data'],
    ['is missing: nothing is known', 'ecs-cpu > 80%', [], 'inconclusive', 'no-data'],
    ['is zero, which is a value', 'ecs-cpu > 80%', many(0), 'pass', 'watch-passed'],
    ['has gaps, but few', 'ecs-cpu > 80%', [...many(70, 8), null], 'pass', 'watch-passed'],
    ['stops half-way', 'ecs-cpu > 80%', many(70, 5), 'inconclusive', 'no-data'],
  ])('%s', (_, text, values, verdict, reason) => {
    expect(judged(text, { CPUUtilization: values })).toMatchObject({ verdict, reason });
  });

  test('before the watch and after its end counts for nothing', () => {
    const values = new Map([
      [first - minute, 99],
      ...many(10, 9).map((value, index) => [first + index * minute, value ?? 0] as const),
      [first + 9 * minute, 99],
    ]);
    const facts = { read: () => values, incomplete: () => undefined };
    const end = start + 10 * minute;
    const view = judgeLimit(measure('ecs-cpu > 80%'), facts, { start, end, now: end + 3 * minute, final: true });
    expect(view).toMatchObject({ rule: { verdict: 'pass' }, samples: 9, worst: '10 % at 09:01' });
  });

  test('is not judged while it may still change, and is as soon as it cannot', () => {
    const data = { CPUUtilization: [10, 10, 99] };
    expect(judged('ecs-cpu > 80%', data, { after: 6 }).verdict).toBe('wait');
    expect(judged('ecs-cpu > 80%', data, { after: 6.5 })).toMatchObject({
      verdict: 'fail',
      message: 'ecs-cpu > 80% (api): 99 % at 09:03.',
    });
  });

  test('of storage is bad below, in the bytes of the limit', () => {
    expect(judged('rds-storage < 5GB', { FreeStorageSpace: many(5e9) }).verdict).toBe('pass');
    expect(judged('rds-storage < 5GB', { FreeStorageSpace: [...many(6e9), 4.9e9].slice(2) })).toMatchObject({
      verdict: 'fail',
      worst: '4.9 GB at 09:09',
    });
  });

  test('that CloudWatch gave only in part is unknown, not good', () => {
    const given = { incomplete: 'CPUUtilization' };
    expect(judged('ecs-cpu > 80%', { CPUUtilization: many(1) }, given)).toMatchObject({
      verdict: 'error',
      reason: 'api-unavailable',
      message: 'ecs-cpu > 80% (api): CloudWatch did not give all data: CPUUtilization: PartialData.',
    });
  });
});

describe('unhealthy targets', () => {
  test('for one minute may be a task that is being replaced; for two they are not', () => {
    expect(judged('unhealthy-targets > 0', { UnHealthyHostCount: [0, 1, 0, 1, 0, 0, 0, 0, 0] }).verdict).toBe('pass');
    expect(judged('unhealthy-targets > 0', { UnHealthyHostCount: [0, 1, 1, 0, 0, 0, 0, 0, 0] })).toMatchObject({
      verdict: 'fail',
      message: 'unhealthy-targets > 0 (api): 1 at 09:03, 2 minutes in a row.',
    });
  });

  test('with a minute in between of which nothing is known are not in a row', () => {
    expect(judged('unhealthy-targets > 0', { UnHealthyHostCount: [0, 1, null, 1, 0, 0, 0, 0, 0] }).verdict).toBe(
      'pass',
    );
  });
});

const target5xx = 'HTTPCode_Target_5XX_Count';
const elb5xx = 'HTTPCode_ELB_5XX_Count';

describe('5xx as a number', () => {
  const limit = 'alb-5xx > 10 per 5m';

  test.each<[string, Data, string]>([
    ['no 5xx metric at all, but requests: there were none', { RequestCount: many(100) }, 'pass'],
    ['neither requests nor 5xx: nothing is known', {}, 'inconclusive'],
    ['requests in a single minute are something', { RequestCount: [null, 5] }, 'pass'],
    ['ten in five minutes', { RequestCount: many(100), [target5xx]: [5, null, null, null, 5, 5] }, 'pass'],
    ['eleven in five minutes', { RequestCount: many(100), [target5xx]: [null, 5, null, null, null, 6] }, 'fail'],
    ['eleven in six minutes', { RequestCount: many(100), [target5xx]: [5, null, null, null, null, 6] }, 'pass'],
    ['those of the load balancer count, too', { RequestCount: many(9), [target5xx]: [5], [elb5xx]: [null, 6] }, 'fail'],
    ['only the load balancer answered', { [elb5xx]: [11] }, 'fail'],
  ])('%s', (_, data, verdict) => {
    expect(judged(limit, data).verdict).toBe(verdict);
  });

  test('fails as soon as they are too many: more data can only make it worse', () => {
    const data = { RequestCount: [100, 100], [target5xx]: [4, 7] };
    expect(judged(limit, data, { after: 2.6 })).toMatchObject({
      verdict: 'fail',
      message: 'alb-5xx > 10 per 5m (api): 11 between 09:01 and 09:03.',
    });
  });

  test('sees what arrived late for a minute that was already read', () => {
    expect(judged(limit, { RequestCount: many(100), [target5xx]: [8] }, { after: 4 }).verdict).toBe('wait');
    expect(judged(limit, { RequestCount: many(100), [target5xx]: [12] }, { after: 5 }).verdict).toBe('fail');
  });
});

describe('5xx as a share', () => {
  test('is taken over five minutes, of all answers, those of the load balancer included', () => {
    const data = { RequestCount: many(18), [elb5xx]: [null, null, 10] };
    expect(judged('alb-5xx > 10%', data).verdict).toBe('pass');
    expect(judged('alb-5xx > 9.9%', data)).toMatchObject({ verdict: 'fail', worst: '10 % at 09:05' });
  });

  test('of one bad request in a quiet minute does not decide', () => {
    const data = { RequestCount: [100, 100, 1, 100, 100, 100, 100, 100, 100], [target5xx]: [null, null, 1] };
    expect(judged('alb-5xx > 5%', data).verdict).toBe('pass');
  });

  test('is not judged before its window is whole and settled', () => {
    const data = { RequestCount: many(10), [target5xx]: many(10) };
    expect(judged('alb-5xx > 5%', data, { after: 8 }).verdict).toBe('wait');
    expect(judged('alb-5xx > 5%', data, { after: 8.5 }).verdict).toBe('fail');
  });

  test('without any answer is unknown: a division by zero is no pass', () => {
    expect(judged('alb-5xx > 5%', { RequestCount: many(0) })).toMatchObject({
      verdict: 'inconclusive',
      reason: 'no-data',
    });
  });
});

describe('response time', () => {
  test('is in seconds at CloudWatch and in milliseconds here', () => {
    const data = { 'TargetResponseTime Sum': many(45), 'TargetResponseTime SampleCount': many(50) };
    expect(judged('response-time >= 1s', data)).toMatchObject({ verdict: 'pass', worst: '900 ms at 09:01' });
    expect(judged('response-time >= 900ms', data).verdict).toBe('fail');
  });

  test('of several target groups is weighted by their requests', () => {
    const green = { ...group, targetGroup: 'targetgroup/green/3' };
    const both: Subjects = {
      ...subjects,
      balanced: [{ name: 'api', targetGroups: [group, green], loadBalancers: [] }],
    };
    const facts = {
      read: ({ statistic, dimensions }: Signal): Series => {
        const [sum, count] = dimensions.TargetGroup === group.targetGroup ? [10, 100] : [30, 10];
        return new Map([[first, (statistic === 'Sum' ? sum : count) ?? 0]]);
      },
      incomplete: () => undefined,
    };
    const end = start + 10 * minute;
    const view = judgeLimit(measure('response-time > 1s', both), facts, { start, end, now: end, final: true });
    expect(view.worst).toBe('364 ms at 09:01');
  });
});

test('every limit of the Unifocus file knows what it is about, and says so when that is missing', () => {
  const limits = ['ecs-cpu > 80%', 'ecs-memory > 80%', 'alb-5xx > 10 per 5m', 'unhealthy-targets > 0'];
  const names = [...limits, 'rds-connections > 80', 'rds-storage < 5GB', 'response-time > 1s'].map(text => {
    const [{ name = '', dimensions = {} } = {}] = measure(text).signals;
    return `${name} ${Object.entries(dimensions).map(([key, value]) => `${key}=${value}`)}`;
  });
  expect(names).toEqual([
    'CPUUtilization ClusterName=prod,ServiceName=api',
    'MemoryUtilization ClusterName=prod,ServiceName=api',
    'RequestCount TargetGroup=targetgroup/api/1,LoadBalancer=app/edge/2',
    'UnHealthyHostCount TargetGroup=targetgroup/api/1,LoadBalancer=app/edge/2',
    'DatabaseConnections DBInstanceIdentifier=db',
    'FreeStorageSpace DBInstanceIdentifier=db',
    'TargetResponseTime TargetGroup=targetgroup/api/1,LoadBalancer=app/edge/2',
  ]);
  expect(() =>
    measure('ecs-cpu > 80%', { services: [], balanced: [], databases: [], apis: [], functions: [] }),
  ).toThrow('no subject');
});

describe('errors of a REST API', () => {
  const errors = '5XXError Sum';
  const requests = 'Count SampleCount';

  test.each<[string, string, Data, string]>([
    ['none in many', 'api-5xx > 5%', { [errors]: many(0), [requests]: many(60) }, 'pass'],
    ['just five in a hundred', 'api-5xx > 5%', { [errors]: many(1), [requests]: many(20) }, 'pass'],
    ['six in a hundred', 'api-5xx > 5%', { [errors]: many(6), [requests]: many(100) }, 'fail'],
    [
      'one of two, in a quiet minute among busy ones',
      'api-5xx > 5%',
      { [errors]: [0, 1, ...many(0, 7)], [requests]: [90, 2, ...many(90, 7)] },
      'pass',
    ],
    ['no requests: nothing is known', 'api-5xx > 5%', {}, 'inconclusive'],
    ['requests, but not how many failed', 'api-5xx > 5%', { [requests]: many(60) }, 'inconclusive'],
    ['failures, but not of how many', 'api-5xx > 5%', { [errors]: many(3) }, 'inconclusive'],
    ['as a number', 'api-5xx > 10 per 5m', { [errors]: [5, 0, 0, 6], [requests]: many(60) }, 'fail'],
    [
      'as a number, too far apart',
      'api-5xx > 10 per 5m',
      { [errors]: [5, 0, 0, 0, 0, 6], [requests]: many(60) },
      'pass',
    ],
  ])('%s', (_, limit, data, verdict) => {
    expect(judged(limit, data).verdict).toBe(verdict);
  });

  test('are read by the dimensions of REST APIs', () => {
    const dimensions = measure('api-5xx > 5%').signals.map(signal => [signal.namespace, signal.dimensions]);
    expect(new Set(dimensions.map(each => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify(['AWS/ApiGateway', { ApiName: 'shop', Stage: 'prod' }])]),
    );
  });
});

describe('latency of a REST API', () => {
  test('is in milliseconds at CloudWatch as well, and weighted by requests', () => {
    const data = { 'Latency Sum': [45_000, ...many(5_000, 8)], 'Latency SampleCount': many(50) };
    expect(judged('api-latency >= 1s', data)).toMatchObject({ verdict: 'pass', worst: '900 ms at 09:01' });
    expect(judged('api-latency >= 900ms', data).verdict).toBe('fail');
    expect(judged('api-latency >= 1s', {})).toMatchObject({ verdict: 'inconclusive', reason: 'no-data' });
  });
});

describe('a function', () => {
  test.each<[string, string, Data, string]>([
    ['never fails', 'lambda-errors > 5%', { 'Errors Sum': many(0), 'Invocations Sum': many(60) }, 'pass'],
    ['fails too often', 'lambda-errors > 5%', { 'Errors Sum': many(6), 'Invocations Sum': many(60) }, 'fail'],
    ['fails once', 'lambda-errors > 0 per 1m', { 'Errors Sum': [0, 1], 'Invocations Sum': many(60) }, 'fail'],
    ['is not called: nothing is known', 'lambda-errors > 5%', {}, 'inconclusive'],
    ['takes just as long as it may', 'lambda-duration > 10s', { 'Duration Maximum': many(10_000) }, 'pass'],
    ['takes too long once', 'lambda-duration > 10s', { 'Duration Maximum': [80, 10_001] }, 'fail'],
    ['is called seldom', 'lambda-duration > 10s', { 'Duration Maximum': [null, 80] }, 'pass'],
    ['is not called: no duration is known', 'lambda-duration > 10s', {}, 'inconclusive'],
  ])('that %s', (_, limit, data, verdict) => {
    expect(judged(limit, data).verdict).toBe(verdict);
  });

  test.each<[Subjects['functions'][number], Signal['dimensions']]>([
    [
      { name: 'shop-api', alias: 'live' },
      { FunctionName: 'shop-api', Resource: 'shop-api:live' },
    ],
    [{ name: 'shop-api' }, { FunctionName: 'shop-api' }],
  ])('%j is measured by its own dimensions', (fn, dimensions) => {
    const [signal] = measure('lambda-duration > 10s', { ...subjects, functions: [fn] }).signals;
    expect(signal?.dimensions).toEqual(dimensions);
  });
});
