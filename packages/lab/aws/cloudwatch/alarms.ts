import type * as model from '@aws-sdk/client-cloudwatch';

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
  /** Told of every change of a state. */
  readonly watchers: Set<(name: string, state: AlarmState) => void>;
}

const noData = 'Unchecked: Initial alarm creation';

export function putAlarm(alarms: Alarms, settings: AlarmSettings, now: number): void {
  const { byName, history } = alarms;
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
  if (old !== undefined && old.state !== state) changed(alarms, settings, old.state, state, now);
}

export function setState(
  alarms: Alarms,
  alarm: Alarm,
  state: AlarmState,
  reason: string,
  now: number,
  reasonData?: string,
): void {
  const { settings } = alarm;
  const times = alarm.state === state ? {} : { updatedAt: now, transitionedAt: now };
  alarms.byName.set(settings.name, { ...alarm, state, reason, reasonData, ...times });
  if (alarm.state !== state) changed(alarms, settings, alarm.state, state, now);
}

function changed(alarms: Alarms, settings: AlarmSettings, from: AlarmState, to: AlarmState, now: number): void {
  alarms.history.push(transition(settings, from, to, now));
  for (const tell of [...alarms.watchers]) tell(settings.name, to);
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
