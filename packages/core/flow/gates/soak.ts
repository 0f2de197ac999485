import * as z from 'zod/mini';
import { formatDuration, parseDuration } from '../../duration.ts';
import { asList, documented, duration, oneOrMany, parsed } from '../fields.ts';
import { type AlarmSelector, readAlarm } from '../names.ts';
import type { Mistake } from '../problem.ts';
import { isRecord, type RawRecord } from '../raw.ts';

/** How long the earlier environment has to have run this very release, and been well. */
export interface SoakPolicy {
  /** Milliseconds. */
  readonly for: number;
  /** Alarms of the earlier environment; none: those that its `watch` names, once the plan is made. */
  readonly alarms: readonly AlarmSelector[];
}

export const soakMapping = documented(
  z.strictObject({
    for: duration('How long, without a break.', { examples: ['24h'] }),
    alarms: z.optional(
      oneOrMany(
        parsed(readAlarm, 'The name of a CloudWatch alarm, or the beginning of several with a * at the end.'),
        'Alarms of the earlier environment: one that goes off starts the time anew. Those of its `watch` unless said.',
        { examples: ['unifocus-stage-*'] },
      ),
    ),
  }),
  'How long, and by which alarms.',
);

export const soak = documented(
  z.union([duration('How long, without a break.'), soakMapping]),
  'How long the environment of `after` has to have run this very release, and been well, before it goes on to this one.',
  { examples: ['24h', { for: '24h', alarms: 'unifocus-stage-*' }] },
);

export function readSoak(given: z.output<typeof soak>): SoakPolicy {
  return typeof given === 'number' ? { for: given, alarms: [] } : { for: given.for, alarms: asList(given.alarms) };
}

/**
 * CloudWatch forgets what an alarm did before. Source: API DescribeAlarmHistory, “the alarm history is available for 30 days”.
 */
const remembered = 30 * 86_400_000;

export function checkSoak(name: string, { soak: given, after }: RawRecord): readonly Mistake[] {
  if (given === undefined) return [];
  const path = ['environments', name, 'soak'];
  const written = isRecord(given) ? given.for : given;
  const time = typeof written === 'string' ? parseDuration(written) : undefined;
  const where = isRecord(given) ? [...path, 'for'] : path;
  return [
    ...(after === undefined
      ? [
          {
            path,
            message: 'there is no earlier environment to soak in',
            hint: 'name it with `after`',
            at: 'key' as const,
          },
        ]
      : []),
    ...(time?.ok && time.milliseconds > remembered
      ? [
          {
            path: where,
            message: `is longer than the ${formatDuration(remembered)} for which CloudWatch remembers alarms`,
          },
        ]
      : []),
  ];
}
