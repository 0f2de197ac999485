import type { Limit } from '../flow/limit.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { CheckView, Moment } from './check.ts';
import type { Measure } from './measure.ts';
import { lag, minute, type Series, type Signal, wholeMinutes } from './signal.ts';
import { timeText, valueText } from './value-text.ts';

/** What has been read so far. */
export interface MetricFacts {
  readonly read: (signal: Signal) => Series;
  /** Signals whose last answer was not complete, and why: of these nothing is known. */
  readonly incomplete: (signal: Signal) => string | undefined;
}

/** Of a metric that is always reported, at most a fifth of the minutes may lack. */
const neededShare = 0.8;

interface Window {
  /** Start of its first minute, and of its last. */
  readonly from: number;
  readonly at: number;
  readonly value: number;
}

/** Holds the data of one limit against it. Nothing is taken for a pass that no data stands for. */
export function judgeLimit(measure: Measure, facts: MetricFacts, moment: Moment): CheckView {
  const { limit } = measure;
  const all = wholeMinutes(moment.start, moment.end);
  const known = all.filter(at => measure.grows || at + minute <= moment.now - lag || moment.final);
  const windows = windowsOf(measure, facts, known);
  const worst = worstOf(windows, limit);
  const samples = known.filter(at => measure.value(facts.read, [at]) !== undefined).length;
  const view = (rule: RuleVerdict): CheckView => ({
    ...{ rule, limit: limit.text, samples },
    worst: worst === undefined ? 'no data' : `${valueText(worst.value, limit.threshold.unit)} at ${timeText(worst.at)}`,
  });
  const name = `${limit.text} (${measure.subject})`;
  const evidence = {
    samples,
    minutes: known.length,
    ...(worst === undefined ? {} : { worst: worst.value, at: new Date(worst.at).toISOString() }),
  };

  const breach = breachOf(windows, measure);
  if (breach !== undefined) {
    const message = `${name}: ${breachText(breach, measure)}.`;
    const evidenceOfBreach = { ...evidence, value: breach.value, at: new Date(breach.at).toISOString() };
    return view({ rule: name, verdict: 'fail', reason: 'limit-breached', message, evidence: evidenceOfBreach });
  }
  if (!moment.final) {
    return view({
      rule: name,
      verdict: 'wait',
      reason: 'watch-goes-on',
      message: `${name}: no breach so far.`,
      evidence,
    });
  }
  const unread = measure.signals.flatMap(signal => facts.incomplete(signal) ?? []);
  if (unread.length > 0) {
    const message = `${name}: CloudWatch did not give all data: ${[...new Set(unread)].join(', ')}.`;
    return view({ rule: name, verdict: 'error', reason: 'api-unavailable', message, evidence });
  }
  if (isTooLittle(measure, samples, all.length, windows)) {
    const message = `${name}: data for ${samples} of ${all.length} minutes, too little to say anything.`;
    const next = `Check that ${measure.subject} is the right name: CloudWatch answers a wrong one with nothing.`;
    return view({ rule: name, verdict: 'inconclusive', reason: 'no-data', message, evidence, next });
  }
  const message = `${name}: never beyond the limit in ${samples} minutes with data.`;
  return view({ rule: name, verdict: 'pass', reason: 'watch-passed', message, evidence });
}

/** Windows that may be judged; an incomplete one only where more data cannot make it better. */
function windowsOf(measure: Measure, { read }: MetricFacts, minutes: readonly number[]): readonly Window[] {
  const length = measure.window / minute;
  return minutes.flatMap((at, index) => {
    const covered = minutes.slice(Math.max(0, index + 1 - length), index + 1);
    if (covered.length < length && !measure.grows) return [];
    const value = measure.value(read, covered);
    return value === undefined ? [] : [{ from: covered[0] ?? at, at, value }];
  });
}

function isBeyond(value: number, { comparison, threshold }: Limit): boolean {
  switch (comparison) {
    case '>':
      return value > threshold.value;
    case '>=':
      return value >= threshold.value;
    case '<':
      return value < threshold.value;
    case '<=':
      return value <= threshold.value;
  }
}

/** The first window that completes a breach: so many in a row, without a gap. */
function breachOf(windows: readonly Window[], { limit, inARow }: Measure): Window | undefined {
  let streak: readonly Window[] = [];
  for (const window of windows) {
    const follows = streak.length === 0 || streak.at(-1)?.at === window.at - minute;
    streak = isBeyond(window.value, limit) ? [...(follows ? streak : []), window] : [];
    if (streak.length >= inARow) return window;
  }
  return undefined;
}

function worstOf(windows: readonly Window[], { comparison }: Limit): Window | undefined {
  const sign = comparison.startsWith('>') ? 1 : -1;
  return windows.reduce<Window | undefined>(
    (worst, next) => (worst === undefined || sign * (next.value - worst.value) > 0 ? next : worst),
    undefined,
  );
}

function isTooLittle(measure: Measure, samples: number, minutes: number, windows: readonly Window[]): boolean {
  if (samples === 0 || windows.length === 0) return true;
  return measure.reported === 'always' && samples < minutes * neededShare;
}

function breachText({ from, at, value }: Window, { limit, inARow }: Measure): string {
  const shown = valueText(value, limit.threshold.unit);
  if (from !== at) return `${shown} between ${timeText(from)} and ${timeText(at + minute)}`;
  return `${shown} at ${timeText(at)}${inARow > 1 ? `, ${inARow} minutes in a row` : ''}`;
}
