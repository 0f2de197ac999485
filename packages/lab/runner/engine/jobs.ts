import { explain } from '../fault.ts';
import type { Result } from '../language/conditions.ts';
import { resolve } from '../language/expressions.ts';
import { beginActivity } from './activity.ts';
import { prepareCall } from './call.ts';
import type { CancelScope } from './cancellation.ts';
import { enterGroup, type HeldGroup } from './group-claim.ts';
import type { JobNode, Leg, WorkflowInstance } from './job-node.ts';
import { isWanted, jobScope } from './job-scope.ts';
import { runLeg } from './leg.ts';
import { expandStrategy, type Strategy } from './matrix.ts';
import { finishJob, newJobRecord, noteFailedJob, noteKeptJob, noteSkippedJob } from './note-job.ts';
import type { JobOutcome, RunState } from './run-state.ts';

/** Runs the jobs of a workflow as their `needs` allow. Never throws: what goes wrong is a job's result. */
export async function runJobs(run: RunState, instance: WorkflowInstance): Promise<ReadonlyMap<string, JobOutcome>> {
  const outcomes = new Map<string, JobOutcome>();
  const ancestors = new Map<string, ReadonlyMap<string, Result>>();
  const running = new Map<string, Promise<void>>();

  const start = (id: string): Promise<void> => {
    const known = running.get(id);
    if (known) return known;
    const job = instance.loaded.jobs.get(id);
    if (!job) throw new Error(`No job '${id}'`);
    const { needs: names } = job.definition;
    const begun = Promise.all(names.map(start)).then(async () => {
      const needs = new Map(names.flatMap(name => entryOf(outcomes, name)));
      const above = new Map(names.flatMap(name => [...(ancestors.get(name) ?? [])]));
      for (const [name, outcome] of needs) above.set(name, outcome.result);
      ancestors.set(id, above);
      const fresh = instance.fresh || [...needs.values()].some(outcome => outcome.fresh);
      const key = `${instance.prefix}${id}`;
      const outcome = await runNode({ run, instance, job, needs, ancestors: above, key, fresh });
      outcomes.set(id, outcome);
    });
    running.set(id, begun);
    return begun;
  };

  await Promise.all([...instance.loaded.jobs.keys()].map(start));
  return outcomes;
}

async function runNode(node: JobNode): Promise<JobOutcome> {
  const { run, instance } = node;
  const kept = run.kept.get(node.key);
  if (!node.fresh && kept?.record.conclusion === 'skipped') return noteKeptJob(node, kept);
  const activity = beginActivity(run.ports.clock, `job ${node.key} is being prepared`);
  try {
    if (!isWanted(node, instance.cancel.cancelled)) return noteSkippedJob(node);
    const strategy = readStrategy(node);
    return await activity.until(strategy ? runLegs(node, strategy) : runLeg(node, undefined, instance.cancel, runCall));
  } catch (error) {
    return noteFailedJob(node, explain(error, run.note));
  } finally {
    activity.end();
  }
}

function readStrategy(node: JobNode): Strategy | undefined {
  const { strategy } = node.job.definition;
  return strategy === undefined ? undefined : expandStrategy(resolve(strategy, jobScope(node)));
}

/** The legs of a matrix, at most `max-parallel` at a time. With `fail-fast` one that fails cancels the others. */
async function runLegs(node: JobNode, strategy: Strategy): Promise<JobOutcome> {
  const cancel = node.instance.cancel.inner();
  const outcomes: JobOutcome[] = [];
  const waiting = strategy.legs.entries();
  const take = async () => {
    for (const [index, values] of waiting) {
      const leg: Leg = { index, values, total: strategy.legs.length, strategy };
      const outcome = await runLeg(node, leg, cancel, runCall);
      outcomes.push(outcome);
      if (strategy.failFast && outcome.result === 'failure') {
        cancel.cancel(`The strategy configuration was canceled because "${node.key}[${index}]" failed`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, strategy.maxParallel) }, take));
  return combine(outcomes);
}

/** Of several legs or called jobs: one failure fails all; the last one to end with a value gives an output. */
export function combine(outcomes: readonly JobOutcome[]): JobOutcome {
  const order: readonly Result[] = ['failure', 'cancelled', 'success', 'skipped'];
  const outputs: Record<string, string> = {};
  for (const outcome of outcomes) {
    for (const [name, value] of Object.entries(outcome.outputs)) if (value !== '') outputs[name] = value;
  }
  return {
    result: order.find(result => outcomes.some(outcome => outcome.result === result)) ?? 'skipped',
    outputs,
    fresh: outcomes.some(outcome => outcome.fresh),
  };
}

function entryOf<K, V>(map: ReadonlyMap<K, V>, key: K): readonly [K, V][] {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
}

/** A job with `uses`: the called workflow's jobs, as one. It has no machine and no job of its own on GitHub. */
async function runCall(node: JobNode, leg: Leg | undefined, outer: CancelScope): Promise<JobOutcome> {
  const { run } = node;
  const call = prepareCall(node, leg, outer);
  const record = newJobRecord(node, leg, call.name);
  run.tell({ kind: 'job-created', job: record });
  const activity = beginActivity(run.ports.clock, `call ${record.key}`);
  const groups: HeldGroup[] = [];
  try {
    for (const wish of call.groups) {
      const group = await enterGroup(run, wish, node.instance.heldGroups, {
        activity,
        cancel: call.instance.cancel,
        waits: record.waits,
        name: call.name,
        onWait: wait => run.tell({ kind: 'job-waits', job: record, wait }),
      });
      groups.push(group);
      if (!group.entered)
        return finishJob(node, record, 'cancelled', { result: 'cancelled', outputs: {}, fresh: true });
    }
    Object.assign(record, { status: 'in_progress', startedAt: run.ports.clock.now() });
    // The jobs inside count as busy, not the call: it may wait for a person like them.
    run.busy.leave();
    const outcomes = await activity.until(runJobs(run, call.instance)).finally(() => run.busy.enter());
    const outcome = { ...combine([...outcomes.values()]), outputs: call.outputs(outcomes) };
    return finishJob(node, record, outcome.result, outcome);
  } catch (error) {
    record.annotations.push({
      level: 'failure',
      message: explain(error, run.note),
      file: '.github',
      line: 1,
      endLine: 1,
    });
    return finishJob(node, record, 'failure', { result: 'failure', outputs: {}, fresh: true });
  } finally {
    for (const group of groups) group.release();
    activity.end();
  }
}
