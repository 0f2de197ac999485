import type * as model from '@aws-sdk/client-cloudwatch';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { ServiceError } from '../../wire/service.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What a scenario says about an alarm. */
export interface AlarmSettings {
  readonly name: string;
  /** A composite alarm is one with a rule: `ALARM("a") OR ALARM("b")`. It does not evaluate it: its state is set. */
  readonly rule?: string;
  readonly state?: AlarmState;
  readonly reason?: string;
  readonly actionsEnabled?: boolean;
  /** Of metric alarms only; absent: the evaluation works. */
  readonly evaluationState?: 'PARTIAL_DATA' | 'EVALUATION_ERROR' | 'EVALUATION_FAILURE';
  /** Metric, threshold and so on, as DescribeAlarms shows them. */
  readonly metric?: Pick<
    model.MetricAlarm,
    | 'Namespace'
    | 'MetricName'
    | 'Dimensions'
    | 'Statistic'
    | 'Period'
    | 'EvaluationPeriods'
    | 'DatapointsToAlarm'
    | 'Threshold'
    | 'ComparisonOperator'
    | 'TreatMissingData'
    | 'Unit'
  >;
}

export interface Alarm {
  readonly settings: AlarmSettings;
  readonly configuredAt: number;
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData: string | undefined;
  /** Last change of the state or of the evaluation state. */
  readonly updatedAt: number;
  /** Last change of the state. */
  readonly transitionedAt: number;
}

export interface HistoryEntry {
  readonly alarm: string;
  readonly composite: boolean;
  readonly at: number;
  readonly kind: 'ConfigurationUpdate' | 'StateUpdate';
  readonly summary: string;
  readonly data: string;
}

export interface Alarms {
  readonly byName: Map<string, Alarm>;
  readonly history: HistoryEntry[];
}

export const noData = 'Unchecked: Initial alarm creation';

export function putAlarm({ byName, history }: Alarms, settings: AlarmSettings, now: number): void {
  const old = byName.get(settings.name);
  const state = settings.state ?? old?.state ?? 'INSUFFICIENT_DATA';
  const evaluationChanged = old?.settings.evaluationState !== settings.evaluationState;
  byName.set(settings.name, {
    settings,
    configuredAt: now,
    state,
    reason: settings.reason ?? old?.reason ?? noData,
    reasonData: undefined,
    updatedAt: old === undefined || old.state !== state || evaluationChanged ? now : old.updatedAt,
    transitionedAt: old === undefined || old.state !== state ? now : old.transitionedAt,
  });
  const what = old === undefined ? 'created' : 'updated';
  history.push(entry(settings, now, 'ConfigurationUpdate', `Alarm "${settings.name}" ${what}`, { type: what }));
  if (old !== undefined && old.state !== state) history.push(transition(settings, old.state, state, now));
}

export function setState(
  { byName, history }: Alarms,
  alarm: Alarm,
  state: AlarmState,
  reason: string,
  now: number,
  reasonData?: string,
): void {
  const changed = alarm.state !== state;
  byName.set(alarm.settings.name, {
    ...alarm,
    state,
    reason,
    reasonData,
    ...(changed ? { updatedAt: now, transitionedAt: now } : {}),
  });
  if (changed) history.push(transition(alarm.settings, alarm.state, state, now));
}

function transition(settings: AlarmSettings, from: AlarmState, to: AlarmState, now: number): HistoryEntry {
  const data = { version: '1.0', oldState: { stateValue: from }, newState: { stateValue: to } };
  return entry(settings, now, 'StateUpdate', `Alarm updated from ${from} to ${to}`, data);
}

function entry(
  { name, rule }: AlarmSettings,
  at: number,
  kind: HistoryEntry['kind'],
  summary: string,
  data: object,
): HistoryEntry {
  return { alarm: name, composite: rule !== undefined, at, kind, summary, data: JSON.stringify(data) };
}

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
