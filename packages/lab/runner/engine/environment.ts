import type { EnvironmentDecision, EnvironmentWait } from '../../github/ports.ts';
import { isObject, resolve, resolveText, type Scope, textOf } from '../language/expressions.ts';
import { entriesOf } from '../language/read-parts.ts';
import { isTemplateMapping, type Template } from '../language/template.ts';
import type { Draft, JobRecord } from '../records.ts';
import type { Activity } from './activity.ts';
import type { CancelScope } from './cancellation.ts';
import type { JobNode } from './job-node.ts';
import { beginWait } from './run-state.ts';

export interface EnvironmentWish {
  readonly name: string;
  readonly deployment: boolean;
}

/** `environment` before the job; its `url` is evaluated after the steps. An empty name is none. */
export function readEnvironment(template: Template | undefined, scope: Scope): EnvironmentWish | undefined {
  if (template === undefined || template === null) return undefined;
  if (!isTemplateMapping(template)) {
    const value = resolve(template, scope);
    const name = textOf(isObject(value) ? (value.name ?? '') : value);
    return name === '' ? undefined : { name, deployment: !isObject(value) || value.deployment !== false };
  }
  const parts = entriesOf(template);
  const name = resolveText(parts.get('name') ?? '', scope);
  const deployment = parts.has('deployment') ? resolve(parts.get('deployment') ?? true, scope) : true;
  return name === '' ? undefined : { name, deployment: deployment !== false };
}

/** Waits for the environment's rules and reviewers. */
export async function enterEnvironment(
  { run }: JobNode,
  record: Draft<JobRecord>,
  wish: EnvironmentWish,
  { activity, cancel }: { readonly activity: Activity; readonly cancel: CancelScope },
): Promise<'entered' | 'cancelled' | 'failure'> {
  const { id } = record;
  if (id === undefined) throw new Error(`Job ${record.key} has no id`);
  const { clock } = run.ports;
  const noted = beginWait(clock.now, [], { for: 'environment', detail: wish.name });
  const decision = await activity.rest<EnvironmentDecision | undefined>(wake => {
    let waiting = false;
    let settled = false;
    const settle = (result: EnvironmentDecision | undefined) => {
      if (settled) return;
      settled = true;
      if (waiting) run.busy.enter();
      wake(result);
    };
    const request = { runId: run.record.id, jobId: id, environment: wish.name, deployment: wish.deployment };
    const wait: EnvironmentWait = run.repository.requestEnvironment(request, settle);
    if (settled) return;
    if (wait.reviewers.length > 0) {
      Object.assign(noted.wait, { detail: `${wish.name} (${wait.reviewers.join(', ')})` });
      waiting = true;
      record.status = 'waiting';
      run.repository.updateJob(id, { status: 'waiting' });
      record.waits.push(noted.wait);
      run.tell({ kind: 'job-waits', job: record, wait: noted.wait });
      run.busy.leave();
    }
    cancel.onCancel(() => {
      if (settled) return;
      wait.withdraw();
      settle(undefined);
    });
  });
  if (decision === undefined) {
    noted.end('cancelled');
    return 'cancelled';
  }
  noted.end(decision.by ? `${decision.state} by ${decision.by}` : decision.state);
  if (decision.state === 'entered') return 'entered';
  record.annotations.push({ level: 'failure', message: decision.message, file: '.github', line: 1, endLine: 1 });
  return 'failure';
}
