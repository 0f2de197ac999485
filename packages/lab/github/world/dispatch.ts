/** workflow_dispatch: https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event */
import { parse } from 'yaml';
import { basePayload } from '../events/payloads.ts';
import type { Lab } from './lab.ts';
import { notFound, Refusal } from './refusal.ts';
import { refNamed } from './revisions.ts';
import { ensureWorkflow } from './runs.ts';
import type { By, RepositoryState, WorkflowState } from './state.ts';
import { workflowFiles } from './workflow-files.ts';

export interface Dispatch {
  /** Id, file name or path. */
  readonly workflow: string | number;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const mostInputs = 25;

/** Answers the id that the run will have. */
export function dispatchWorkflow(lab: Lab, repository: RepositoryState, dispatch: Dispatch, by: By): number {
  const workflow = findWorkflow(lab, repository, dispatch.workflow);
  const ref = refNamed(repository, dispatch.ref);
  const sha = ref === undefined ? undefined : repository.git.peel(repository.git.refs.get(ref) ?? '');
  if (ref === undefined || sha === undefined) throw new Refusal(422, `No ref found for: ${dispatch.ref}`);
  const declared = declaredInputs(repository, workflow, sha);
  const inputs = checkedInputs(declared, dispatch.inputs);
  const runId = lab.nextId('run');
  lab.emit({
    name: 'workflow_dispatch',
    repository: repository.fullName,
    at: lab.clock.now(),
    ref,
    sha,
    actor: by.account.login,
    workflowPath: workflow.path,
    runId,
    payload: { inputs, ref, workflow: workflow.path, ...basePayload(lab, repository, by.account) },
  });
  return runId;
}

/** GitHub knows a workflow once its file is on the default branch. */
export function findWorkflow(lab: Lab, repository: RepositoryState, name: string | number): WorkflowState {
  const head = repository.git.refs.get(`refs/heads/${repository.defaultBranch}`);
  const paths = head === undefined ? [] : [...workflowFiles(repository, head).keys()];
  for (const path of paths) ensureWorkflow(lab, repository, path, path);
  const found = [...repository.workflows.values()].find(
    ({ id, path }) => String(id) === String(name) || path === name || path.split('/').at(-1) === name,
  );
  if (!found) throw notFound();
  return found;
}

interface DeclaredInput {
  readonly required?: unknown;
  readonly default?: unknown;
  readonly type?: unknown;
  readonly options?: unknown;
}

/** What the workflow says under `on`, in a commit. */
export function triggersOf(repository: RepositoryState, { path }: WorkflowState, sha: string): unknown {
  const blob = workflowFiles(repository, sha).get(path);
  const text = blob === undefined ? undefined : repository.git.objects.read(blob)?.body.toString();
  if (text === undefined) throw notFound();
  const workflow: unknown = parse(text);
  return isRecord(workflow) ? workflow.on : undefined;
}

function declaredInputs(
  repository: RepositoryState,
  workflow: WorkflowState,
  sha: string,
): Readonly<Record<string, DeclaredInput | null>> {
  const on = triggersOf(repository, workflow, sha);
  const names = typeof on === 'string' ? [on] : Array.isArray(on) ? on : isRecord(on) ? Object.keys(on) : [];
  if (!names.includes('workflow_dispatch'))
    throw new Refusal(422, "Workflow does not have 'workflow_dispatch' trigger");
  const trigger = isRecord(on) ? on.workflow_dispatch : undefined;
  const inputs = isRecord(trigger) ? trigger.inputs : undefined;
  return isRecord(inputs) ? (inputs as Readonly<Record<string, DeclaredInput | null>>) : {};
}

/** What the payload holds: every input as text, with the defaults of those that were left out. */
function checkedInputs(
  declared: Readonly<Record<string, DeclaredInput | null>>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  if (Object.keys(given).length > mostInputs)
    throw new Refusal(422, `you may only define up to ${mostInputs} \`inputs\` for a \`workflow_dispatch\` event`);
  const unexpected = Object.keys(given).filter(name => !(name in declared));
  if (unexpected.length > 0) throw new Refusal(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  const inputs: Record<string, string> = {};
  for (const [name, input] of Object.entries(declared)) {
    const value = given[name] ?? input?.default ?? (input?.type === 'boolean' ? false : undefined);
    if (value === undefined || (value === '' && input?.required === true)) {
      if (input?.required === true) throw new Refusal(422, `Required input '${name}' not provided`);
      inputs[name] = '';
      continue;
    }
    checkValue(name, input, String(value));
    inputs[name] = String(value);
  }
  return inputs;
}

function checkValue(name: string, input: DeclaredInput | null, value: string): void {
  const options = input?.type === 'choice' ? input.options : undefined;
  if (Array.isArray(options) && !options.map(String).includes(value)) {
    throw new Refusal(422, `Provided value '${value}' for input '${name}' not in the list of allowed values`);
  }
  if (input?.type === 'boolean' && value !== 'true' && value !== 'false') {
    throw new Refusal(422, `Provided value '${value}' for input '${name}' is not a boolean`);
  }
  if (input?.type === 'number' && Number.isNaN(Number(value))) {
    throw new Refusal(422, `Provided value '${value}' for input '${name}' is not a number`);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
