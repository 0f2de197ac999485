import { explain } from '../fault.ts';
import { createSession } from '../job/create-session.ts';
import { endSession } from '../job/end-session.ts';
import { type Limits, readLimits } from '../job/limits.ts';
import { runSteps } from '../job/run-steps.ts';
import { resolve, resolveBoolean, type Scope } from '../language/expressions.ts';
import type { StepsWork } from '../language/workflow.ts';
import type { Draft, JobRecord } from '../records.ts';
import { type Activity, beginActivity } from './activity.ts';
import type { CancelScope } from './cancellation.ts';
import { createCancelScope } from './cancellation.ts';
import { type EnvironmentWish, enterEnvironment, readEnvironment } from './environment.ts';
import { enterGroup, type HeldGroup, readConcurrency } from './group-claim.ts';
import type { JobNode, Leg } from './job-node.ts';
import { isWanted, jobName, jobScope } from './job-scope.ts';
import { finishJob, newJobRecord } from './note-job.ts';
import type { JobOutcome, MachineEnd } from './run-state.ts';

/** A job with steps: its group, its environment, a machine, its steps, and what they leave. */
export async function runStepsJob(node: JobNode, leg: Leg | undefined, outer: CancelScope): Promise<JobOutcome> {
  const { run, job } = node;
  const { work } = job.definition;
  if (work.kind !== 'steps') throw new Error(`Job '${job.definition.id}' has no steps`);
  const scope = jobScope(node, leg);
  const name = jobName(node, leg);
  const wish = readConcurrency(job.definition.concurrency, scope);
  const environment = readEnvironment(work.environment, scope);
  const continues = work.continueOnError !== undefined && resolveBoolean(work.continueOnError, scope);
  const labels = [resolve(work.runsOn, scope)].flat().map(String);

  const limits = readLimits(work, scope);
  const cancel = createCancelScope();
  const record = newJobRecord(node, leg, name);
  if (environment) record.environment = { name: environment.name, deployment: environment.deployment };
  const { id } = run.repository.createJob(run.record.id, {
    name,
    labels,
    runnerName: `GitHub Actions ${run.record.jobs.length}`,
    ...(environment ? { environment: environment.name } : {}),
  });
  record.id = id;
  run.tell({ kind: 'job-created', job: record });

  const activity = beginActivity(run.ports.clock, `job ${record.key}`);
  const group: { held?: HeldGroup } = {};
  // A job that was told to stop goes on when its condition still holds, as `always()` does.
  const unsubscribe = outer.onCancel(reason => (isWanted(node, true) ? undefined : cancel.cancel(reason)));
  try {
    const admitted = await admit(node, record, { activity, cancel, wish, environment, group });
    if (admitted !== 'entered') return conclude(node, record, admitted, {}, continues);
    return await onMachine(node, record, work, { activity, cancel, scope, continues, limits });
  } catch (error) {
    record.annotations.push({
      level: 'failure',
      message: explain(error, run.note),
      file: '.github',
      line: 1,
      endLine: 1,
    });
    return conclude(node, record, 'failure', {}, continues);
  } finally {
    unsubscribe();
    group.held?.release();
    activity.end();
  }
}

interface Admission {
  readonly activity: Activity;
  readonly cancel: CancelScope;
  readonly wish: ReturnType<typeof readConcurrency>;
  readonly environment: EnvironmentWish | undefined;
  readonly group: { held?: HeldGroup };
}

/** First the group, which a job that waits for approval holds, then the environment. */
async function admit(
  node: JobNode,
  record: Draft<JobRecord>,
  { activity, cancel, wish, environment, group }: Admission,
): Promise<'entered' | 'cancelled' | 'failure'> {
  const { run, instance } = node;
  if (wish) {
    group.held = await enterGroup(run, wish, instance.heldGroups, {
      activity,
      cancel,
      waits: record.waits,
      name: record.name,
      onWait: wait => {
        mark(node, record, 'pending');
        run.tell({ kind: 'job-waits', job: record, wait });
      },
    });
    if (!group.held.entered) return 'cancelled';
  }
  if (environment) {
    const decision = await enterEnvironment(node, record, environment, { activity, cancel });
    if (decision !== 'entered') return decision;
  }
  const { pickUp = 0 } = run.ports.options ?? {};
  if (pickUp > 0) await activity.sleep(pickUp);
  return cancel.cancelled ? 'cancelled' : 'entered';
}

async function onMachine(
  node: JobNode,
  record: Draft<JobRecord>,
  work: StepsWork,
  place: {
    readonly activity: Activity;
    readonly cancel: CancelScope;
    readonly scope: Scope;
    readonly continues: boolean;
    readonly limits: Limits;
  },
): Promise<JobOutcome> {
  const { run } = node;
  record.startedAt = run.ports.clock.now();
  mark(node, record, 'in_progress');
  run.tell({ kind: 'job-started', job: record });
  const session = createSession(node, record, work, place);
  run.machines.set(record.key, why => session.death.cancel(DEATHS[why]));
  try {
    await runSteps(session, work.steps);
    const { reason: death } = session.death;
    if (death !== undefined)
      record.annotations.push({ level: 'failure', message: death, file: '.github', line: 1, endLine: 1 });
    const outputs = endSession(session, work);
    return conclude(node, record, death === DEATHS.lost ? 'failure' : session.frame.status, outputs, place.continues);
  } finally {
    run.machines.delete(record.key);
    session.close();
  }
}

const DEATHS: Readonly<Record<MachineEnd, string>> = {
  lost: 'The hosted runner lost communication with the server. Anything in your workflow that terminates the runner process, starves it for CPU/Memory, or blocks its network access can cause this error.',
  forced: 'The job was cancelled by force.',
};

function mark(node: JobNode, record: Draft<JobRecord>, status: 'pending' | 'waiting' | 'in_progress'): void {
  record.status = status;
  if (record.id !== undefined) node.run.repository.updateJob(record.id, { status });
}

function conclude(
  node: JobNode,
  record: Draft<JobRecord>,
  result: 'success' | 'failure' | 'cancelled',
  outputs: Readonly<Record<string, string>>,
  continues: boolean,
): JobOutcome {
  if (record.id !== undefined) {
    node.run.repository.updateJob(record.id, {
      status: 'completed',
      conclusion: result,
      ...(record.environment?.url ? { environmentUrl: record.environment.url } : {}),
      annotations: record.annotations.map(one => ({
        path: one.file,
        startLine: one.line,
        endLine: one.endLine,
        level: one.level,
        message: one.message,
        ...(one.title === undefined ? {} : { title: one.title }),
      })),
    });
  }
  // `continue-on-error` shows a failed job, and lets those that need it see a success.
  const seen = result === 'failure' && continues ? 'success' : result;
  return finishJob(node, record, result, { result: seen, outputs, fresh: true });
}
