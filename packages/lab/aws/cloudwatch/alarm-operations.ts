import type * as model from '@aws-sdk/client-cloudwatch';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { ServiceError } from '../../wire/service.ts';
import { type Alarm, type AlarmState, type Alarms, setState } from './alarms.ts';

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html : metric alarms only, unless
 * AlarmTypes says otherwise; names that are missing are just not there.
 */
export function describeAlarms(
  input: model.DescribeAlarmsCommandInput,
  { byName }: Alarms,
  arn: (name: string) => string,
) {
  modelOnly(input, 'AlarmNames', 'AlarmNamePrefix', 'AlarmTypes', 'StateValue', 'MaxRecords', 'NextToken');
  const { AlarmNames: names, AlarmNamePrefix: prefix, AlarmTypes: types = ['MetricAlarm'], StateValue: state } = input;
  if (names !== undefined && prefix !== undefined) {
    throw invalid('AlarmNamePrefix and AlarmNames cannot be specified together');
  }
  if (names !== undefined && names.length > 100)
    throw invalid('The collection AlarmNames must not have a size greater than 100');
  const unknown = types.find(type => !['MetricAlarm', 'CompositeAlarm', 'LogAlarm'].includes(type));
  if (unknown !== undefined) throw invalid(`${unknown} is no alarm type`);
  const alarms = [...byName.values()]
    .filter(alarm => types.includes(alarm.settings.rule === undefined ? 'MetricAlarm' : 'CompositeAlarm'))
    .filter(({ settings: { name } }) => names?.includes(name) !== false && name.startsWith(prefix ?? ''))
    .filter(alarm => state === undefined || alarm.state === state)
    .sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
  const page = pageOf(alarms, [names, prefix, types, state], input.NextToken, input.MaxRecords);
  const [metric, composite] = [page.items.filter(isMetric), page.items.filter(alarm => !isMetric(alarm))];
  return {
    MetricAlarms: metric.map(alarm => describeMetric(alarm, arn)),
    CompositeAlarms: composite.map(alarm => describeComposite(alarm, arn)),
    LogAlarms: [],
    NextToken: page.next,
  };
}

function isMetric(alarm: Alarm): boolean {
  return alarm.settings.rule === undefined;
}

function describeCommon(alarm: Alarm, arn: (name: string) => string) {
  return {
    AlarmName: alarm.settings.name,
    AlarmArn: arn(alarm.settings.name),
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: alarm.settings.actionsEnabled ?? true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: alarm.state,
    StateReason: alarm.reason,
    ...(alarm.reasonData === undefined ? {} : { StateReasonData: alarm.reasonData }),
    StateUpdatedTimestamp: new Date(alarm.updatedAt),
    StateTransitionedTimestamp: new Date(alarm.transitionedAt),
  };
}

function describeMetric(alarm: Alarm, arn: (name: string) => string): model.MetricAlarm {
  const { evaluationState, metric } = alarm.settings;
  return {
    ...describeCommon(alarm, arn),
    ...metric,
    ...(evaluationState === undefined ? {} : { EvaluationState: evaluationState }),
  };
}

function describeComposite(alarm: Alarm, arn: (name: string) => string): model.CompositeAlarm {
  return { ...describeCommon(alarm, arn), AlarmRule: alarm.settings.rule };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
export function setAlarmState(input: model.SetAlarmStateCommandInput, alarms: Alarms, now: number): void {
  const { AlarmName = '', StateReason = '' } = input;
  const alarm = alarms.byName.get(AlarmName);
  if (alarm === undefined) throw new ServiceError('ResourceNotFound', `Alarm "${AlarmName}" does not exist`, 404);
  setState(alarms, alarm, readState(input.StateValue), StateReason, now, input.StateReasonData);
}

function readState(value: string | undefined): AlarmState {
  if (value === 'OK' || value === 'ALARM' || value === 'INSUFFICIENT_DATA') return value;
  throw invalid(
    `1 validation error detected: Value '${value}' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]`,
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html : kept for 30 days. */
export function describeAlarmHistory(input: model.DescribeAlarmHistoryCommandInput, { history }: Alarms, now: number) {
  if (input.AlarmContributorId !== undefined) throw new NotModelled('with AlarmContributorId');
  const {
    AlarmName: name,
    AlarmTypes: types = ['MetricAlarm'],
    HistoryItemType: kind,
    ScanBy,
    NextToken,
    MaxRecords,
  } = input;
  const from = Math.max(input.StartDate?.getTime() ?? 0, now - 30 * 86_400_000);
  const to = input.EndDate?.getTime() ?? now;
  const entries = history
    .filter(each => name === undefined || each.alarm === name)
    .filter(each => types.includes(each.composite ? 'CompositeAlarm' : 'MetricAlarm'))
    .filter(each => kind === undefined || each.kind === kind)
    .filter(each => each.at >= from && each.at <= to);
  const ordered = ScanBy === 'TimestampAscending' ? entries : entries.toReversed();
  const page = pageOf(ordered, [name, types, kind, input.StartDate, input.EndDate, ScanBy], NextToken, MaxRecords);
  const items = page.items.map(each => ({
    AlarmName: each.alarm,
    AlarmType: each.composite ? ('CompositeAlarm' as const) : ('MetricAlarm' as const),
    Timestamp: new Date(each.at),
    HistoryItemType: each.kind,
    HistorySummary: each.summary,
    HistoryData: each.data,
  }));
  return { AlarmHistoryItems: items, NextToken: page.next };
}

/** A page has at most 100 alarms or entries. */
function pageOf<T>(items: readonly T[], query: unknown, token: string | undefined, size = 100) {
  if (size < 1 || size > 100) {
    throw invalid(
      `1 validation error detected: Value '${size}' at 'maxRecords' failed to satisfy constraint: Member must have value between 1 and 100`,
    );
  }
  const page = cutPage(items, query, token, size);
  if (page === undefined) throw new ServiceError('InvalidNextToken', 'The next token is not valid.');
  return page;
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
