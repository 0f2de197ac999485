import { join } from 'node:path';
import { deployEnvironment } from './inputs.ts';
import type { RolloutCase } from './rollout-cases.ts';
import { cluster, openWorld, place } from './world.ts';

export type Side = 'ours' | 'sdk';

export interface Observed {
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

/** Plays one rollout in a world of its own, followed by one side. */
export async function observe(suite: string, entry: RolloutCase, side: Side): Promise<Observed> {
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
