import type { Conclusion } from '../../github/ports.ts';
import type { Draft, JobRecord } from '../records.ts';
import type { JobNode, Leg } from './job-node.ts';
import { jobName, legKey } from './job-scope.ts';
import type { JobOutcome, KeptJob } from './run-state.ts';

/** A new record of a job in the run, told of. */
export function newJobRecord(node: JobNode, leg: Leg | undefined, name: string): Draft<JobRecord> {
  const { run, instance, job } = node;
  const record: Draft<JobRecord> = {
    key: legKey(node, leg),
    name,
    needs: job.definition.needs.map(id => `${instance.prefix}${id}`),
    kind: job.called ? 'call' : 'steps',
    ...(instance.caller === undefined ? {} : { caller: instance.caller }),
    status: 'queued',
    permissions: { ...job.permissions },
    ...(leg ? { matrix: { ...leg.values } } : {}),
    outputs: {},
    attempt: run.record.attempt,
    createdAt: run.ports.clock.now(),
    waits: [],
    steps: [],
    annotations: [],
  };
  run.record.jobs.push(record);
  return record;
}

/** Completes a record and tells of it. */
export function finishJob(
  node: JobNode,
  record: Draft<JobRecord>,
  conclusion: Conclusion,
  outcome: JobOutcome,
): JobOutcome {
  const { run } = node;
  Object.assign(record, {
    status: 'completed',
    conclusion,
    completedAt: run.ports.clock.now(),
    outputs: { ...outcome.outputs },
  });
  run.outcomes.set(record.key, outcome);
  run.tell({ kind: 'job-completed', job: record });
  return outcome;
}

/** A job that never reached a machine: skipped, cancelled before its turn, or impossible. */
export function noteUnstartedJob(
  node: JobNode,
  leg: Leg | undefined,
  result: 'skipped' | 'cancelled' | 'failure',
  why?: string,
): JobOutcome {
  const { run } = node;
  const name = safeName(node, leg);
  const record = newJobRecord(node, leg, name);
  if (why !== undefined)
    record.annotations.push({ level: 'failure', message: why, file: '.github', line: 1, endLine: 1 });
  record.id = run.repository.createJob(run.record.id, { name }).id;
  run.tell({ kind: 'job-created', job: record });
  run.repository.updateJob(record.id, {
    status: 'completed',
    conclusion: result,
    annotations:
      why === undefined ? [] : [{ path: '.github', startLine: 1, endLine: 1, level: 'failure', message: why }],
  });
  return finishJob(node, record, result, { result, outputs: {}, fresh: true });
}

export const noteSkippedJob = (node: JobNode): JobOutcome => noteUnstartedJob(node, undefined, 'skipped');

export const noteFailedJob = (node: JobNode, why: string): JobOutcome =>
  noteUnstartedJob(node, undefined, 'failure', why);

/** A job that a re-run takes over from the attempt before, with its steps, times and outputs. */
export function noteKeptJob(node: JobNode, kept: KeptJob): JobOutcome {
  const { run } = node;
  const record = structuredClone(kept.record) as Draft<JobRecord>;
  if (kept.record.id !== undefined) {
    record.id = run.repository.createJob(run.record.id, { name: record.name, keptFrom: kept.record.id }).id;
  }
  run.record.jobs.push(record);
  const outcome = { ...kept.outcome, fresh: false };
  run.outcomes.set(record.key, outcome);
  return outcome;
}

/** A name whose expression fails is shown as it is written. */
function safeName(node: JobNode, leg: Leg | undefined): string {
  try {
    return jobName(node, leg);
  } catch {
    return `${node.instance.namePrefix}${node.job.definition.id}`;
  }
}
