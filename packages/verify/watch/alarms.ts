import type { Alarm, CloudWatch } from '#aws/cloudwatch';
import type { Finding } from '#core/finding';
import type { AlarmSelector } from '#core/flow/names';
import { type AlarmFact, type AlarmSeen, judgeAlarm, seeAlarms } from '#core/watch/judge-alarms';
import type { Observer } from './observer.ts';

/** Watches alarms by name or prefix. A name or a prefix that no alarm has is found before the watch begins. */
export async function observeAlarms(
  cloudWatch: CloudWatch,
  selectors: readonly AlarmSelector[],
): Promise<{ readonly observer: Observer; readonly missing: readonly Finding[] }> {
  const names = selectors.flatMap(selector => ('name' in selector ? [selector.name] : []));
  const prefixes = selectors.flatMap(selector => ('prefix' in selector ? [selector.prefix] : []));
  const read = async (): Promise<readonly AlarmFact[]> => {
    const answers = await Promise.all([
      cloudWatch.alarmsNamed(names),
      ...prefixes.map(prefix => cloudWatch.alarmsWithPrefix(prefix)),
    ]);
    return answers.flat().map(factOf);
  };

  const found = (await read()).map(fact => fact.name);
  const missing = [
    ...names.filter(name => !found.includes(name)).map(name => notFound('named', name)),
    ...prefixes
      .filter(prefix => !found.some(name => name.startsWith(prefix)))
      .map(prefix => notFound('whose name begins with', prefix)),
  ];
  let seen: ReadonlyMap<string, AlarmSeen> = new Map();
  const observer: Observer = {
    async look() {
      seen = seeAlarms(seen, await read());
    },
    judge: moment => [...seen.values()].map(alarm => judgeAlarm(alarm, moment)),
  };
  return { observer, missing };
}

function factOf(alarm: Alarm): AlarmFact {
  const { AlarmName: name = '', StateReason: reason = 'no reason given' } = alarm;
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    ...{ name, reason, state: alarm.StateValue ?? 'INSUFFICIENT_DATA' },
    ...(since === undefined ? {} : { since: since.getTime() }),
    ...(alarm.EvaluationState === undefined ? {} : { trouble: alarm.EvaluationState }),
  };
}

function notFound(how: string, name: string): Finding {
  const next = 'Correct the name, or check that account and region are those of the alarm.';
  return { reason: 'alarm-not-found', message: `There is no alarm ${how} ${name}.`, evidence: { alarm: name }, next };
}
