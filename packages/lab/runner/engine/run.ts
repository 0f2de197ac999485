import type { Conclusion } from '../../github/ports.ts';
import { explain } from '../fault.ts';
import { resolveText } from '../language/expressions.ts';
import type { Draft, RunRecord } from '../records.ts';
import { at } from '../triggers/facts.ts';
import type { Activity } from './activity.ts';
import { workflowContexts } from './contexts.ts';
import { enterGroup, type HeldGroup, readConcurrency } from './group-claim.ts';
import { combine, runJobs } from './jobs.ts';
import type { JobOutcome, RunState } from './run-state.ts';

/** Runs one attempt of a run from its concurrency group to its conclusion. */
export async function runAttempt(run: RunState, activity: Activity): Promise<void> {
  const { record, loaded, cancel } = run;
  const { clock } = run.ports;
  let group: HeldGroup | undefined;
  let outcomes: ReadonlyMap<string, JobOutcome> = new Map();
  try {
    const wish = readConcurrency(loaded.workflow.concurrency, { contexts: workflowContexts(run, run.inputs) });
    if (wish) {
      group = await enterGroup(run, wish, new Set(), {
        activity,
        cancel,
        waits: record.waits,
        name: record.workflow.name,
        onWait: wait => {
          setStatus(run, 'pending');
          run.tell({ kind: 'run-waits', wait });
        },
      });
    }
    if (group?.entered !== false && !cancel.cancelled) {
      setStatus(run, 'in_progress');
      run.tell({ kind: 'run-started' });
      run.busy.leave();
      outcomes = await activity
        .until(
          runJobs(run, {
            loaded,
            prefix: '',
            namePrefix: '',
            inputs: run.inputs,
            secrets: run.repository.secrets(),
            seesEnvironmentSecrets: true,
            heldGroups: new Set(wish ? [wish.group.toLowerCase()] : []),
            cancel,
            fresh: run.kept.size === 0,
          }),
        )
        .finally(() => run.busy.enter());
    }
    conclude(run, conclusionOf(run, outcomes), cancel.reason);
  } catch (error) {
    conclude(run, 'startup_failure', explain(error, run.note));
  } finally {
    group?.release();
    record.completedAt = clock.now();
    run.tell({ kind: 'run-completed' });
  }
}

function conclusionOf(run: RunState, outcomes: ReadonlyMap<string, JobOutcome>): Conclusion {
  if (outcomes.size === 0) return 'cancelled';
  if (run.cancel.cancelled && run.record.jobs.some(job => job.conclusion === 'cancelled')) return 'cancelled';
  return combine([...outcomes.values()]).result;
}

/** A run that ends, also one that cannot begin. */
export function conclude(run: Pick<RunState, 'record' | 'repository'>, conclusion: Conclusion, why?: string): void {
  const { record, repository } = run;
  if (why !== undefined)
    record.annotations.push({ level: 'failure', message: why, file: record.workflow.path, line: 1, endLine: 1 });
  Object.assign(record, { status: 'completed', conclusion });
  repository.updateRun(record.id, { status: 'completed', conclusion });
}

export function setStatus(
  run: Pick<RunState, 'record' | 'repository'>,
  status: 'pending' | 'in_progress' | 'waiting',
): void {
  if (run.record.status === status) return;
  run.record.status = status;
  run.repository.updateRun(run.record.id, { status });
}

/** A run is `waiting` while some job waits for an environment and none is on a machine. */
export function followJobs(run: RunState): void {
  const { jobs, status } = run.record;
  if (status !== 'in_progress' && status !== 'waiting') return;
  const has = (wanted: Draft<RunRecord>['status']) => jobs.some(job => job.kind === 'steps' && job.status === wanted);
  setStatus(run, has('waiting') && !has('in_progress') ? 'waiting' : 'in_progress');
}

/** `run-name`; without one what GitHub shows for the event. */
export function titleOf(run: RunState): string {
  const { runName, name } = run.loaded.workflow;
  if (runName !== undefined) {
    const written = resolveText(runName, { contexts: workflowContexts(run, run.inputs) }).trim();
    if (written !== '') return written;
  }
  const { payload, event } = run.record;
  const text = (...path: readonly string[]) => {
    const value = at(payload, path);
    return typeof value === 'string' && value !== '' ? value.split('\n', 1)[0] : undefined;
  };
  switch (event) {
    case 'push':
      return text('head_commit', 'message') ?? name;
    case 'pull_request':
      return text('pull_request', 'title') ?? name;
    case 'release':
      return text('release', 'name') ?? text('release', 'tag_name') ?? name;
    case 'repository_dispatch':
      return text('action') ?? name;
    default:
      return name;
  }
}
