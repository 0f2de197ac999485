export type Dimensions = Readonly<Record<string, string>>;

/** One sample, or several at the same time. */
export type Samples = number | readonly number[];

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  /** All of them: with one missing or wrong it is another metric, and empty. */
  readonly dimensions?: Dimensions;
}

/** A metric as the scenario makes it: recorded points, a function of lab time, or both. */
export interface Series extends MetricName {
  readonly unit?: string;
  /** How late each sample can be read, ms. Default one minute. */
  readonly delay?: number;
  /** Recorded samples by time, epoch ms. */
  readonly points?: ReadonlyMap<number, Samples>;
  /** The samples at a time; undefined: none. Asked at every full minute (or `every` ms) of lab time. */
  readonly at?: (time: number) => Samples | undefined;
  readonly every?: number;
}

export interface Sample {
  readonly time: number;
  readonly value: number;
}

const minute = 60_000;

export function seriesKey({ namespace, name, dimensions = {} }: MetricName): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** The samples from `start` up to but without `end` that have arrived by `now`. */
export function samplesOf(series: Series, start: number, end: number, now: number): Sample[] {
  const { delay = minute, every = minute, at, points } = series;
  const known = Math.min(end, now - delay + 1);
  const samples: Sample[] = [];
  const add = (time: number, held: Samples | undefined) => {
    for (const value of typeof held === 'number' ? [held] : (held ?? [])) samples.push({ time, value });
  };
  for (const [time, held] of points ?? []) if (time >= start && time < known) add(time, held);
  if (at !== undefined) {
    for (let time = Math.ceil(start / every) * every; time < known; time += every) add(time, at(time));
  }
  return samples;
}

/**
 * The statistic over the samples of a period (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html);
 * undefined when it is not one of those modelled.
 */
export function statistic(name: string, values: readonly number[]): number | undefined {
  const total = values.reduce((sum, value) => sum + value, 0);
  switch (name) {
    case 'Sum':
      return total;
    case 'Average':
      return total / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
    case 'SampleCount':
      return values.length;
    default:
      return percentile(name, values);
  }
}

function percentile(name: string, values: readonly number[]): number | undefined {
  const rank = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name)?.[1];
  if (rank === undefined) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((Number(rank) / 100) * sorted.length) - 1)];
}
