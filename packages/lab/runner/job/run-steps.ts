import type { Result } from '../language/conditions.ts';
import { evaluateExpression, isTruthy, resolveText, resolveTexts } from '../language/expressions.ts';
import { isExpression, type Template } from '../language/template.ts';
import type { StepDefinition } from '../language/workflow.ts';
import type { Draft, StepRecord, StepResult } from '../records.ts';
import { readInputs } from '../steps/inputs.ts';
import { runScriptOf, stateKey } from '../steps/node-action.ts';
import { openStep } from '../steps/open-step.ts';
import { isFetchedFirst, resolveAction } from '../steps/resolve-action.ts';
import { runStep } from '../steps/run-step.ts';
import { stepScope } from '../steps/scope.ts';
import type { JobSession, OpenStep } from './session.ts';

/** All steps of a job in order: set-up, `pre`, the job's own, `post` backwards, the end. Nothing runs on a dead machine. */
export async function runSteps(session: JobSession, definitions: readonly StepDefinition[]): Promise<void> {
  const ready = await recorded(session, 'Set up job', '', async step => setUp(session, definitions, step));
  if (ready === 'success') {
    for (const definition of definitions) await runPre(session, definition);
  }
  for (const definition of definitions) {
    if (session.death.cancelled) return;
    if (ready === 'success') await runMain(session, definition);
    else skip(session, definition);
  }
  for (const post of session.posts.toReversed()) {
    if (session.death.cancelled) return;
    const wanted = isTruthy(evaluateExpression(post.condition, stepScope(session, session.frame)));
    await recorded(session, post.name, post.id, async step => (wanted ? post.perform(step) : 'skipped'));
  }
  if (session.death.cancelled) return;
  await recorded(session, 'Complete job', '', async step => {
    step.log.say('Cleaning up orphan processes');
    return 'success';
  });
}

/** What the job needs before its first step. An action that cannot be had fails it here. */
function setUp(session: JobSession, definitions: readonly StepDefinition[], step: OpenStep): Result {
  const { permissions } = session.record;
  step.log.say("Current runner version: '2.336.0'");
  step.log.say('GITHUB_TOKEN Permissions', 'group');
  for (const [name, access] of Object.entries({ ...permissions, metadata: 'read' })) {
    step.log.say(`${name.split('-').map(capitalised).join('')}: ${access}`);
  }
  step.log.say('', 'endgroup');
  for (const template of session.envTemplates) {
    const env = resolveTexts(template, stepScope(session, session.frame));
    for (const [name, value] of Object.entries(env)) session.env.set(name, value);
  }
  step.log.say('Prepare workflow directory');
  step.log.say('Prepare all required actions');
  const seen = new Set<string>();
  const fetch = (steps: readonly StepDefinition[]) => {
    for (const { work } of steps) {
      if (work.kind !== 'uses' || !isFetchedFirst(work.uses) || seen.has(work.uses)) continue;
      seen.add(work.uses);
      step.log.say(`Download action repository '${work.uses}'`);
      const resolved = resolveAction(session, work.uses);
      if (resolved.kind === 'files' && resolved.definition.runs.kind === 'composite')
        fetch(resolved.definition.runs.steps);
    }
  };
  fetch(definitions);
  step.log.say(`Complete job name: ${session.record.name}`);
  return 'success';
}

async function runPre(session: JobSession, definition: StepDefinition): Promise<void> {
  const { work } = definition;
  if (work.kind !== 'uses' || !isFetchedFirst(work.uses)) return;
  const resolved = resolveAction(session, work.uses);
  if (resolved.kind !== 'files' || resolved.definition.runs.kind !== 'node') return;
  const { runs, inputs: declared } = resolved.definition;
  const { pre } = runs;
  if (pre === undefined) return;
  const wanted = isTruthy(evaluateExpression(runs.preIf, stepScope(session, session.frame)));
  const result = await recorded(session, `Pre ${nameOf(session, definition)}`, definition.id, async step => {
    if (!wanted) return 'skipped';
    const inputs = readInputs(session, session.frame, step, declared, work.with, {});
    const call = { runs, place: resolved.place, uses: work.uses, inputs, env: {} };
    const status = await runScriptOf(session, session.frame, step, call, pre, step.state);
    session.savedState.set(stateKey(session.frame, step), step.state);
    return status;
  });
  if (result === 'failure' && session.frame.status === 'success') session.frame.status = 'failure';
}

async function runMain(session: JobSession, definition: StepDefinition): Promise<void> {
  const record = begin(session, nameOf(session, definition), definition.id);
  const step = openStep(session, record, definition.id);
  const end = await runStep(session, session.frame, definition, step);
  record.outputs = Object.fromEntries([...step.outputs].map(([name, value]) => [name, session.masker.mask(value)]));
  finish(session, record, end.outcome, end.conclusion);
}

function skip(session: JobSession, definition: StepDefinition): void {
  finish(session, begin(session, nameOf(session, definition), definition.id), 'skipped', 'skipped');
}

/** A step of the runner itself. One that fails fails the job. */
async function recorded(
  session: JobSession,
  name: string,
  id: string,
  work: (step: OpenStep) => Promise<Result>,
): Promise<Result> {
  const record = begin(session, name, id);
  const step = openStep(session, record, id);
  let result: Result;
  try {
    result = await work(step);
  } catch (error) {
    step.log.fail(error);
    result = 'failure';
  }
  if (result === 'failure' && session.frame.status === 'success') session.frame.status = 'failure';
  finish(session, record, result, result);
  return result;
}

function begin(session: JobSession, name: string, id: string): Draft<StepRecord> {
  const record: Draft<StepRecord> = {
    number: session.record.steps.length + 1,
    name: session.masker.mask(name),
    id,
    status: 'in_progress',
    startedAt: session.surroundings.clock.now(),
    log: [],
    outputs: {},
    summary: '',
  };
  session.record.steps.push(record);
  session.onStep('step-started', record);
  return record;
}

function finish(session: JobSession, record: Draft<StepRecord>, outcome: StepResult, conclusion: StepResult): void {
  // A machine that vanished told nobody how its step ended.
  if (session.death.cancelled) return;
  Object.assign(record, { status: 'completed', outcome, conclusion, completedAt: session.surroundings.clock.now() });
  session.onStep('step-completed', record);
}

/** The written name, or what the runner makes of the step. */
function nameOf(session: JobSession, { name, work }: StepDefinition): string {
  if (name !== undefined) return evaluated(session, name);
  if (work.kind === 'uses') return `Run ${work.uses}`;
  return `Run ${(isExpression(work.script) ? evaluated(session, work.script) : String(work.script)).trim().split('\n', 1)[0]}`;
}

/** A name that cannot be evaluated yet is no reason to fail. */
function evaluated(session: JobSession, template: Template): string {
  try {
    return resolveText(template, stepScope(session, session.frame));
  } catch {
    return isExpression(template) ? template.expression : String(template);
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
