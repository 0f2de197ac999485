import { BYTE_UNITS, bytesPer } from '../bytes.ts';
import { parseDuration } from '../duration.ts';
import type { Reading } from './fields.ts';
import {
  isMetricName,
  type MetricDefinition,
  type MetricName,
  metricNames,
  metrics,
  type ThresholdUnit,
} from './metrics.ts';
import { didYouMean } from './nearest.ts';

/** A limit as the runbook prints it, `alb-5xx > 10 per 5m`: when it holds, the release has failed. */
export interface Limit {
  readonly text: string;
  readonly metric: MetricName;
  readonly comparison: Comparison;
  readonly threshold: { readonly value: number; readonly unit: ThresholdUnit };
  /** Milliseconds in which a count is taken. */
  readonly window?: number;
}

export type Comparison = '>' | '>=' | '<' | '<=';

const FORM = 'limits read like `ecs-cpu > 80%` or `alb-5xx > 10 per 5m`';

interface Word {
  readonly text: string;
  readonly offset: number;
}

/** limit = metric comparison threshold [ "per" duration ], separated by spaces; those round the comparison may be left out. */
export function parseLimit(text: string): Reading<Limit> {
  const words = wordsOf(text);
  const [name, sign, amount, per, time, extra] = words;
  if (name === undefined) return { ok: false, message: 'the limit is empty', hint: FORM };
  if (!isMetricName(name.text)) {
    const hint = didYouMean(name.text, metricNames);
    return { ok: false, message: `\`${name.text}\` is not a metric`, offset: name.offset, hint };
  }
  const metric = metrics[name.text];
  const comparison = readComparison(sign, metric, text.length);
  if (!comparison.ok) return comparison;
  const threshold = readThreshold(amount, metric, text.length);
  if (!threshold.ok) return threshold;
  const limit: Limit = { text, metric: name.text, comparison: comparison.value, threshold: threshold.value };

  if (per === undefined) {
    if (metric.window === 'none' || threshold.value.unit !== 'count') return { ok: true, value: limit };
    return {
      ok: false,
      message: 'does not say in which time',
      offset: text.length,
      hint: `as in \`${metric.example}\``,
    };
  }
  if (per.text !== 'per')
    return { ok: false, message: `\`${per.text}\` is not expected here`, offset: per.offset, hint: FORM };
  if (metric.window === 'none') {
    return {
      ok: false,
      message: `\`${name.text}\` is not counted per time`,
      offset: per.offset,
      hint: `as in \`${metric.example}\``,
    };
  }
  if (extra !== undefined)
    return { ok: false, message: `\`${extra.text}\` is not expected here`, offset: extra.offset, hint: FORM };
  if (time === undefined)
    return { ok: false, message: 'the time after `per` is missing', offset: text.length, hint: FORM };
  const window = parseDuration(time.text);
  if (!window.ok) return { ...window, offset: time.offset + window.offset };
  if (window.milliseconds < 60_000 || window.milliseconds % 60_000 !== 0) {
    return { ok: false, message: 'metrics are counted in whole minutes', offset: time.offset, hint: 'as in `per 5m`' };
  }
  return { ok: true, value: { ...limit, window: window.milliseconds } };
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[<>=!]+|[^\s<>=!]+/g)].map(match => ({ text: match[0], offset: match.index }));
}

function readComparison(word: Word | undefined, metric: MetricDefinition, end: number): Reading<Comparison> {
  if (word === undefined) return { ok: false, message: 'the comparison is missing', offset: end, hint: FORM };
  const comparison = (['>', '>=', '<', '<='] as const).find(sign => sign === word.text);
  if (comparison === undefined) {
    const message = `\`${word.text}\` is not a comparison`;
    return { ok: false, message, offset: word.offset, hint: 'these are: > >= < <=' };
  }
  const side = comparison.startsWith('>') ? 'above' : 'below';
  if (side === metric.trouble) return { ok: true, value: comparison };
  const message = `\`${comparison}\` would fail while all is well: this metric is bad when it is ${metric.trouble} the limit`;
  return { ok: false, message, offset: word.offset, hint: `as in \`${metric.example}\`` };
}

function readThreshold(word: Word | undefined, metric: MetricDefinition, end: number): Reading<Limit['threshold']> {
  if (word === undefined) return { ok: false, message: 'the number is missing', offset: end, hint: FORM };
  const parts = /^(\d+(?:\.\d+)?)(.*)$/.exec(word.text);
  if (parts === null)
    return { ok: false, message: `\`${word.text}\` is not a number`, offset: word.offset, hint: FORM };
  const [, digits = '', written = ''] = parts;
  const offset = word.offset + digits.length;
  const threshold = thresholdOf(Number(digits), written);
  if (threshold === undefined) {
    const hint = `the units are %, ms, s, m, ${BYTE_UNITS.join(', ')}`;
    return { ok: false, message: `\`${written}\` is not a unit`, offset, hint };
  }
  if (!metric.units.includes(threshold.unit)) {
    const message = written === '' ? 'the number has no unit' : `\`${written}\` is not a unit of this metric`;
    return { ok: false, message, offset, hint: `as in \`${metric.example}\`` };
  }
  if (threshold.unit === 'count' && !Number.isInteger(threshold.value)) {
    return { ok: false, message: 'a count is a whole number', offset: word.offset };
  }
  return { ok: true, value: threshold };
}

function thresholdOf(value: number, unit: string): Limit['threshold'] | undefined {
  if (unit === '') return { value, unit: 'count' };
  if (unit === '%') return { value, unit: 'percent' };
  const bytes = bytesPer(unit);
  if (bytes !== undefined) return { value: value * bytes, unit: 'bytes' };
  // One unit only: `1.5s` is fine for a response time, `1m30s` is not what one compares with.
  const time = /^[a-z]+$/.test(unit) ? parseDuration(`1${unit}`) : undefined;
  return time?.ok ? { value: value * time.milliseconds, unit: 'milliseconds' } : undefined;
}
