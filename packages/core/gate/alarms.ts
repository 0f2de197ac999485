import type { AlarmsPolicy } from '../flow/gates/alarms-ok.ts';
import type { AlarmSelector } from '../flow/names.ts';
import { componentsOf } from '../plan/plan.ts';
import { few } from '../report/few.ts';
import { minuteAt } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';
import { alarmNotFound, selectorText, unmatched } from '../watch/alarm-selectors.ts';
import type { AlarmFact } from '../watch/judge-alarms.ts';
import type { GateFacts } from './facts.ts';
import type { AlarmsFound } from './lookups.ts';
import { notKnown, rule } from './rule.ts';
import { judgeSeen } from './seen.ts';

interface Asked {
  readonly policy: AlarmsPolicy;
  readonly found: AlarmsFound;
  readonly facts: GateFacts;
}

/** Every alarm that is named is there, and is OK: not ringing, and not without data. */
export function judgeAlarms({ policy, found, facts }: Asked): readonly RuleVerdict[] {
  const { here, earlier } = found;
  const where = [
    { name: 'alarms', seen: here, selectors: policy.here, hint: ecsHint(facts) },
    { name: 'earlier alarms', seen: earlier, selectors: policy.earlier, hint: '' },
  ];
  return where.flatMap(({ name, seen, selectors, hint }) => {
    if (selectors.length === 0) return [];
    if (seen === null) return [rule(name, 'error', 'gate-not-looked-up', 'Nobody looked up the alarms.')];
    return judgeSeen(name, seen, facts, alarms => {
      const trouble = troubleOf(name, selectors, alarms, hint);
      return [trouble ?? rule(name, 'pass', 'alarms-ok', `${countText(alarms)} OK.`, { alarms: namesOf(alarms) })];
    });
  });
}

/** What stands against it that all is well now, if anything does: a name without an alarm, an alarm that rings, or has no data. */
export function troubleOf(
  name: string,
  selectors: readonly AlarmSelector[],
  alarms: readonly AlarmFact[],
  hint = '',
): RuleVerdict | undefined {
  const ringing = alarms.filter(({ state }) => state === 'ALARM');
  if (ringing.length > 0) {
    const message = `${few(ringing.map(ringingText))}.${hint}`;
    const next = `Find out why ${few(namesOf(ringing))} ${ringing.length === 1 ? 'rings' : 'ring'}; start it again once ${ringing.length === 1 ? 'it is' : 'they are'} OK.`;
    return rule(name, 'fail', 'alarm-firing', message, { alarms: namesOf(ringing) }, next);
  }
  const [missing, ...others] = unmatched(selectors, alarms);
  if (missing !== undefined) {
    const finding = alarmNotFound(missing);
    if (others.length === 0) return notKnown(name, finding);
    const all = [missing, ...others].map(selectorText);
    return notKnown(name, { ...finding, message: `There is no alarm ${few(all)}.`, evidence: { alarms: all } });
  }
  const unsure = alarms.filter(({ state, trouble }) => state !== 'OK' || trouble !== undefined);
  if (unsure.length === 0) return undefined;
  const message = `${few(unsure.map(({ name: own, state, trouble = state }) => `${own} is ${trouble}`))}, which is not OK.`;
  const next = 'Where no data means that all is well, set TreatMissingData of the alarm to notBreaching.';
  return rule(name, 'inconclusive', 'no-data', message, { alarms: namesOf(unsure) }, next);
}

function ringingText({ name, reason, since }: AlarmFact): string {
  const from = since === undefined ? '' : ` since ${minuteAt(since)} UTC`;
  return `${name} rings${from} (${reason})`;
}

export function namesOf(alarms: readonly AlarmFact[]): readonly string[] {
  return alarms.map(({ name }) => name);
}

/** `a, b are`, of the alarms that were asked for. */
export function countText(alarms: readonly AlarmFact[]): string {
  return `${few(namesOf(alarms))} ${alarms.length === 1 ? 'is' : 'are'}`;
}

/** Source: ECS developer guide, “How CloudWatch alarms detect Amazon ECS deployment failures”. */
function ecsHint({ plan }: GateFacts): string {
  if (!componentsOf(plan).some(({ target }) => target === 'ecs')) return '';
  return ' Where a deployment alarm of the service rings at the start, ECS ignores all of them for that deployment.';
}
