import { join } from 'node:path';
import { deployEnvironment } from './inputs.ts';
import type { Measurement } from './marks.ts';
import { watchPeak } from './memory.ts';
import { table } from './table.ts';
import { cluster, openWorld, place, type World } from './world.ts';

const services = 500;
/** Between two looks at a rollout, in s, as the product has it. */
const beat = 12;
/** UpdateService: burst 50, then 5 a second, if nobody else took a token. */
const fastestStart = (services - 50) / 5;
/** The first five tasks of the new version crash: something failed, but not everywhere, and every service comes right. */
const failing = 5;

/** `bench scale`: five hundred services of one list in one process, inside the throttling buckets of one region. */
export async function benchScale(suite: string): Promise<Measurement> {
  const bare = await peakOfBareNode();
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
    const given = { cluster, service: names.join('\n'), container: 'api', image };
    let memory = { peak: () => Number.NaN };
    const ended = await world.run([join(suite, 'dist/deploy/index.js')], deployEnvironment(suite, given), child => {
      memory = watchPeak(child.pid);
    });
    const peak = memory.peak();
    if (ended.exitCode !== 0) throw new Error(`500 services were not deployed:\n${ended.output.slice(-2000)}`);
    const seconds = (time: number) => (time - ended.startedAt) / 1000;
    const deployments = names.flatMap(
      service => world.aws.ecs.service({ ...place, cluster, service }).deployments[1] ?? [],
    );
    const updates = seconds(Math.max(...deployments.map(deployment => deployment.createdAt)));
    const finished = seconds(Math.max(...deployments.map(deployment => deployment.finishedAt ?? Number.NaN)));
    const total = seconds(ended.endedAt);
    const firstEnd = seconds(Math.min(...deployments.map(deployment => deployment.finishedAt ?? Number.NaN)));
    // From when all are started until the first one ends, all of them are waited for.
    const polls = (firstEnd - updates) / beat;
    const describes = callsBetween(world, ended.startedAt + updates * 1000, ended.startedAt + firstEnd * 1000);
    const calls = countCalls(world);
    console.log(
      table(
        ['call', 'times', 'throttled'],
        calls.map(({ name, times, throttled }) => [name, times, throttled]),
      ),
    );
    console.log(`started within ${updates} s, the last deployment ended after ${finished} s, verdict after ${total} s`);
    return {
      name: 'scale',
      marks: [
        { what: 'describes a poll of all 500', found: describes / polls, atMost: services / 10, unit: '' },
        {
          what: 'ListTasks calls for each failed service',
          found: timesOf(calls, 'ListTasks') / failing,
          atMost: 3,
          unit: '',
        },
        { what: 'start, by the fastest that the buckets allow', found: updates / fastestStart, atMost: 1.3, unit: '' },
        { what: 'throttled calls', found: calls.reduce((sum, call) => sum + call.throttled, 0), atMost: 0, unit: '' },
        { what: 'peak memory over bare Node', found: (peak - bare) / 1e6, atMost: 150, unit: 'MB' },
        { what: 'verdict after the last end', found: (total - finished) / beat, atMost: 2, unit: 'polls' },
      ],
      details: { services, bare, peak, updates, finished, total, fastestStart, calls },
    };
  } finally {
    await world.close();
  }
}

/** On lab time too, so that the preload of the lab is in both figures. */
async function peakOfBareNode(): Promise<number> {
  const world = await openWorld();
  try {
    let memory = { peak: () => Number.NaN };
    await world.run(
      ['--eval', 'setTimeout(() => {}, 60_000); for (const end = process.uptime(); process.uptime() < end; ) ;'],
      {},
      child => {
        memory = watchPeak(child.pid);
      },
    );
    return memory.peak();
  } finally {
    await world.close();
  }
}

function callsBetween(world: World, from: number, to: number): number {
  const polls = ['DescribeServiceDeployments', 'DescribeServices'];
  return world.aws.handler.calls.filter(call => polls.includes(call.operation) && call.at > from && call.at < to)
    .length;
}

interface Calls {
  readonly name: string;
  readonly times: number;
  readonly throttled: number;
}

function countCalls(world: World): readonly Calls[] {
  const byName = Map.groupBy(world.aws.handler.calls, call => call.operation);
  return [...byName].map(([name, calls]) => ({
    name,
    times: calls.length,
    throttled: calls.filter(call => call.outcome !== 'ok').length,
  }));
}

function timesOf(calls: readonly Calls[], name: string): number {
  return calls.find(entry => entry.name === name)?.times ?? 0;
}
