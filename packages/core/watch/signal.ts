/** A CloudWatch metric with its statistic, in periods of one minute. */
export interface Signal {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: 'Average' | 'Sum' | 'Minimum' | 'Maximum' | 'SampleCount';
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Values by the start of their minute, epoch ms. A minute that is not there has no value: that is not zero. */
export type Series = ReadonlyMap<number, number>;

export const minute = 60_000;

/** CloudWatch has the numbers of a minute up to three minutes late; until then they may still change. */
export const lag = 3 * minute;

export function signalKey({ namespace, name, statistic, dimensions }: Signal): string {
  const sorted = Object.entries(dimensions).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, statistic, sorted]);
}

/** The minutes that lie wholly between two moments. */
export function wholeMinutes(start: number, end: number): readonly number[] {
  const first = Math.ceil(start / minute) * minute;
  const count = Math.max(0, Math.floor((end - first) / minute));
  return Array.from({ length: count }, (_, index) => first + index * minute);
}

/** Of several signals, over several minutes; a value that is not there adds nothing. */
export function sumOf(
  read: (signal: Signal) => Series,
  signals: readonly Signal[],
  minutes: readonly number[],
): number {
  return signals.flatMap(signal => minutes.map(at => read(signal).get(at) ?? 0)).reduce((sum, value) => sum + value, 0);
}
