import type { CloudWatch } from '#aws/cloudwatch';
import { judgeLimit, type MetricFacts } from '#core/watch/judge-limit';
import type { Measure } from '#core/watch/measure';
import { lag, minute, type Series, signalKey } from '#core/watch/signal';
import type { Observer } from './observer.ts';

/** How far back a reading begins before what is already known: numbers of that age may still have changed, in ms. */
const overlap = lag + 2 * minute;

/** Reads the metrics of all measures together, so that a look costs one call for up to 500 of them. */
export function observeLimits(cloudWatch: CloudWatch, measures: readonly Measure[]): Observer {
  const signals = [
    ...new Map(measures.flatMap(each => each.signals).map(signal => [signalKey(signal), signal])).values(),
  ];
  const series = new Map<string, Map<number, number>>(signals.map(signal => [signalKey(signal), new Map()]));
  const status = new Map<string, string>();
  /** Up to here everything was read completely. */
  let completeTo = 0;

  const nothing: Series = new Map();
  const facts: MetricFacts = {
    read: signal => series.get(signalKey(signal)) ?? nothing,
    incomplete: signal => {
      const last = status.get(signalKey(signal)) ?? 'not read';
      return last === 'Complete' ? undefined : `${signal.name}: ${last}`;
    },
  };

  return {
    async look({ now, start, end, final }) {
      const until = Math.min(now, end);
      // The last look reads everything again: late numbers are then all there.
      const from = final ? start : Math.max(start, completeTo - overlap);
      if (until - from < minute) return;
      const readings = await cloudWatch.metricData(signals, from, until);
      for (const [index, signal] of signals.entries()) {
        const reading = readings[index];
        const known = series.get(signalKey(signal));
        for (const [at, value] of reading?.points ?? []) known?.set(at, value);
        status.set(signalKey(signal), reading?.status ?? 'no answer');
      }
      if ([...status.values()].every(last => last === 'Complete')) completeTo = until;
    },
    judge: moment => measures.map(measure => judgeLimit(measure, facts, moment)),
  };
}

/** How far back is looked for a metric that should always be there, in ms. */
const recently = 15 * minute;

/**
 * Measures that should have a value every minute and had none lately: most likely a name is wrong, which CloudWatch answers with
 * nothing. Only a warning: a service can be new.
 */
export async function silentMeasures(
  cloudWatch: CloudWatch,
  measures: readonly Measure[],
  now: number,
): Promise<readonly Measure[]> {
  const always = measures.filter(({ reported }) => reported === 'always');
  if (always.length === 0) return [];
  const signals = always.flatMap(measure => measure.signals.map(signal => ({ measure, signal })));
  const queries = signals.map(({ signal }) => signal);
  const readings = await cloudWatch.metricData(queries, now - recently, now);
  return always.filter(measure =>
    signals.every((each, index) => each.measure !== measure || readings[index]?.points.size === 0),
  );
}
