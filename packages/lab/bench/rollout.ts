import type { Measurement } from './marks.ts';
import { rolloutCases } from './rollout-cases.ts';
import { type Observed, observe, type Side } from './rollout-run.ts';
import { mean, quantile } from './statistics.ts';
import { table } from './table.ts';

/** `bench rollout`: how long after the end of a rollout each side says so, and what it asks ECS meanwhile. */
export async function benchRollout(suite: string): Promise<Measurement> {
  const observed: Record<Side, Observed[]> = { ours: [], sdk: [] };
  for (const entry of rolloutCases()) {
    for (const side of ['ours', 'sdk'] as const) observed[side].push(await observe(suite, entry, side));
  }
  const { ours, sdk } = observed;
  const lagOf = (side: readonly Observed[]) => mean(side.flatMap(({ lag }) => lag ?? []));
  const crash = (side: readonly Observed[]) =>
    mean(side.filter(({ ends }) => ends === 'never').map(({ verdictAfter }) => verdictAfter));
  console.log(distributions(observed));
  return {
    name: 'rollout',
    marks: [
      { what: 'mean lag, ours by the SDK’s', found: lagOf(ours) / lagOf(sdk), atMost: 1 / 20, unit: '' },
      {
        what: 'calls a minute while waiting',
        found: callsAMinute(ours),
        atMost: 6,
        unit: '/min',
      },
      { what: 'crash loop reported, ours by the SDK’s', found: crash(ours) / crash(sdk), atMost: 1 / 10, unit: '' },
      { what: 'wrong verdicts of ours', found: ours.filter(one => !one.right).length, atMost: 0, unit: '' },
    ],
    details: {
      meanLag: { ours: lagOf(ours), sdk: lagOf(sdk) },
      crashLoop: { ours: crash(ours), sdk: crash(sdk) },
      ...observed,
    },
  };
}

function callsAMinute(side: readonly Observed[]): number {
  const calls = side.reduce((sum, one) => sum + one.waitingCalls, 0);
  return calls / side.reduce((sum, one) => sum + one.waitedMinutes, 0);
}

function distributions(observed: Readonly<Record<Side, readonly Observed[]>>): string {
  const rows = (['ours', 'sdk'] as const).map(side => {
    const lags = observed[side].flatMap(({ lag }) => lag ?? []);
    const crashes = observed[side].filter(({ ends }) => ends === 'never').map(one => one.verdictAfter);
    const wrong = observed[side].filter(one => !one.right).length;
    const figures = [mean(lags), quantile(lags, 0.1), quantile(lags, 0.5), quantile(lags, 0.9), Math.max(...lags)];
    const calls = callsAMinute(observed[side]).toFixed(2);
    const worst = Math.max(...observed[side].map(one => one.worstMinute));
    return [side, ...figures.map(Math.round), Math.round(mean(crashes)), Number(calls), worst, wrong];
  });
  const head = [
    '',
    'lag mean s',
    'p10',
    'p50',
    'p90',
    'max',
    'crash loop s',
    'calls/min',
    'worst minute',
    'wrong verdicts',
  ];
  return table(head, rows);
}
