import { explain } from '../fault.ts';
import type { CancelScope } from './cancellation.ts';
import type { JobNode, Leg } from './job-node.ts';
import { isWanted, legKey } from './job-scope.ts';
import { noteKeptJob, noteUnstartedJob } from './note-job.ts';
import type { JobOutcome } from './run-state.ts';
import { runStepsJob } from './steps-job.ts';

/** How a calling job is run; passed in, because the jobs of the called workflow are legs again. */
export type RunCall = (node: JobNode, leg: Leg | undefined, cancel: CancelScope) => Promise<JobOutcome>;

/** One leg of a job, the only one without a matrix. */
export async function runLeg(
  node: JobNode,
  leg: Leg | undefined,
  outer: CancelScope,
  runCall: RunCall,
): Promise<JobOutcome> {
  const kept = node.run.kept.get(legKey(node, leg));
  // Calls are looked into: a re-run keeps the jobs inside one by one.
  if (!node.fresh && kept && !node.job.called) return noteKeptJob(node, kept);
  if (outer.cancelled && !isWanted(node, true)) return noteUnstartedJob(node, leg, 'cancelled', outer.reason);
  node.run.busy.enter();
  try {
    return await (node.job.called ? runCall(node, leg, outer) : runStepsJob(node, leg, outer));
  } catch (error) {
    return noteUnstartedJob(node, leg, 'failure', explain(error, node.run.note));
  } finally {
    node.run.busy.leave();
  }
}
