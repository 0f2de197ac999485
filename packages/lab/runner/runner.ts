import type { GitHubWorld, RunRequest, WorldEvent } from '../github/ports.ts';
import { beginActivity } from './engine/activity.ts';
import { type ConcurrencyGroups, createConcurrencyGroups } from './engine/concurrency.ts';
import { loadWorkflow } from './engine/load.ts';
import { grantedBy, RESTRICTED_DEFAULT } from './engine/permissions.ts';
import { runAttempt } from './engine/run.ts';
import type { KeptJob, RunState } from './engine/run-state.ts';
import { openRun, type RunnerCore, reopenRun } from './engine/start-run.ts';
import { createIdleWatch } from './idle.ts';
import { createArtifactStore } from './known-actions/artifact-store.ts';
import { readWorkflow } from './language/read-workflow.ts';
import type { RunnerPorts } from './ports.ts';
import type { RunRecord } from './records.ts';
import { factsOf, isDeletion } from './triggers/facts.ts';
import { readDispatch } from './triggers/inputs.ts';
import { startsOn } from './triggers/triggers.ts';

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
    records: [],
    groupsOf(repository) {
      const known = groups.get(repository) ?? createConcurrencyGroups();
      groups.set(repository, known);
      return known;
    },
  };
  const defaults =
    ports.options?.defaultPermissions === 'permissive' ? grantedBy('write-all', {}) : RESTRICTED_DEFAULT;

  /** Work of the runner that nobody awaits: the clock is held, and a bug of the lab is kept for the scenario. */
  const working = async <T>(what: string, work: (activity: ReturnType<typeof beginActivity>) => Promise<T>): Promise<T> => {
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

  const trigger = (event: WorldEvent) =>
    working(`event ${event.name}`, async () => {
      if (isDeletion(event)) return [];
      const repository = ports.github.repository(event.repository);
      const facts = factsOf(event, repository);
      const paths = event.workflowPath
        ? [event.workflowPath]
        : repository.listFiles(event.sha).filter(path => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
      const started: number[] = [];
      for (const path of paths) {
        const content = repository.readFile(event.sha, path);
        if (content === undefined) throw new Error(`${path} is not in ${event.sha}`);
        const reading = await readWorkflow(path, content.toString('utf8'));
        // A file that cannot be read fails on every push: nobody can tell what it would start on.
        if (reading.ok ? !startsOn(reading.workflow, facts) : event.name !== 'push') continue;
        const source = { repository: event.repository, path, sha: event.sha, ref: event.ref };
        const loading = await loadWorkflow(ports.github, source, defaults);
        const inputs = reading.ok && event.name === 'workflow_dispatch' ? dispatched(reading.workflow.dispatchInputs) : {};
        const state = openRun(core, repository, { event, path, loading, inputs });
        const record = core.records.at(-1);
        if (record) started.push(record.id);
        if (state) launch(state);
      }
      return started;

      function dispatched(definitions: Parameters<typeof readDispatch>[0]) {
        const { inputs } = event.payload;
        const given = typeof inputs === 'object' && inputs !== null ? Object.fromEntries(Object.entries(inputs)) : {};
        const names = repository.environments().map(environment => environment.name);
        const reading = readDispatch(definitions, given, names);
        if (!reading.ok) throw new Error(`The API would have answered 422: ${reading.problems.join('; ')}`);
        return reading.inputs;
      }
    });

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
          : { ok: true as const, loaded: before.loaded, called: calledBy(before) };
      if (!loading.ok) throw new Error(loading.problems.join('\n'));
      launch(reopenRun(core, before, loading, { by: request.by, keeps: keeps(request) }));
    });

  return {
    trigger,
    async request(request) {
      if (request.kind === 'rerun') return rerun(request);
      const state = stateOf(request.runId);
      state.cancel.cancel(`The run was canceled by @${request.by}.`);
      if (request.force) for (const kill of state.machines.values()) kill();
    },
    kill(runId, job) {
      const { machines, record } = stateOf(runId);
      const key = record.jobs.find(one => one.key === job || one.name === job)?.key ?? job;
      const kill = machines.get(key);
      if (!kill) throw new Error(`Job '${job}' of run ${runId} is on no machine`);
      kill();
    },
    follow(world) {
      const undo = [
        world.onEvent(event => void trigger(event).catch(() => undefined)),
        world.onRunRequest(request => void this.request(request).catch(() => undefined)),
      ];
      return () => undo.forEach(one => void one());
    },
    waitForIdle: idle.wait,
    runs: core.records,
    faults,
  };
}

function keeps(request: RunRequest & { kind: 'rerun' }): (job: KeptJob) => boolean {
  if (request.only === 'all') return () => false;
  if (request.only === 'job') return ({ record }) => record.id !== request.jobId;
  return ({ record }) => record.conclusion === 'success' || record.conclusion === 'skipped';
}

function calledBy({ loaded, record }: RunState) {
  const sources = new Map<string, RunState['loaded']['source']>();
  const walk = (workflow: RunState['loaded']) => {
    for (const { called } of workflow.jobs.values()) {
      if (!called) continue;
      sources.set(`${called.source.repository}/${called.source.path}@${called.source.ref}`, called.source);
      walk(called);
    }
  };
  walk(loaded);
  return record.referencedWorkflows.flatMap(({ path }) => sources.get(path) ?? []);
}
