import { createCloudWatch } from '#aws/cloudwatch';
import type { AlarmsPolicy } from '#core/flow/gates/alarms-ok';
import type { SoakPolicy } from '#core/flow/gates/soak';
import type { AlarmSelector } from '#core/flow/names';
import type { AlarmsFound, Lookups } from '#core/gate/lookups';
import { readSoakAlarms } from '#verify/evidence/soak-alarms';
import { readAlarms } from '#verify/watch/alarms';
import type { PlaceName, Places } from './places.ts';

/** Alarms as they are now, in each environment that the gate names some of. */
export async function lookUpAlarms(
  { places }: { readonly places: () => Promise<Places> },
  policy: AlarmsPolicy,
): Promise<AlarmsFound> {
  const { look } = await places();
  const alarmsOf = (place: PlaceName, selectors: readonly AlarmSelector[]) =>
    selectors.length === 0 ? null : look(place, session => readAlarms(createCloudWatch(session), selectors));
  const [here, earlier] = await Promise.all([alarmsOf('here', policy.here), alarmsOf('earlier', policy.earlier)]);
  return { here, earlier };
}

/** Alarms of the earlier environment, and which of them have rung in the time that is asked for. */
export async function lookUpSoak(
  { places, now }: { readonly places: () => Promise<Places>; readonly now: number },
  policy: SoakPolicy,
): Promise<Lookups['soak']> {
  if (policy.alarms.length === 0) return null;
  const { look } = await places();
  return look('earlier', session => readSoakAlarms(createCloudWatch(session), policy.alarms, now - policy.for));
}
