import type { PermissionSpec } from '../engine/permissions.ts';
import { NotModelled } from '../fault.ts';
import { patternProblem } from '../triggers/globs.ts';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from './github-language.ts';
import { readCallInterface, readDispatchInputs, readEvents, readSchedules } from './read-events.ts';
import { entriesOf, listOf, texts } from './read-parts.ts';
import { given, readStep } from './read-steps.ts';
import { onSingleLines } from './single-line.ts';
import { type Expression, isExpression, isTemplateMapping, type Template, templateOf } from './template.ts';
import type { JobDefinition, RunDefaults, StepDefinition, StepsWork, Workflow } from './workflow.ts';

/** `name` is what can be told of a file with problems; an event that `on` surely does not name starts nothing. */
export type WorkflowReading =
  | { readonly ok: true; readonly workflow: Workflow }
  | { readonly ok: false; readonly problems: readonly string[] };

const read = new Map<string, Promise<WorkflowReading>>();

/**
 * Reads a workflow file as GitHub does: its schema, then the rules that the schema cannot say. What was read is remembered: every
 * push and every call asks for the same files again.
 */
export function readWorkflow(path: string, content: string): Promise<WorkflowReading> {
  const key = `${path}\n${content}`;
  const reading = read.get(key) ?? readAnew(path, content);
  read.set(key, reading);
  return reading;
}

async function readAnew(path: string, content: string): Promise<WorkflowReading> {
  const written = await check(path, content);
  if (!written.ok) return written;
  const plain = await check(path, onSingleLines(content));
  if (!plain.ok) return plain;

  const parts = entriesOf(plain.root);
  const places = entriesOf(entriesOf(written.root).get('jobs'));
  const on = parts.get('on') ?? null;
  const workflow: Workflow = {
    path,
    name: typeof parts.get('name') === 'string' ? String(parts.get('name')) : path,
    ...given('runName', parts.get('run-name')),
    events: readEvents(on),
    schedules: readSchedules(on),
    dispatchInputs: readDispatchInputs(on),
    ...given('call', readCallInterface(on)),
    ...given('permissions', readPermissions(parts.get('permissions'))),
    ...given('env', parts.get('env')),
    ...given('defaults', readDefaults(parts.get('defaults'))),
    ...given('concurrency', parts.get('concurrency')),
    jobs: [...entriesOf(parts.get('jobs') ?? null)].map(([id, job]) =>
      readJob(id, job, plain.stepIds.get(id) ?? [], places.get(id)),
    ),
  };
  const broken = rulesBroken(workflow);
  return broken.length > 0 ? { ok: false, problems: broken } : { ok: true, workflow };
}

/** The parser's errors, or what it read with the ids that it gave to steps. */
async function check(path: string, content: string) {
  const parsed = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  const problems = () => parsed.context.errors.getErrors().map(error => error.message);
  if (parsed.value === undefined || problems().length > 0) return { ok: false, problems: problems() } as const;
  const converted = await convertWorkflowTemplate(parsed.context, parsed.value);
  if (problems().length > 0) return { ok: false, problems: problems() } as const;
  const stepIds = new Map(
    converted.jobs.map(job => [job.id.value, job.type === 'job' ? job.steps.map(step => step.id) : []]),
  );
  return { ok: true, root: templateOf(parsed.value), stepIds } as const;
}

/** `place` is the job as it stands in the file. */
function readJob(
  id: string,
  template: Template,
  stepIds: readonly string[],
  place: Template | undefined,
): JobDefinition {
  const parts = entriesOf(template);
  const needs = parts.get('needs');
  for (const key of ['container', 'services', 'snapshot']) {
    if (parts.has(key)) throw new NotModelled(`jobs.${id}.${key}`);
  }
  const uses = parts.get('uses');
  const secrets = parts.get('secrets');
  return {
    id,
    line: isTemplateMapping(place) ? place.line : 1,
    column: isTemplateMapping(place) ? place.column : 1,
    ...given('name', parts.get('name')),
    needs: typeof needs === 'string' ? [needs] : texts(needs),
    if: conditionOf(parts.get('if')),
    ...given('strategy', parts.get('strategy')),
    ...given('permissions', readPermissions(parts.get('permissions'))),
    ...given('concurrency', parts.get('concurrency')),
    work:
      typeof uses === 'string'
        ? {
            kind: 'call',
            uses,
            with: entriesOf(parts.get('with')),
            secrets: secrets === 'inherit' ? 'inherit' : entriesOf(secrets),
          }
        : readStepsWork(parts, stepIds),
  };
}

function readStepsWork(parts: ReadonlyMap<string, Template>, stepIds: readonly string[]): StepsWork {
  const steps = listOf(parts.get('steps')).map((step, index): StepDefinition => readStep(step, stepIds[index] ?? ''));
  return {
    kind: 'steps',
    runsOn: parts.get('runs-on') ?? null,
    ...given('environment', parts.get('environment')),
    ...given('env', parts.get('env')),
    outputs: entriesOf(parts.get('outputs')),
    ...given('defaults', readDefaults(parts.get('defaults'))),
    ...given('timeoutMinutes', parts.get('timeout-minutes')),
    ...given('cancelTimeoutMinutes', parts.get('cancel-timeout-minutes')),
    ...given('continueOnError', parts.get('continue-on-error')),
    steps,
  };
}

export function conditionOf(template: Template | undefined): Expression {
  return isExpression(template) ? template : { kind: 'expression', expression: 'success()' };
}

function readDefaults(template: Template | undefined): RunDefaults | undefined {
  const run = entriesOf(entriesOf(template).get('run'));
  if (run.size === 0) return undefined;
  return {
    ...given('shell', run.get('shell')),
    ...given('workingDirectory', run.get('working-directory')),
  };
}

function readPermissions(template: Template | undefined): PermissionSpec | undefined {
  if (template === undefined) return undefined;
  if (template === 'read-all' || template === 'write-all') return template;
  return Object.fromEntries([...entriesOf(template)].map(([name, level]) => [name, String(level)]));
}

/** Rules of GitHub's that its parser package does not check. */
function rulesBroken(workflow: Workflow): string[] {
  const broken: string[] = [];
  if (workflow.dispatchInputs.length > 25) {
    broken.push(`${workflow.path}: you may only define up to 25 \`inputs\` for a \`workflow_dispatch\` event`);
  }
  for (const [event, filter] of workflow.events) {
    const { types: _, workflows: __, ...patterns } = filter;
    for (const pattern of Object.values(patterns).flat()) {
      const problem = patternProblem(pattern);
      if (problem !== undefined) broken.push(`${workflow.path}: ${problem} (${event})`);
    }
    const pairs = [
      ['branches', filter.branches, filter.branchesIgnore],
      ['tags', filter.tags, filter.tagsIgnore],
      ['paths', filter.paths, filter.pathsIgnore],
    ] as const;
    for (const [name, wanted, ignored] of pairs) {
      if (wanted && ignored) {
        broken.push(
          `${workflow.path}: you may only define one of \`${name}\` and \`${name}-ignore\` for a single event (${event})`,
        );
      }
    }
  }
  return broken;
}
