import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CloudWatchPlace, createCloudWatch } from '../../../packages/lab/aws/cloudwatch/cloudwatch.ts';
import { failureOf, manualClock, startLab, type TestLab } from '../wire/harness.ts';

let lab: TestLab;
let place: CloudWatchPlace;
let client: cloudwatch.CloudWatchClient;
const minute = 60_000;

beforeEach(async () => {
  const manual = manualClock();
  const world = createCloudWatch({ clock: manual });
  place = world.at('111111111111', 'ap-southeast-2');
  lab = await startLab({ services: [world.service], manual });
  client = new cloudwatch.CloudWatchClient({ ...lab.client, maxAttempts: 2 });
});
afterEach(() => lab.close());

const alarms = (input: cloudwatch.DescribeAlarmsCommandInput = {}) =>
  client.send(new cloudwatch.DescribeAlarmsCommand(input));
const namesOf = (found?: readonly { AlarmName?: string | undefined }[]) => found?.map(alarm => alarm.AlarmName);

describe('DescribeAlarms', () => {
  beforeEach(() => {
    place.putAlarm({ name: 'api-5xx', state: 'OK' });
    place.putAlarm({ name: 'api-cpu', state: 'ALARM', actionsEnabled: false, evaluationState: 'PARTIAL_DATA' });
    place.putAlarm({ name: 'web-5xx' });
    place.putAlarm({ name: 'api-all', state: 'OK', rule: 'ALARM("api-5xx") OR ALARM("api-cpu")' });
  });

  test('shows metric alarms only, unless composite ones are asked for', async () => {
    const plain = await alarms();
    expect([namesOf(plain.MetricAlarms), namesOf(plain.CompositeAlarms)]).toEqual([
      ['api-5xx', 'api-cpu', 'web-5xx'],
      [],
    ]);
    const composite = await alarms({ AlarmTypes: ['CompositeAlarm'] });
    expect([namesOf(composite.MetricAlarms), namesOf(composite.CompositeAlarms)]).toEqual([[], ['api-all']]);
    const both = await alarms({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'], AlarmNamePrefix: 'api' });
    expect([namesOf(both.MetricAlarms), namesOf(both.CompositeAlarms)]).toEqual([['api-5xx', 'api-cpu'], ['api-all']]);
  });

  test('leaves missing names away without a word, and names of another type', async () => {
    const found = await alarms({ AlarmNames: ['api-5xx', 'nobody', 'api-all'] });
    expect(namesOf(found.MetricAlarms)).toEqual(['api-5xx']);
  });

  test('tells when the state was reached, whether actions are on, and how the evaluation goes', async () => {
    const made = new Date(lab.clock.now());
    lab.clock.advance(minute);
    place.setAlarm('api-5xx', 'ALARM', 'Threshold Crossed');
    const changed = new Date(lab.clock.now());
    lab.clock.advance(minute);
    place.setAlarm('api-5xx', 'ALARM', 'Still crossed');
    const { MetricAlarms } = await alarms({ AlarmNames: ['api-5xx', 'api-cpu', 'web-5xx'] });
    expect(MetricAlarms).toMatchObject([
      {
        StateValue: 'ALARM',
        StateReason: 'Still crossed',
        StateTransitionedTimestamp: changed,
        StateUpdatedTimestamp: changed,
      },
      { StateValue: 'ALARM', ActionsEnabled: false, EvaluationState: 'PARTIAL_DATA', StateTransitionedTimestamp: made },
      { StateValue: 'INSUFFICIENT_DATA', ActionsEnabled: true },
    ]);
    expect(MetricAlarms?.[0]).not.toHaveProperty('EvaluationState');
  });

  test('a change of the evaluation alone is an update, not a transition', async () => {
    const made = new Date(lab.clock.now());
    lab.clock.advance(minute);
    place.putAlarm({ name: 'api-5xx', evaluationState: 'EVALUATION_ERROR' });
    const { MetricAlarms } = await alarms({ AlarmNames: ['api-5xx'] });
    expect(MetricAlarms).toMatchObject([
      { StateValue: 'OK', StateUpdatedTimestamp: new Date(lab.clock.now()), StateTransitionedTimestamp: made },
    ]);
  });

  test('pages of 100', async () => {
    for (let index = 0; index < 120; index += 1) place.putAlarm({ name: `x-${String(index).padStart(3, '0')}` });
    const first = await alarms({ AlarmNamePrefix: 'x-' });
    const { NextToken } = first;
    const second = await alarms({ AlarmNamePrefix: 'x-', NextToken });
    expect([first.MetricAlarms?.length, second.MetricAlarms?.length, second.NextToken]).toEqual([100, 20, undefined]);
    expect((await failureOf(alarms({ NextToken }))).name).toBe('InvalidNextToken');
  });

  test('filters by state', async () => {
    expect(namesOf((await alarms({ StateValue: 'ALARM' })).MetricAlarms)).toEqual(['api-cpu']);
  });

  test.each<[string, object, string]>([
    ['names and a prefix', { AlarmNames: ['a'], AlarmNamePrefix: 'a' }, 'ValidationException'],
    ['101 at once', { MaxRecords: 101 }, 'ValidationException'],
    ['a type that is none', { AlarmTypes: ['Metric'] }, 'ValidationException'],
    ['what is not modelled', { ChildrenOfAlarmName: 'api-all' }, 'NotImplemented'],
  ])('refuses %s', async (_, input, name) => {
    expect((await failureOf(alarms(input))).name).toBe(name);
  });

  test('nine a second, whoever asks', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 12 }, () =>
        new cloudwatch.CloudWatchClient(lab.client).send(new cloudwatch.DescribeAlarmsCommand({})),
      ),
    );
    expect(answers.filter(answer => answer.status === 'fulfilled')).toHaveLength(9);
  });
});

test('SetAlarmState moves an alarm and leaves its history', async () => {
  place.putAlarm({ name: 'a', state: 'OK' });
  lab.clock.advance(1000);
  await client.send(new cloudwatch.SetAlarmStateCommand({ AlarmName: 'a', StateValue: 'ALARM', StateReason: 'drill' }));
  expect(place.alarmState('a')).toBe('ALARM');
  const { AlarmHistoryItems } = await client.send(new cloudwatch.DescribeAlarmHistoryCommand({ AlarmName: 'a' }));
  expect(AlarmHistoryItems).toMatchObject([
    { HistoryItemType: 'StateUpdate', HistorySummary: 'Alarm updated from OK to ALARM', AlarmType: 'MetricAlarm' },
    { HistoryItemType: 'ConfigurationUpdate' },
  ]);
  const missing = { AlarmName: 'b', StateValue: 'OK', StateReason: 'x' } as const;
  expect(await failureOf(client.send(new cloudwatch.SetAlarmStateCommand(missing)))).toBeInstanceOf(
    cloudwatch.ResourceNotFound,
  );
  const wrong = { AlarmName: 'a', StateValue: 'RED' as 'OK', StateReason: 'x' };
  expect((await failureOf(client.send(new cloudwatch.SetAlarmStateCommand(wrong)))).name).toBe('ValidationException');
  place.removeAlarm('a');
  expect(place.alarmState('a')).toBeUndefined();
});

test('whoever watches an alarm hears of every change of its state, and of nothing else', () => {
  const heard: string[] = [];
  place.putAlarm({ name: 'a', state: 'OK' });
  const stop = place.watchAlarm('a', state => heard.push(state));
  place.setAlarm('a', 'ALARM');
  place.setAlarm('a', 'ALARM');
  place.putAlarm({ name: 'a', actionsEnabled: false });
  place.putAlarm({ name: 'b', state: 'OK' });
  place.setAlarm('b', 'ALARM');
  place.putAlarm({ name: 'a', state: 'OK' });
  stop();
  place.setAlarm('a', 'ALARM');
  expect(heard).toEqual(['ALARM', 'OK']);
});

describe('GetMetricData', () => {
  const dimensions = { ClusterName: 'prod', ServiceName: 'api' };
  const cpu = { namespace: 'AWS/ECS', name: 'CPUUtilization', dimensions };
  let base: number;
  beforeEach(() => {
    base = Math.ceil(lab.clock.now() / minute) * minute;
    lab.clock.advance(base - lab.clock.now() + 5 * minute);
    const values: readonly (number | readonly number[] | undefined)[] = [10, [20, 40], undefined, 30, 50];
    place.putSeries({ ...cpu, unit: 'Percent', delay: 0, at: time => values[(time - base) / minute] });
  });

  function query(change: Partial<cloudwatch.MetricStat> = {}, rest: Partial<cloudwatch.MetricDataQuery> = {}) {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const Metric = { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Dimensions };
    return { Id: 'q', MetricStat: { Metric, Period: 60, Stat: 'Average', ...change }, ...rest };
  }

  async function read(input: Partial<cloudwatch.GetMetricDataCommandInput> = {}) {
    const answer = await client.send(
      new cloudwatch.GetMetricDataCommand({
        MetricDataQueries: [query()],
        StartTime: new Date(base),
        EndTime: new Date(base + 5 * minute),
        ScanBy: 'TimestampAscending',
        ...input,
      }),
    );
    const [result] = answer.MetricDataResults ?? [];
    const minutes = result?.Timestamps?.map(time => (time.getTime() - base) / minute);
    return { ...answer, result, values: result?.Values, minutes };
  }

  test('newest first unless asked otherwise; a period without a sample has no point', async () => {
    expect(await read({ ScanBy: undefined })).toMatchObject({ values: [50, 30, 30, 10], minutes: [4, 3, 1, 0] });
    expect((await read()).result).toMatchObject({ Id: 'q', Label: 'CPUUtilization', StatusCode: 'Complete' });
  });

  test.each([
    ['Average', [10, 30, 30, 50]],
    ['Sum', [10, 60, 30, 50]],
    ['Minimum', [10, 20, 30, 50]],
    ['Maximum', [10, 40, 30, 50]],
    ['SampleCount', [1, 2, 1, 1]],
    ['p50', [10, 20, 30, 50]],
    ['p99', [10, 40, 30, 50]],
  ])('%s', async (Stat, values) => {
    expect((await read({ MetricDataQueries: [query({ Stat })] })).values).toEqual(values);
  });

  test('the start is rounded down to the minute and included, the end is not', async () => {
    const [StartTime, EndTime] = [new Date(base + minute + 59_000), new Date(base + 3 * minute)];
    expect(await read({ StartTime, EndTime })).toMatchObject({ values: [30], minutes: [1] });
  });

  test('periods are counted from the start', async () => {
    const MetricDataQueries = [query({ Period: 120, Stat: 'Sum' })];
    expect(await read({ MetricDataQueries })).toMatchObject({ values: [70, 30, 50], minutes: [0, 2, 4] });
    const StartTime = new Date(base + minute);
    expect(await read({ MetricDataQueries, StartTime })).toMatchObject({ values: [60, 80], minutes: [1, 3] });
  });

  test('a sample can be read when its delay is over, not before', async () => {
    const points = new Map([[lab.clock.now(), 7]]);
    place.putSeries({ ...cpu, delay: 3 * minute, points });
    const EndTime = new Date(lab.clock.now() + minute);
    expect((await read({ EndTime })).values).toEqual([]);
    lab.clock.advance(3 * minute - 1);
    expect((await read({ EndTime })).values).toEqual([]);
    lab.clock.advance(1);
    expect((await read({ EndTime })).values).toEqual([7]);
  });

  test.each<[string, Partial<cloudwatch.MetricStat>]>([
    ['another unit: it is never converted', { Unit: 'Count' }],
    [
      'a dimension too few',
      {
        Metric: {
          Namespace: 'AWS/ECS',
          MetricName: 'CPUUtilization',
          Dimensions: [{ Name: 'ClusterName', Value: 'prod' }],
        },
      },
    ],
    ['another metric', { Metric: { Namespace: 'AWS/ECS', MetricName: 'CpuUtilization' } }],
  ])('empty, and no error: %s', async (_, change) => {
    expect(await read({ MetricDataQueries: [query(change)] })).toMatchObject({
      values: [],
      result: { StatusCode: 'Complete' },
    });
    expect((await read({ MetricDataQueries: [query({ Unit: 'Percent' })] })).values).toHaveLength(4);
  });

  test('pages: what goes on is PartialData', async () => {
    const MetricDataQueries = [query(), query({ Stat: 'Maximum' }, { Id: 'max' })];
    const first = await read({ MetricDataQueries, MaxDatapoints: 5 });
    expect(first.MetricDataResults).toMatchObject([
      { Id: 'q', Values: [10, 30, 30, 50], StatusCode: 'Complete' },
      { Id: 'max', Values: [10], StatusCode: 'PartialData' },
    ]);
    const { NextToken } = first;
    const second = await read({ MetricDataQueries, MaxDatapoints: 5, NextToken });
    expect(second.MetricDataResults).toMatchObject([
      { Id: 'q', Values: [], StatusCode: 'Complete' },
      { Id: 'max', Values: [40, 30, 50], StatusCode: 'Complete' },
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  test('a scenario can make it incomplete', async () => {
    place.setIncomplete(cpu, 'InternalError');
    expect((await read()).result?.StatusCode).toBe('InternalError');
    place.setIncomplete(cpu);
    expect((await read()).result?.StatusCode).toBe('Complete');
  });

  test('old data needs coarse periods', async () => {
    lab.clock.advance(16 * 24 * 60 * minute);
    expect((await read()).values).toEqual([]);
    expect((await read({ MetricDataQueries: [query({ Period: 300, Stat: 'Sum' })] })).values?.length).toBeGreaterThan(
      0,
    );
  });

  const many = (count: number) => Array.from({ length: count }, (_, index) => query({}, { Id: `q${index}` }));
  test.each<[string, () => Partial<cloudwatch.GetMetricDataCommandInput>, string]>([
    ['more than 500 queries', () => ({ MetricDataQueries: many(501) }), 'ValidationException'],
    ['no query', () => ({ MetricDataQueries: [] }), 'ValidationException'],
    ['the same id twice', () => ({ MetricDataQueries: [query(), query()] }), 'ValidationException'],
    ['an id that is none', () => ({ MetricDataQueries: [query({}, { Id: 'Q' })] }), 'ValidationException'],
    ['a period of 90 s', () => ({ MetricDataQueries: [query({ Period: 90 })] }), 'ValidationException'],
    ['an end before its start', () => ({ EndTime: new Date(base) }), 'ValidationException'],
    ['metric math', () => ({ MetricDataQueries: [{ Id: 'e', Expression: 'q / 2' }] }), 'NotImplemented'],
    ['a statistic that is not modelled', () => ({ MetricDataQueries: [query({ Stat: 'tm90' })] }), 'NotImplemented'],
  ])('refuses %s', async (_, input, name) => {
    expect((await failureOf(read(input()))).name).toBe(name);
  });

  test('500 queries are fine', async () => {
    expect((await read({ MetricDataQueries: many(500) })).MetricDataResults).toHaveLength(500);
  });
});
