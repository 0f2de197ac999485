import * as model from '@aws-sdk/client-cloudwatch';
import type { LabClock } from '../../clock/clock.ts';
import { createPlaces } from '../../wire/places.ts';
import type { Call, Service } from '../../wire/service.ts';
import { describeAlarmHistory, describeAlarms, setAlarmState } from './alarm-operations.ts';
import { type AlarmSettings, type AlarmState, type Alarms, putAlarm, setState } from './alarms.ts';
import { getMetricData, type Incomplete, type Metrics } from './metric-data.ts';
import { type MetricName, type Series, seriesKey } from './series.ts';

/** The alarms and metrics of one account and region. */
export interface CloudWatchPlace {
  /** Makes an alarm or changes its configuration. */
  putAlarm(settings: AlarmSettings): void;
  /** Moves an alarm to a state, as its evaluation would. Throws when there is no such alarm. */
  setAlarm(name: string, state: AlarmState, reason?: string): void;
  removeAlarm(name: string): void;
  /** Undefined when there is no such alarm. */
  alarmState(name: string): AlarmState | undefined;
  /** Calls `changed` at every change of the alarm's state, until the returned function is called. */
  watchAlarm(name: string, changed: (state: AlarmState) => void): () => void;
  /** Makes or replaces a metric. */
  putSeries(series: Series): void;
  /** Makes answers about a metric incomplete, or complete again without a status. */
  setIncomplete(metric: MetricName, status?: Incomplete): void;
}

export interface CloudWatchWorld {
  readonly service: Service;
  at(account: string, region: string): CloudWatchPlace;
}

interface State {
  readonly alarms: Alarms;
  readonly metrics: Metrics;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/ */
export function createCloudWatch({ clock }: { readonly clock: LabClock }): CloudWatchWorld {
  const places = createPlaces(
    (): State => ({
      alarms: { byName: new Map(), history: [], watchers: new Set() },
      metrics: { series: new Map(), incomplete: new Map() },
    }),
  );
  const alarmsOf = ({ account, region }: Call) => places.at(account, region).alarms;
  const arnOf = (account: string, region: string) => (name: string) =>
    `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

  const service: Service = {
    id: 'cloudwatch',
    model,
    // Nine requests a second in a region, whoever asks: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
    buckets: [{ operations: ['DescribeAlarms'], burst: 9, refill: 9 }],
    resource: (operation, input, { account, region }) =>
      operation === 'SetAlarmState' ? arnOf(account, region)(String(input.AlarmName)) : undefined,
    operations: {
      DescribeAlarms: (input: model.DescribeAlarmsCommandInput, call: Call) =>
        describeAlarms(input, alarmsOf(call), arnOf(call.account, call.region)),
      SetAlarmState: (input: model.SetAlarmStateCommandInput, call: Call) =>
        setAlarmState(input, alarmsOf(call), call.now),
      DescribeAlarmHistory: (input: model.DescribeAlarmHistoryCommandInput, call: Call) =>
        describeAlarmHistory(input, alarmsOf(call), call.now),
      GetMetricData: (input: model.GetMetricDataCommandInput, call: Call) =>
        getMetricData(input, places.at(call.account, call.region).metrics, call.now),
    },
  };

  function at(account: string, region: string): CloudWatchPlace {
    const { alarms, metrics } = places.at(account, region);
    const own = (name: string) => {
      const alarm = alarms.byName.get(name);
      if (alarm === undefined) throw new Error(`There is no alarm ${name} in ${account} ${region}`);
      return alarm;
    };
    return {
      putAlarm: settings => putAlarm(alarms, settings, clock.now()),
      setAlarm: (name, state, reason = `The scenario says ${state}`) =>
        setState(alarms, own(name), state, reason, clock.now()),
      removeAlarm: name => alarms.byName.delete(own(name).settings.name),
      watchAlarm: (name, changed) => {
        const tell = (each: string, state: AlarmState) => {
          if (each === name) changed(state);
        };
        alarms.watchers.add(tell);
        return () => {
          alarms.watchers.delete(tell);
        };
      },
      alarmState: name => alarms.byName.get(name)?.state,
      putSeries: series => metrics.series.set(seriesKey(series), series),
      setIncomplete: (metric, status) => {
        if (status === undefined) metrics.incomplete.delete(seriesKey(metric));
        else metrics.incomplete.set(seriesKey(metric), status);
      },
    };
  }

  return { service, at };
}
