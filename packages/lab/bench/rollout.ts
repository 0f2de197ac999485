import { join } from 'node:path';
import { deployEnvironment } from './inputs.ts';
import type { Measurement } from './marks.ts';
import { type RolloutCase, rolloutCases } from './rollout-cases.ts';
import { mean, quantile } from './statistics.ts';
import { table } from './table.ts';
import { cluster, openWorld, place } from './world.ts';

type Side = 'ours' | 'sdk';

interface Observed {
  readonly case: string;
  readonly ends: RolloutCase['ends'];
  /** Of the service deployment itself, in s; absent when it never ends. */
  readonly length?: number;
  /** From the update to the verdict, in s. */
  readonly verdictAfter: number;
  /** From the end of the service deployment to the verdict, in s; a verdict before it counts as none. */
  readonly lag?: number;
  readonly green: boolean;
  readonly right: boolean;
  /** Calls while the rollout was under way: what is asked after its end, or after giving it up, explains it. */
  readonly waitingCalls: number;
  readonly waitedMinutes: number;
  readonly worstMinute: number;
}

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

async function observe(suite: string, entry: RolloutCase, side: Side): Promise<Observed> {
  const world = await openWorld();
  try {
    const { tasks, breaker, healthCheck } = entry;
    const good = world.push({ version: '1.0.0', startsAfter: 20_000 });
    const image = world.push(entry.behaviour);
    world.addService({ name: 'api', family: 'api', tasks, breaker, healthCheck }, good);
    const ended =
      side === 'ours'
        ? await world.run(
            [join(suite, 'dist/deploy/index.js')],
            deployEnvironment(suite, { cluster, service: 'api', container: 'api', image }),
          )
        : await world.run([join(import.meta.dirname, 'sdk-waiter.ts')], {
            CLUSTER: cluster,
            SERVICE: 'api',
            IMAGE: image,
          });
    const deployment = world.aws.ecs.service({ ...place, cluster, service: 'api' }).deployments[1];
    if (deployment === undefined) throw new Error(`${entry.name}: ${side} started nothing:\n${ended.output}`);
    const finishedAt = deployment.finishedAt ?? deployment.stoppedAt;
    const lookedCloser = world.aws.handler.calls.find(call => call.operation === 'ListTasks')?.at;
    const waitedUntil = Math.min(lookedCloser ?? Number.POSITIVE_INFINITY, finishedAt ?? ended.endedAt, ended.endedAt);
    const underWay = world.aws.handler.calls.filter(({ at }) => at > deployment.createdAt && at < waitedUntil);
    const green = ended.exitCode === 0;
    const verdictAfter = (ended.endedAt - deployment.createdAt) / 1000;
    const common = {
      case: entry.name,
      ends: entry.ends,
      verdictAfter,
      green,
      right: green === (entry.ends === 'well'),
      waitingCalls: underWay.length,
      waitedMinutes: (waitedUntil - deployment.createdAt) / 60_000,
      worstMinute: Math.max(
        ...underWay.map(({ at }) => underWay.filter(one => one.at >= at && one.at < at + 60_000).length),
      ),
    };
    if (entry.ends === 'never' || finishedAt === undefined) return common;
    const lag = Math.max(0, ended.endedAt - finishedAt) / 1000;
    return { ...common, length: (finishedAt - deployment.createdAt) / 1000, lag };
  } finally {
    await world.close();
  }
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
