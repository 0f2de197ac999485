import { resolveText, type Scope, type Value } from '../language/expressions.ts';
import type { CallWork } from '../language/workflow.ts';
import { readCallInputs } from '../triggers/inputs.ts';
import type { CancelScope } from './cancellation.ts';
import { workflowContexts } from './contexts.ts';
import { type GroupWish, readConcurrency } from './group-claim.ts';
import type { JobNode, Leg, WorkflowInstance } from './job-node.ts';
import { jobName, jobScope, legKey } from './job-scope.ts';
import type { LoadedWorkflow } from './load.ts';
import type { JobOutcome } from './run-state.ts';

export interface PreparedCall {
  readonly name: string;
  readonly instance: WorkflowInstance;
  /** Of the calling job, then of the called workflow. */
  readonly groups: readonly GroupWish[];
  /** `on.workflow_call.outputs` after the jobs. */
  readonly outputs: (jobs: ReadonlyMap<string, JobOutcome>) => Readonly<Record<string, string>>;
}

/** Evaluates everything that a call hands over. Throws when a value does not fit the called workflow. */
export function prepareCall(node: JobNode, leg: Leg | undefined, outer: CancelScope): PreparedCall {
  const { run, instance, job } = node;
  const { called } = job;
  const { work, concurrency } = job.definition;
  if (!called?.workflow.call || work.kind !== 'call') throw new Error(`Job '${job.definition.id}' calls no workflow`);
  const name = jobName(node, leg);
  const key = legKey(node, leg);
  const scope = jobScope(node, leg);
  const inputs = readCallInputs(called.workflow.call.inputs, work.with, scope, { contexts: workflowContexts(run, {}) });
  const own = readConcurrency(concurrency, scope);
  const inside = readConcurrency(called.workflow.concurrency, { contexts: workflowContexts(run, inputs) });
  const groups = [own, inside].filter(group => group !== undefined);
  return {
    name,
    groups,
    instance: {
      loaded: called,
      prefix: `${key}/`,
      namePrefix: `${name} / `,
      caller: key,
      inputs,
      ...passSecrets(instance, work, called, scope),
      heldGroups: new Set([...instance.heldGroups, ...groups.map(group => group.group.toLowerCase())]),
      cancel: outer.inner(),
      fresh: node.fresh,
    },
    outputs: outcomes => readOutputs(node, called, inputs, outcomes),
  };
}

/** Named secrets, or all of them: `inherit` ends at the owner, and takes environment secrets along. */
function passSecrets(instance: WorkflowInstance, work: CallWork, called: LoadedWorkflow, scope: Scope) {
  if (work.secrets === 'inherit') {
    const owner = (workflow: LoadedWorkflow) => workflow.source.repository.split('/')[0];
    if (owner(called) !== owner(instance.loaded)) return { secrets: {}, seesEnvironmentSecrets: false };
    return { secrets: instance.secrets, seesEnvironmentSecrets: instance.seesEnvironmentSecrets };
  }
  const contexts = { ...scope.contexts, secrets: instance.secrets };
  const secrets = [...work.secrets].map(([name, template]) => [name, resolveText(template, { contexts })] as const);
  return { secrets: Object.fromEntries(secrets), seesEnvironmentSecrets: false };
}

function readOutputs(
  { run }: JobNode,
  called: LoadedWorkflow,
  inputs: Readonly<Record<string, Value>>,
  outcomes: ReadonlyMap<string, JobOutcome>,
): Readonly<Record<string, string>> {
  const jobs = Object.fromEntries([...outcomes].map(([id, { result, outputs }]) => [id, { result, outputs }]));
  const scope = { contexts: { ...workflowContexts(run, inputs), jobs } };
  const outputs = [...(called.workflow.call?.outputs ?? [])].map(([name, template]) => [
    name,
    resolveText(template, scope),
  ]);
  return Object.fromEntries(outputs);
}
