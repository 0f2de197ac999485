import type { Alarm, CloudWatch } from '#aws/cloudwatch';
import type { Finding } from '#core/finding';
import type { AlarmSelector } from '#core/flow/names';
import { alarmNotFound, unmatched } from '#core/watch/alarm-selectors';
import { type AlarmFact, type AlarmSeen, judgeAlarm, seeAlarms } from '#core/watch/judge-alarms';
import type { Observer } from './observer.ts';

/** Watches alarms by name or prefix. A name or a prefix that no alarm has is found before the watch begins. */
export async function observeAlarms(
  cloudWatch: CloudWatch,
  selectors: readonly AlarmSelector[],
): Promise<{ readonly observer: Observer; readonly missing: readonly Finding[] }> {
  const read = () => readAlarms(cloudWatch, selectors);
  const missing = unmatched(selectors, await read()).map(alarmNotFound);
  let seen: ReadonlyMap<string, AlarmSeen> = new Map();
  const observer: Observer = {
    async look() {
      seen = seeAlarms(seen, await read());
    },
    judge: moment => [...seen.values()].map(alarm => judgeAlarm(alarm, moment)),
  };
  return { observer, missing };
}

/** The alarms that answer to the selectors, each once, as they are now. */
export async function readAlarms(
  cloudWatch: CloudWatch,
  selectors: readonly AlarmSelector[],
): Promise<readonly AlarmFact[]> {
  const names = selectors.flatMap(selector => ('name' in selector ? [selector.name] : []));
  const prefixes = selectors.flatMap(selector => ('prefix' in selector ? [selector.prefix] : []));
  const answers = await Promise.all([
    cloudWatch.alarmsNamed(names),
    ...prefixes.map(prefix => cloudWatch.alarmsWithPrefix(prefix)),
  ]);
  return [...new Map(answers.flat().map(alarm => [alarm.AlarmName, factOf(alarm)])).values()];
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
