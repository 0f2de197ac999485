import type { JobRecord } from '../../runner/records.ts';

/** The jobs of a run in columns: each stands right of everything that it waits for. */
export interface Graph {
  readonly columns: readonly (readonly JobRecord[])[];
  readonly edges: readonly Edge[];
}

export interface Edge {
  readonly from: JobRecord;
  readonly to: JobRecord;
}

/** Calling jobs are not shown themselves: their called jobs stand for them, unless there are none. */
export function shownJobs(jobs: readonly JobRecord[]): readonly JobRecord[] {
  const callers = new Set(jobs.map(job => job.caller));
  return jobs.filter(job => !callers.has(job.key));
}

export function graphOf(jobs: readonly JobRecord[]): Graph {
  const callers = new Set(jobs.map(job => job.caller));
  const boxes = shownJobs(jobs);
  const edges = boxes.flatMap(to => predecessors(to).map(from => ({ from, to })));
  const columns: JobRecord[][] = [];
  for (const box of boxes) {
    const column = columnOf(box, new Set());
    while (columns.length <= column) columns.push([]);
    columns[column]?.push(box);
  }
  return { columns, edges };

  function columnOf(job: JobRecord, above: ReadonlySet<JobRecord>): number {
    if (above.has(job)) throw new Error(`Job ${job.key} waits for itself`);
    const path = new Set(above).add(job);
    return Math.max(-1, ...edges.filter(edge => edge.to === job).map(edge => columnOf(edge.from, path))) + 1;
  }

  /** What a job waits for; the first jobs of a called workflow wait for what their caller waits for. */
  function predecessors(job: JobRecord): readonly JobRecord[] {
    if (job.needs.length > 0) return job.needs.flatMap(legs).flatMap(lastOf);
    const caller = jobs.find(other => other.key === job.caller);
    return caller === undefined ? [] : predecessors(caller);
  }

  /** The boxes that end a job: itself, or those of its called jobs that nothing there waits for. */
  function lastOf(job: JobRecord): readonly JobRecord[] {
    if (!callers.has(job.key)) return [job];
    const called = jobs.filter(other => other.caller === job.key);
    return called.filter(one => !called.some(other => other.needs.flatMap(legs).includes(one))).flatMap(lastOf);
  }

  /** `needs` names a job; a matrix is all of its legs: `test[0]`, `test[1]`. */
  function legs(key: string): readonly JobRecord[] {
    return jobs.filter(job => job.key === key || (job.key.startsWith(`${key}[`) && !job.key.includes('/', key.length)));
  }
}
