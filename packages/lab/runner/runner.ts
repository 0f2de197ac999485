import type { GitHubWorld, RunRequest, WorldEvent } from '../github/ports.ts';
import { beginActivity } from './engine/activity.ts';
import { type ConcurrencyGroups, createConcurrencyGroups } from './engine/concurrency.ts';
import { calledBy, loadWorkflow } from './engine/load.ts';
import { grantedBy, RESTRICTED_DEFAULT } from './engine/permissions.ts';
import { runAttempt } from './engine/run.ts';
import type { KeptJob, RunState } from './engine/run-state.ts';
import { startRuns } from './engine/start-event.ts';
import { type RunnerCore, reopenRun } from './engine/start-run.ts';
import { createIdleWatch } from './idle.ts';
import { type Artifact, createArtifactStore } from './known-actions/artifact-store.ts';
import type { RunnerPorts } from './ports.ts';
import type { RunRecord } from './records.ts';

export interface Runner {
  /** Starts the workflows that an event starts. Resolves with their run ids once the runs exist; they go on by themselves. */
  trigger(event: WorldEvent): Promise<readonly number[]>;
  /** Does what somebody asked GitHub for: cancel, re-run all, the failed ones, or one job. Throws when it cannot be done. */
  request(request: RunRequest): Promise<void>;
  /** The machine of a job vanishes: no post steps, no outputs. `job` is its key or its name. */
  kill(runId: number, job: string): void;
  /** Follows the events and requests of the lab's GitHub. Returns the end of it. */
  follow(world: Pick<GitHubWorld, 'onEvent' | 'onRunRequest'>): () => void;
  /** Resolves when nothing goes on but waiting for people (or for those who wait for people). */
  waitForIdle(): Promise<void>;
  /** Every attempt of every run, the oldest first, as they are now. */
  readonly runs: readonly RunRecord[];
  /** Every artifact that a run has uploaded. */
  artifacts(runId: number): readonly Artifact[];
  /** What went wrong in the lab itself, not in a workflow. A scenario with one has proven nothing. */
  readonly faults: readonly string[];
}

const MAX_RERUNS = 50;

export function createRunner(ports: RunnerPorts): Runner {
  const idle = createIdleWatch();
  const groups = new Map<string, ConcurrencyGroups>();
  const states = new Map<number, RunState>();
  const faults: string[] = [];
  const core: RunnerCore = {
    ports,
    artifacts: createArtifactStore(),
    busy: idle,
    note: fault => void faults.push(fault),
    records: [],
    groupsOf(repository) {
      const known = groups.get(repository) ?? createConcurrencyGroups();
      groups.set(repository, known);
      return known;
    },
  };
  const defaults = ports.options?.defaultPermissions === 'permissive' ? grantedBy('write-all', {}) : RESTRICTED_DEFAULT;

  /** Work of the runner that nobody awaits: the clock is held, and a bug of the lab is kept for the scenario. */
  const working = async <T>(
    what: string,
    work: (activity: ReturnType<typeof beginActivity>) => Promise<T>,
  ): Promise<T> => {
    const activity = beginActivity(ports.clock, what);
    idle.enter();
    try {
      return await work(activity);
    } catch (error) {
      faults.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      throw error;
    } finally {
      idle.leave();
      activity.end();
    }
  };

  const launch = (state: RunState) => {
    states.set(state.record.id, state);
    const { id, attempt } = state.record;
    void working(`run ${id}, attempt ${attempt}`, activity => runAttempt(state, activity)).catch(() => undefined);
  };

  // One event after the other, so that runs are numbered in the order of what happened.
  let last: Promise<unknown> = Promise.resolve();
  const trigger = (event: WorldEvent) => {
    const begun = working(`event ${event.name}`, () => last.then(() => startRuns(core, event, defaults, launch)));
    last = begun.catch(() => undefined);
    return begun;
  };

  const stateOf = (runId: number): RunState => {
    const state = states.get(runId);
    if (!state) throw new Error(`Run ${runId} never started`);
    return state;
  };

  const rerun = (request: RunRequest & { kind: 'rerun' }) =>
    working(`re-run of ${request.runId}`, async () => {
      const before = stateOf(request.runId);
      if (before.record.status !== 'completed') throw new Error(`Run ${request.runId} is still running`);
      if (before.record.attempt > MAX_RERUNS) throw new Error(`Run ${request.runId} was run again ${MAX_RERUNS} times`);
      // All: references are resolved again. Failed ones and single jobs stay on the commits of the first attempt.
      const loading =
        request.only === 'all'
          ? await loadWorkflow(ports.github, before.loaded.source, defaults)
          : { ok: true as const, loaded: before.loaded, called: calledBy(before.loaded) };
      if (!loading.ok) throw new Error(loading.problems.join('\n'));
      launch(reopenRun(core, before, loading, { by: request.by, keeps: keeps(request) }));
    });

  const cancel = (request: RunRequest & { kind: 'cancel' }) =>
    working(`cancellation of ${request.runId}`, async () => {
      const state = stateOf(request.runId);
      state.cancel.cancel(`The run was canceled by @${request.by}.`);
      if (request.force) for (const end of state.machines.values()) end('forced');
    });

  const request = (wish: RunRequest) => (wish.kind === 'rerun' ? rerun(wish) : cancel(wish));

  return {
    trigger,
    request,
    kill(runId, job) {
      const { machines, record } = stateOf(runId);
      const key = record.jobs.find(one => one.key === job || one.name === job)?.key ?? job;
      const end = machines.get(key);
      if (!end) throw new Error(`Job '${job}' of run ${runId} is on no machine`);
      end('lost');
    },
    follow(world) {
      const undo = [
        world.onEvent(event => void trigger(event).catch(() => undefined)),
        world.onRunRequest(wish => void request(wish).catch(() => undefined)),
      ];
      return () => {
        for (const one of undo) one();
      };
    },
    waitForIdle: idle.wait,
    runs: core.records,
    artifacts: runId => core.artifacts.list(runId),
    faults,
  };
}

function keeps(request: RunRequest & { kind: 'rerun' }): (job: KeptJob) => boolean {
  if (request.only === 'all') return () => false;
  if (request.only === 'job') return ({ record }) => record.id !== request.jobId;
  return ({ record }) => record.conclusion === 'success' || record.conclusion === 'skipped';
}
