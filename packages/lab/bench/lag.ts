import { targetNames } from '#core/flow/targets/registry';
import { type Lagged, lagsOf } from './lag-run.ts';
import type { Measurement } from './marks.ts';
import { mean, quantile } from './statistics.ts';
import { table } from './table.ts';

/** The most that a verdict may be late on average, in s of lab time. */
const atMost = 5;

/** `bench lag`: how long after a change is really over the action knows it, on every target. */
export async function benchLag(suite: string): Promise<Measurement> {
  const found: (readonly [target: string, lags: readonly Lagged[]])[] = [];
  for (const target of targetNames) found.push([target, await lagsOf(suite, target)]);
  const head = ['target', 'changes', 'from s', 'to s', 'lag mean s', 'p50', 'p90', 'max', 'calls/min'];
  console.log(table(head, found.map(rowOf)));
  return {
    name: 'lag',
    marks: found.map(([target, lags]) => ({ what: `mean of ${target}`, found: mean(lagsIn(lags)), atMost, unit: 's' })),
    details: Object.fromEntries(found),
  };
}

function rowOf([target, changes]: readonly [string, readonly Lagged[]]): readonly (string | number)[] {
  const lengths = changes.map(({ length }) => length);
  const lags = lagsIn(changes);
  const minutes = lengths.reduce((sum, length) => sum + length, 0) / 60;
  const calls = changes.reduce((sum, one) => sum + one.calls, 0);
  const figures = [mean(lags), quantile(lags, 0.5), quantile(lags, 0.9), Math.max(...lags)];
  const whole = [changes.length, Math.min(...lengths), Math.max(...lengths)].map(Math.round);
  return [target, ...whole, ...figures.map(tenth), tenth(calls / minutes)];
}

function lagsIn(changes: readonly Lagged[]): readonly number[] {
  return changes.map(({ lag }) => lag);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
