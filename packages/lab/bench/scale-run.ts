import { join } from 'node:path';
import { deployEnvironment } from './inputs.ts';
import { watchPeak } from './memory.ts';
import { cluster, type Ended, openWorld, place } from './world.ts';

export const services = 500;
/** The first five tasks of the new version crash: something failed, but not everywhere, and every service comes right. */
export const failing = 5;

/** One process that deploys all services. Times are s of lab time since its start. */
export interface ScaleRun {
  readonly peak: number;
  readonly total: number;
  readonly deployments: readonly { readonly createdAt: number; readonly finishedAt: number }[];
  readonly calls: readonly ScaleCall[];
}

export interface ScaleCall {
  readonly name: string;
  readonly at: number;
  readonly throttled: boolean;
  /** The service that it is about, where it is about one. */
  readonly service?: string;
}

export async function runScale(suite: string): Promise<ScaleRun> {
  const world = await openWorld();
  try {
    const names = Array.from({ length: services }, (_, index) => `service-${String(index + 1).padStart(3, '0')}`);
    const good = world.push({ version: '1.0.0' });
    const image = world.push({
      version: '2.0.0',
      startsAfter: 180_000,
      healthyAfter: 120_000,
      crash: { first: failing, after: 3_000, exitCode: 1 },
    });
    for (const name of names) {
      world.addService({ name, family: 'shared', tasks: 1, breaker: 'rollback', healthCheck: true }, good);
    }
    const inputs = deployEnvironment(suite, { cluster, service: names.join('\n'), container: 'api', image });
    let memory = { peak: () => Number.NaN };
    const program = join(suite, 'dist/deploy/index.js');
    const ended = await world.run([program], inputs, child => {
      memory = watchPeak(child.pid);
    });
    if (ended.exitCode !== 0) throw new Error(`${services} services were not deployed:\n${ended.output.slice(-2000)}`);
    const seconds = (time: number) => (time - ended.startedAt) / 1000;
    return {
      peak: memory.peak(),
      total: seconds(ended.endedAt),
      deployments: names.flatMap(service => {
        const deployment = world.aws.ecs.service({ ...place, cluster, service }).deployments[1];
        if (deployment === undefined) return [];
        const { createdAt, finishedAt = Number.NaN } = deployment;
        return { createdAt: seconds(createdAt), finishedAt: seconds(finishedAt) };
      }),
      calls: world.aws.handler.calls.map(({ operation, at, outcome, input }) => ({
        ...{ name: operation, at: seconds(at), throttled: outcome !== 'ok' },
        ...serviceOf(input),
      })),
    };
  } finally {
    await world.close();
  }
}

/** On lab time too, so that what the lab itself takes is in both figures. */
export async function peakOfBareNode(): Promise<number> {
  const world = await openWorld();
  try {
    let memory = { peak: () => Number.NaN };
    // Long enough in wall time to be seen: lab time passes in no time.
    const work = 'const { pbkdf2Sync } = await import("node:crypto"); pbkdf2Sync("a", "b", 400_000, 64, "sha512");';
    const ended: Ended = await world.run(['--input-type=module', '--eval', work], {}, child => {
      memory = watchPeak(child.pid);
    });
    if (ended.exitCode !== 0) throw new Error(ended.output);
    return memory.peak();
  } finally {
    await world.close();
  }
}

function serviceOf(input: unknown): { readonly service?: string } {
  if (typeof input !== 'object' || input === null || !('serviceName' in input)) return {};
  return typeof input.serviceName === 'string' ? { service: input.serviceName } : {};
}
