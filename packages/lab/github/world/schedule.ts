/** schedule: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule */
import { basePayload } from '../events/payloads.ts';
import { findWorkflow, isRecord, triggersOf } from './dispatch.ts';
import type { Lab } from './lab.ts';
import type { By, RepositoryState } from './state.ts';

/**
 * The clock starts a workflow, on the newest commit of the default branch and at any time: GitHub promises none. Its actor is who has
 * last changed the cron line.
 */
export function startBySchedule(lab: Lab, repository: RepositoryState, name: string, by: By): void {
  const workflow = findWorkflow(lab, repository, name);
  const ref = `refs/heads/${repository.defaultBranch}`;
  const sha = repository.git.refs.get(ref) ?? '';
  const on = triggersOf(repository, workflow, sha);
  const schedules = isRecord(on) && Array.isArray(on.schedule) ? on.schedule : [];
  const [first] = schedules.flatMap((entry: unknown) =>
    isRecord(entry) && typeof entry.cron === 'string' ? [entry.cron] : [],
  );
  if (first === undefined) throw new Error(`${workflow.path} has no schedule`);
  lab.emit({
    name: 'schedule',
    repository: repository.fullName,
    at: lab.clock.now(),
    ref,
    sha,
    actor: by.account.login,
    workflowPath: workflow.path,
    payload: { schedule: first, workflow: workflow.path, ...basePayload(lab, repository, by.account) },
  });
}
