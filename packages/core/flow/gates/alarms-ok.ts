import * as z from 'zod/mini';
import { asList, documented, oneOrMany, parsed } from '../fields.ts';
import { type AlarmSelector, readAlarm } from '../names.ts';
import type { Mistake } from '../problem.ts';
import { isRecord, type RawRecord } from '../raw.ts';

/** Alarms that have to be quiet; at least one of the two lists has some. */
export interface AlarmsPolicy {
  /** In the environment itself. */
  readonly here: readonly AlarmSelector[];
  /** In the environment of `after`. */
  readonly earlier: readonly AlarmSelector[];
}

const alarm = parsed(readAlarm, 'The name of a CloudWatch alarm, or the beginning of several with a * at the end.', {
  examples: ['unifocus-prod-*'],
});

export const alarmsMapping = documented(
  z.strictObject({
    here: z.optional(oneOrMany(alarm, 'Alarms of this environment.', { examples: ['unifocus-prod-*'] })),
    earlier: z.optional(oneOrMany(alarm, 'Alarms of the environment of `after`.', { examples: ['unifocus-stage-*'] })),
  }),
  'Alarms by the environment that they are in.',
);

export const alarmsOk = documented(
  z.union([alarm, z.array(alarm).check(z.minLength(1)), alarmsMapping]),
  'CloudWatch alarms that have to be OK right before the change: those of this environment, or of each that is said.',
  { examples: ['unifocus-prod-*', { here: 'unifocus-prod-*', earlier: 'unifocus-stage-*' }] },
);

export function readAlarms(given: z.output<typeof alarmsOk>): AlarmsPolicy {
  if (Array.isArray(given)) return { here: given, earlier: [] };
  if ('name' in given || 'prefix' in given) return { here: [given], earlier: [] };
  return { here: asList(given.here), earlier: asList(given.earlier) };
}

export function checkAlarms(name: string, { 'alarms-ok': given, after }: RawRecord): readonly Mistake[] {
  if (!isRecord(given)) return [];
  const path = ['environments', name, 'alarms-ok'];
  if (Object.keys(given).length === 0) {
    return [{ path, message: 'names no alarm', hint: 'give `here` or `earlier`', at: 'key' }];
  }
  if (given.earlier === undefined || after !== undefined) return [];
  const message = 'there is no earlier environment';
  return [{ path: [...path, 'earlier'], message, hint: 'name it with `after`', at: 'key' }];
}
