import type { Permissions, WorldEvent } from '../../github/ports.ts';
import type { Value } from '../language/expressions.ts';
import { readWorkflow } from '../language/read-workflow.ts';
import type { Workflow } from '../language/workflow.ts';
import type { RunnerRepository } from '../ports.ts';
import { factsOf, isDeletion } from '../triggers/facts.ts';
import { readDispatch } from '../triggers/inputs.ts';
import { startsOn } from '../triggers/triggers.ts';
import { loadWorkflow } from './load.ts';
import type { RunState } from './run-state.ts';
import { openRun, type RunnerCore } from './start-run.ts';

/** The runs that an event starts, one for each workflow file of its commit that asks for it. */
export async function startRuns(
  core: RunnerCore,
  event: WorldEvent,
  defaults: Permissions,
  launch: (state: RunState) => void,
): Promise<readonly number[]> {
  if (isDeletion(event)) return [];
  const repository = core.ports.github.repository(event.repository);
  const facts = factsOf(event, repository);
  const started: number[] = [];
  for (const path of pathsFor(event, repository)) {
    const content = repository.readFile(event.sha, path);
    if (content === undefined) throw new Error(`${path} is not in ${event.sha}`);
    const reading = await readWorkflow(path, content.toString('utf8'));
    // A file that cannot be read fails on every push: nobody can tell what it would start on.
    if (reading.ok ? !startsOn(reading.workflow, facts) : event.name !== 'push') continue;
    const source = { repository: event.repository, path, sha: event.sha, ref: event.ref };
    const loading = await loadWorkflow(core.ports.github, source, defaults);
    const inputs =
      reading.ok && event.name === 'workflow_dispatch' ? dispatched(reading.workflow, event, repository) : {};
    const { runId, state } = openRun(core, repository, { event, path, loading, inputs });
    started.push(runId);
    if (state) launch(state);
  }
  return started;
}

/** A dispatch is for one workflow; other events look at all files directly in the folder. */
function pathsFor(event: WorldEvent, repository: RunnerRepository): readonly string[] {
  if (event.workflowPath !== undefined) return [event.workflowPath];
  return repository.listFiles(event.sha).filter(path => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
}

function dispatched(
  workflow: Workflow,
  event: WorldEvent,
  repository: RunnerRepository,
): Readonly<Record<string, Value>> {
  const { inputs } = event.payload;
  const given = typeof inputs === 'object' && inputs !== null ? Object.fromEntries(Object.entries(inputs)) : {};
  const environments = repository.environments().map(environment => environment.name);
  const reading = readDispatch(workflow.dispatchInputs, given, environments);
  if (!reading.ok) throw new Error(`The API would have answered 422: ${reading.problems.join('; ')}`);
  return reading.inputs;
}
