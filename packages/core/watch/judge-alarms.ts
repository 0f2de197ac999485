import type { RuleVerdict } from '../verdict.ts';
import type { CheckView, Moment } from './check.ts';

/** An alarm as CloudWatch describes it. */
export interface AlarmFact {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** Why it is in this state, in CloudWatch's words. */
  readonly reason: string;
  /** When it came into this state, epoch ms. */
  readonly since?: number;
  /** Set when CloudWatch cannot evaluate the alarm fully: `PARTIAL_DATA`, `EVALUATION_ERROR`, `EVALUATION_FAILURE`. */
  readonly trouble?: string;
}

/** What was seen of one alarm since the watch began. */
export interface AlarmSeen {
  readonly name: string;
  /** Undefined when it is no longer there. */
  readonly latest: AlarmFact | undefined;
  /** The first time that it was seen in ALARM. */
  readonly fired?: AlarmFact;
  readonly looks: number;
  /** Whether it ever said that all is well. */
  readonly wasOk: boolean;
}

/** Adds one look at all alarms; alarms that appear meanwhile (by their prefix) are watched from then on. */
export function seeAlarms(
  seen: ReadonlyMap<string, AlarmSeen>,
  facts: readonly AlarmFact[],
): ReadonlyMap<string, AlarmSeen> {
  const latest = new Map(facts.map(fact => [fact.name, fact]));
  const names = new Set([...seen.keys(), ...latest.keys()]);
  return new Map([...names].map(name => [name, seeAlarm(name, seen.get(name), latest.get(name))]));
}

function seeAlarm(name: string, before: AlarmSeen | undefined, latest: AlarmFact | undefined): AlarmSeen {
  const fired = before?.fired ?? (latest?.state === 'ALARM' ? latest : undefined);
  return {
    name,
    latest,
    looks: (before?.looks ?? 0) + 1,
    wasOk: before?.wasOk === true || latest?.state === 'OK',
    ...(fired === undefined ? {} : { fired }),
  };
}

/** One alarm firing is enough, also when it is quiet again; an alarm that never had data says nothing. */
export function judgeAlarm(seen: AlarmSeen, moment: Moment): CheckView {
  const { name, latest, fired, looks } = seen;
  const rule = `alarm ${name}`;
  const view = (decided: Omit<RuleVerdict, 'rule'>): CheckView => ({
    ...{ rule: { rule, ...decided }, limit: 'never in ALARM', samples: looks },
    worst: fired === undefined ? (latest?.state ?? 'gone') : 'ALARM',
  });
  const evidence = { alarm: name, state: latest?.state ?? 'gone', looks };

  if (fired !== undefined) {
    const already = fired.since !== undefined && fired.since < moment.start;
    const when = already ? 'was already firing when the watch began' : 'went off';
    const since = fired.since === undefined ? {} : { since: new Date(fired.since).toISOString() };
    const message = `The alarm ${name} ${when}: ${fired.reason}`;
    const next = already
      ? 'Let the alarm become quiet before releasing: while it fires, it can show nothing new.'
      : undefined;
    const firing = { ...evidence, ...since, already };
    return view({
      ...{ verdict: 'fail', reason: 'alarm-firing', message, evidence: firing },
      ...(next === undefined ? {} : { next }),
    });
  }
  if (latest === undefined) {
    const message = `The alarm ${name} was deleted during the watch.`;
    return view({ verdict: 'error', reason: 'alarm-not-found', message, evidence });
  }
  if (!moment.final) {
    return view({ verdict: 'wait', reason: 'watch-goes-on', message: `The alarm ${name} is quiet so far.`, evidence });
  }
  if (latest.trouble !== undefined) {
    const message = `CloudWatch cannot evaluate the alarm ${name}: ${latest.trouble}.`;
    return view({ verdict: 'inconclusive', reason: 'no-data', message, evidence });
  }
  if (!seen.wasOk) {
    const message = `The alarm ${name} had no data all the time: ${latest.reason}`;
    const next = 'Where no data means that all is well, set TreatMissingData of the alarm to notBreaching.';
    return view({ verdict: 'inconclusive', reason: 'no-data', message, evidence, next });
  }
  return view({ verdict: 'pass', reason: 'watch-passed', message: `The alarm ${name} never went off.`, evidence });
}
