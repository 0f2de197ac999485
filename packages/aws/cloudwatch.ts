import {
  type AlarmHistoryItem,
  CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricAlarm,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { batches } from './batches.ts';
import { AwsCallError } from './errors.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

/** What is common to metric and composite alarms; the evaluation state exists of metric alarms only. */
export type Alarm = Pick<
  MetricAlarm & CompositeAlarm,
  'AlarmName' | 'StateValue' | 'StateReason' | 'StateTransitionedTimestamp' | 'StateUpdatedTimestamp'
> &
  Pick<MetricAlarm, 'EvaluationState'>;

/** One change of an alarm’s state: `OK`, `ALARM`, `INSUFFICIENT_DATA`. */
export interface AlarmTransition {
  /** Epoch ms. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

export interface MetricQuery {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
}

export interface MetricReading {
  /** Values by the start of their minute, epoch ms. */
  readonly points: ReadonlyMap<number, number>;
  /** Anything but `Complete` means that points are missing nobody knows of. */
  readonly status: string;
}

/** The calls of CloudWatch that the suite makes. Every method pages, batches and retries; errors are `AwsCallError`. */
export interface CloudWatch {
  /** Those that exist; a name that is not among the answers does not. */
  alarmsNamed(names: readonly string[]): Promise<readonly Alarm[]>;
  alarmsWithPrefix(prefix: string): Promise<readonly Alarm[]>;
  /** Changes of its state from `start` on (epoch ms), the oldest first. CloudWatch keeps them for 30 days. */
  alarmTransitions(name: string, start: number): Promise<readonly AlarmTransition[]>;
  /** One-minute values from `start` (floored to the minute) up to but without `end`, in the order of the queries. */
  metricData(queries: readonly MetricQuery[], start: number, end: number): Promise<readonly MetricReading[]>;
}

const minute = 60_000;

export function createCloudWatch(session: AwsSession): CloudWatch {
  const { region, credentials, retry } = session;
  const client = new CloudWatchClient({
    region,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  });

  async function describe(filter: { AlarmNames?: string[]; AlarmNamePrefix?: string }): Promise<readonly Alarm[]> {
    const found: Alarm[] = [];
    let NextToken: string | undefined;
    do {
      // Without AlarmTypes composite alarms would be left out without a word.
      const command = new DescribeAlarmsCommand({
        ...filter,
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        MaxRecords: 100,
        NextToken,
      });
      const answer = await withRetries(retry, 'cloudwatch:DescribeAlarms', 'any-number', () => client.send(command));
      found.push(...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? []));
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    return found;
  }

  async function readBatch(queries: readonly MetricQuery[], start: number, end: number) {
    const readings = queries.map(() => ({ points: new Map<number, number>(), status: 'no answer' }));
    let NextToken: string | undefined;
    do {
      const command = new GetMetricDataCommand({
        MetricDataQueries: queries.map(queryOf),
        // Points align to the start: off the minute, every value would be of two halves.
        StartTime: new Date(Math.floor(start / minute) * minute),
        EndTime: new Date(end),
        ScanBy: 'TimestampAscending',
        NextToken,
      });
      const answer = await withRetries(retry, 'cloudwatch:GetMetricData', 'any-number', () => client.send(command));
      for (const { Id = '', Timestamps = [], Values = [], StatusCode } of answer.MetricDataResults ?? []) {
        const reading = readings[indexOf(Id)];
        if (reading === undefined) continue;
        reading.status = StatusCode ?? 'no status';
        for (const [index, time] of Timestamps.entries()) {
          const value = Values[index];
          if (value !== undefined) reading.points.set(time.getTime(), value);
        }
      }
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    return readings;
  }

  return {
    async alarmsNamed(names) {
      const answers: Alarm[] = [];
      for (const batch of batches([...new Set(names)], 100)) answers.push(...(await describe({ AlarmNames: batch })));
      return answers;
    },
    alarmsWithPrefix: prefix => describe({ AlarmNamePrefix: prefix }),
    async alarmTransitions(name, start) {
      const found: AlarmHistoryItem[] = [];
      let NextToken: string | undefined;
      do {
        // Without AlarmTypes a composite alarm would have no history.
        const command = new DescribeAlarmHistoryCommand({
          AlarmName: name,
          AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
          HistoryItemType: 'StateUpdate',
          StartDate: new Date(start),
          ScanBy: 'TimestampAscending',
          MaxRecords: 100,
          NextToken,
        });
        const answer = await withRetries(retry, 'cloudwatch:DescribeAlarmHistory', 'any-number', () =>
          client.send(command),
        );
        found.push(...(answer.AlarmHistoryItems ?? []));
        NextToken = answer.NextToken;
      } while (NextToken !== undefined);
      return found.map(transitionOf);
    },
    async metricData(queries, start, end) {
      const answers: MetricReading[] = [];
      for (const batch of batches(queries, 500)) answers.push(...(await readBatch(batch, start, end)));
      return answers;
    },
  };
}

/** What cannot be read is an error: it may have been the very change that is looked for. */
function transitionOf({ Timestamp, HistoryData = '' }: AlarmHistoryItem): AlarmTransition {
  const { oldState, newState } = statesIn(HistoryData);
  const [from, to] = [oldState?.stateValue, newState?.stateValue];
  if (Timestamp === undefined || from === undefined || to === undefined) {
    const message = `CloudWatch told a change of an alarm that cannot be read: ${HistoryData}`;
    throw new AwsCallError('refused', 'UnreadableAnswer', 'cloudwatch:DescribeAlarmHistory', message);
  }
  return { at: Timestamp.getTime(), from, to };
}

type States = Partial<Readonly<Record<'oldState' | 'newState', { readonly stateValue?: string }>>>;

/** As the example of the CLI’s reference for describe-alarm-history shows it. */
function statesIn(data: string): States {
  try {
    return JSON.parse(data) as States;
  } catch {
    return {};
  }
}

function queryOf({ namespace, name, dimensions, statistic }: MetricQuery, index: number): MetricDataQuery {
  return {
    Id: `q${index}`,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: minute / 1000,
      Stat: statistic,
    },
  };
}

function indexOf(id: string): number {
  return Number(id.slice(1));
}
