import type { CloudWatch } from '#aws/cloudwatch';
import { concurrently } from '#core/concurrently';
import type { AlarmSelector } from '#core/flow/names';
import type { SoakAlarm } from '#core/gate/lookups';
import type { AlarmFact } from '#core/watch/judge-alarms';
import { readAlarms } from '../watch/alarms.ts';

/** DescribeAlarmHistory takes one alarm at a time, and has few calls a second for everybody in the region. */
const atOnce = 5;

/** Alarms as they are now, and until when each has rung since `start` (epoch ms). */
export async function readSoakAlarms(
  cloudWatch: CloudWatch,
  selectors: readonly AlarmSelector[],
  start: number,
): Promise<readonly SoakAlarm[]> {
  const alarms = await readAlarms(cloudWatch, selectors);
  return concurrently(alarms, atOnce, alarm => withHistory(cloudWatch, alarm, start));
}

/** An alarm whose state has not changed since has no history to ask for. */
async function withHistory(cloudWatch: CloudWatch, alarm: AlarmFact, start: number): Promise<SoakAlarm> {
  if (alarm.since !== undefined && alarm.since < start) return alarm;
  const left = (await cloudWatch.alarmTransitions(alarm.name, start)).filter(({ from }) => from === 'ALARM');
  if (left.length === 0) return alarm;
  return { ...alarm, rangUntil: Math.max(...left.map(({ at }) => at)) };
}
