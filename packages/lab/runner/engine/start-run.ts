import type { WorldEvent } from '../../github/ports.ts';
import type { ArtifactStore } from '../known-actions/artifact-store.ts';
import type { Value } from '../language/expressions.ts';
import type { RunnerPorts, RunnerRepository } from '../ports.ts';
import type { Draft, RunRecord } from '../records.ts';
import { createCancelScope } from './cancellation.ts';
import type { ConcurrencyGroups } from './concurrency.ts';
import type { Loading } from './load.ts';
import { conclude, followJobs, titleOf } from './run.ts';
import type { BusyCounter, KeptJob, RunState, ToTell } from './run-state.ts';

/** What all runs of a runner share. */
export interface RunnerCore {
  readonly ports: RunnerPorts;
  readonly artifacts: ArtifactStore;
  readonly groupsOf: (repository: string) => ConcurrencyGroups;
  readonly busy: BusyCounter;
  readonly note: (fault: string) => void;
  /** Every attempt of every run, in order. */
  readonly records: Draft<RunRecord>[];
}

export interface NewRunFacts {
  readonly event: WorldEvent;
  readonly path: string;
  readonly loading: Loading;
  readonly inputs: Readonly<Record<string, Value>>;
}

/** Makes the run that an event starts. Without a state it ended at start-up. */
export function openRun(
  core: RunnerCore,
  repository: RunnerRepository,
  facts: NewRunFacts,
): { readonly runId: number; readonly state?: RunState } {
  const { event, path, loading, inputs } = facts;
  const workflowName = loading.ok ? loading.loaded.workflow.name : loading.name;
  const run = repository.createRun({
    ...(event.runId === undefined ? {} : { id: event.runId }),
    path,
    workflowName,
    title: workflowName,
    event: event.name,
    ref: event.ref,
    sha: event.sha,
    actor: event.actor,
  });
  const record: Draft<RunRecord> = {
    id: run.id,
    number: run.number,
    attempt: run.attempt,
    repository: repository.fullName,
    workflow: { path, name: workflowName, sha: event.sha },
    title: workflowName,
    event: event.name,
    ref: event.ref,
    sha: event.sha,
    actor: event.actor,
    triggeringActor: event.actor,
    payload: event.payload,
    inputs,
    referencedWorkflows: [],
    status: 'queued',
    createdAt: core.ports.clock.now(),
    waits: [],
    jobs: [],
    annotations: [],
  };
  core.records.push(record);
  if (!loading.ok) {
    tellOf(core, record)({ kind: 'run-created' });
    for (const problem of loading.problems) {
      record.annotations.push({ level: 'failure', message: problem, file: path, line: 1, endLine: 1 });
    }
    conclude({ record, repository }, 'startup_failure');
    record.completedAt = core.ports.clock.now();
    tellOf(core, record)({ kind: 'run-completed' });
    return { runId: run.id };
  }
  const state = stateOf(core, repository, record, { loading, inputs, kept: new Map() });
  if (event.needsApproval) {
    conclude(state, 'action_required');
    return { runId: run.id };
  }
  return { runId: run.id, state };
}

/** A new attempt of a run that has ended. */
export function reopenRun(
  core: RunnerCore,
  before: RunState,
  loading: Loading & { ok: true },
  { by, keeps }: { readonly by: string; readonly keeps: (job: KeptJob) => boolean },
): RunState {
  const { repository } = before;
  const { attempt } = repository.startAttempt(before.record.id, { triggeringActor: by });
  const { completedAt: _, conclusion: __, ...rest } = before.record;
  const record: Draft<RunRecord> = {
    ...rest,
    attempt,
    triggeringActor: by,
    status: 'queued',
    createdAt: core.ports.clock.now(),
    waits: [],
    jobs: [],
    annotations: [],
  };
  core.records.push(record);
  const kept = new Map<string, KeptJob>();
  for (const job of before.record.jobs) {
    const outcome = before.outcomes.get(job.key);
    if (outcome && keeps({ record: job, outcome })) kept.set(job.key, { record: job, outcome });
  }
  return stateOf(core, repository, record, { loading, inputs: before.inputs, kept });
}

function stateOf(
  core: RunnerCore,
  repository: RunnerRepository,
  record: Draft<RunRecord>,
  facts: {
    readonly loading: Loading & { ok: true };
    readonly inputs: Readonly<Record<string, Value>>;
    readonly kept: ReadonlyMap<string, KeptJob>;
  },
): RunState {
  const tell = tellOf(core, record);
  const state: RunState = {
    ports: core.ports,
    repository,
    loaded: facts.loading.loaded,
    record,
    inputs: facts.inputs,
    cancel: createCancelScope(),
    groups: core.groupsOf(repository.fullName),
    artifacts: core.artifacts,
    outcomes: new Map(),
    kept: facts.kept,
    machines: new Map(),
    busy: core.busy,
    note: core.note,
    tell(event) {
      followJobs(state);
      tell(event);
    },
  };
  const referencedWorkflows = facts.loading.called.map(({ repository, path, ref, sha }) => ({
    path: `${repository}/${path}@${ref}`,
    sha,
    ref,
  }));
  record.referencedWorkflows = referencedWorkflows;
  record.title = titleOf(state);
  repository.updateRun(record.id, { title: record.title, referencedWorkflows });
  tell({ kind: record.attempt > 1 ? 'run-attempt' : 'run-created' });
  return state;
}

function tellOf({ ports }: RunnerCore, record: RunRecord): (event: ToTell) => void {
  return event => ports.onProgress?.({ ...event, at: ports.clock.now(), run: record });
}
