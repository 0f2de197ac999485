import type { Measurement } from './marks.ts';
import { failing, peakOfBareNode, runScale, type ScaleCall, services } from './scale-run.ts';
import { table } from './table.ts';

/** Between two looks at a rollout, in s, as the product has it while no end is near. */
const beat = 15.4;
/** UpdateService: burst 50, then 5 a second, if nobody else took a token. */
const fastestStart = (services - 50) / 5;
/** `bench scale`: five hundred services of one list in one process, inside the throttling buckets of one region. */
export async function benchScale(suite: string): Promise<Measurement> {
  const bare = await peakOfBareNode();
  const { deployments, calls, total, peak } = await runScale(suite);
  const allStarted = Math.max(...deployments.map(deployment => deployment.createdAt));
  const firstEnd = Math.min(...deployments.map(deployment => deployment.finishedAt));
  const lastEnd = Math.max(...deployments.map(deployment => deployment.finishedAt));
  // From when all are started until the first one ends, all of them are waited for.
  const describes = calls.filter(call => isDescribe(call) && call.at > allStarted && call.at < firstEnd).length;
  const listed = new Set(calls.filter(call => call.name === 'ListTasks').map(call => call.service));
  console.log(table(['call', 'times', 'throttled'], countCalls(calls)));
  console.log(`started within ${allStarted} s, the last deployment ended after ${lastEnd} s, verdict after ${total} s`);
  console.log(`memory: ${megabytes(bare)} MB bare Node, ${megabytes(peak)} MB this one`);
  return {
    name: 'scale',
    marks: [
      mark('describes a poll', describes / ((firstEnd - allStarted) / beat), services / 10),
      mark('services whose tasks are listed', listed.size, failing),
      mark('start, by the fastest that the buckets allow', allStarted / fastestStart, 1.3),
      mark('throttled calls', calls.filter(call => call.throttled).length, 0),
      mark('memory over bare Node', megabytes(peak - bare), 150, 'MB'),
      mark('verdict after the last end', (total - lastEnd) / beat, 2, 'polls'),
    ],
    details: { services, bare, peak, allStarted, firstEnd, lastEnd, total, calls: countCalls(calls) },
  };
}

function mark(what: string, found: number, atMost: number, unit = '') {
  return { what, found, atMost, unit };
}

function isDescribe({ name }: ScaleCall): boolean {
  return name === 'DescribeServiceDeployments' || name === 'DescribeServices';
}

function countCalls(calls: readonly ScaleCall[]): readonly (readonly [string, number, number])[] {
  const byName = Map.groupBy(calls, call => call.name);
  return [...byName].map(([name, made]) => [name, made.length, made.filter(call => call.throttled).length] as const);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
