import type { Permissions } from '../../github/ports.ts';
import { readWorkflow } from '../language/read-workflow.ts';
import type { CallWork, JobDefinition, Workflow } from '../language/workflow.ts';
import type { RunnerGitHub } from '../ports.ts';
import { callProblems } from '../triggers/inputs.ts';
import { describeExcess, excessOver, grantedBy } from './permissions.ts';

/** A workflow with everything that it calls, read and checked before anything runs. */
export interface LoadedWorkflow {
  readonly workflow: Workflow;
  readonly source: WorkflowSource;
  readonly jobs: ReadonlyMap<string, LoadedJob>;
}

export interface LoadedJob {
  readonly definition: JobDefinition;
  readonly permissions: Permissions;
  /** Of a job with `uses`. */
  readonly called?: LoadedWorkflow;
}

/** The commit that a workflow file was read from. */
export interface WorkflowSource {
  readonly repository: string;
  readonly path: string;
  readonly sha: string;
  /** As `github.workflow_ref` shows it: `refs/heads/main`, or the `v1` of `uses: …@v1`. */
  readonly ref: string;
}

export type Loading =
  | { readonly ok: true; readonly loaded: LoadedWorkflow; readonly called: readonly WorkflowSource[] }
  | { readonly ok: false; readonly problems: readonly string[]; readonly name: string };

/** Ten levels with the top one, fifty different called workflows (docs: "Reusing workflow configurations"). */
const MAX_LEVELS = 10;
const MAX_CALLED = 50;

/** Reads a workflow and its calls. Every problem is one that makes GitHub fail the run at start-up. */
export async function loadWorkflow(
  github: RunnerGitHub,
  source: WorkflowSource,
  defaults: Permissions,
): Promise<Loading> {
  const called = new Map<string, WorkflowSource>();
  const problems: string[] = [];
  const top = await read(github, source);
  if (!top.ok) return { ok: false, problems: top.problems, name: source.path };

  const load = async (
    workflow: Workflow,
    from: WorkflowSource,
    allowed: Permissions,
    level: number,
  ): Promise<LoadedWorkflow> => {
    const base = grantedBy(workflow.permissions, allowed);
    const jobs = new Map<string, LoadedJob>();
    for (const definition of workflow.jobs) {
      const permissions = grantedBy(definition.permissions, base);
      const { work } = definition;
      if (work.kind === 'steps') {
        jobs.set(definition.id, { definition, permissions });
        continue;
      }
      const place = `${from.path} (Line: ${definition.line}, Col: ${definition.column})`;
      const called = await loadCall(work, from, permissions, level, place);
      jobs.set(definition.id, called ? { definition, permissions, called } : { definition, permissions });
    }
    return { workflow, source: from, jobs };
  };

  const loadCall = async (work: CallWork, from: WorkflowSource, allowed: Permissions, level: number, place: string) => {
    const fail = (text: string) => {
      problems.push(`${place}: ${text}`);
      return undefined;
    };
    const target = locateWorkflow(github, work.uses, from);
    if (typeof target === 'string') return fail(target);
    const id = `${target.repository}/${target.path}@${target.ref}`;
    if (level >= MAX_LEVELS)
      return fail(`Error calling workflow '${id}'. The nesting depth limit of ${MAX_LEVELS} was exceeded.`);
    called.set(id, target);
    if (called.size > MAX_CALLED)
      return fail(`Too many workflows are referenced, total: ${called.size}, limit: ${MAX_CALLED}`);

    const reading = await read(github, target);
    if (!reading.ok) return fail(`error parsing called workflow "${work.uses}": ${reading.problems.join('; ')}`);
    const { workflow } = reading;
    if (!workflow.call)
      return fail(
        `error parsing called workflow "${work.uses}": workflow is not reusable as it is missing a \`on.workflow_call\` trigger`,
      );

    for (const problem of [...callProblems(workflow.call.inputs, work.with), ...secretProblems(workflow, work)])
      fail(problem);
    const refuse = (who: string, wanted: Permissions) => {
      const excess = excessOver(wanted, allowed);
      if (excess.length > 0) fail(`Error calling workflow '${id}'. The ${who} is ${describeExcess(excess)}.`);
    };
    const base = grantedBy(workflow.permissions, allowed);
    refuse('workflow', base);
    for (const job of workflow.jobs)
      if (job.permissions) refuse(`nested job '${job.id}'`, grantedBy(job.permissions, base));
    return load(workflow, target, allowed, level + 1);
  };

  const loaded = await load(top.workflow, source, defaults, 1);
  if (problems.length > 0) return { ok: false, problems, name: top.workflow.name };
  return { ok: true, loaded, called: [...called.values()] };
}

/** Every workflow that is called below one, the nearest first. */
export function calledBy({ jobs }: LoadedWorkflow): readonly WorkflowSource[] {
  const found = new Map<string, WorkflowSource>();
  for (const { called } of jobs.values()) {
    if (!called) continue;
    for (const source of [called.source, ...calledBy(called)]) {
      found.set(`${source.repository}/${source.path}@${source.ref}`, source);
    }
  }
  return [...found.values()];
}

async function read(github: RunnerGitHub, source: WorkflowSource) {
  const content = github.repository(source.repository).readFile(source.sha, source.path);
  if (content === undefined) return { ok: false, problems: [`${source.path}: workflow was not found`] } as const;
  return readWorkflow(source.path, content.toString('utf8'));
}

/** Where `uses` of a job leads, or why nowhere. `./` and `$/` stay in the commit of the file that says so. */
function locateWorkflow(github: RunnerGitHub, uses: string, from: WorkflowSource): WorkflowSource | string {
  const local = /^(?:\.|\$)\/(?<path>\.github\/workflows\/[^/@]+\.ya?ml)$/.exec(uses);
  if (local?.groups?.path) return { ...from, path: local.groups.path };
  const remote = /^(?<repository>[^/]+\/[^/]+)\/(?<path>\.github\/workflows\/[^/@]+\.ya?ml)@(?<ref>.+)$/.exec(uses);
  const { repository, path, ref } = remote?.groups ?? {};
  if (!repository || !path || !ref) {
    return `invalid value workflow reference: '${uses}' (expected ./.github/workflows/file.yml or owner/repository/.github/workflows/file.yml@ref)`;
  }
  const sha = github.hasRepository(repository) ? github.repository(repository).resolve(ref) : undefined;
  return sha ? { repository, path, ref, sha } : `error parsing called workflow "${uses}": workflow was not found.`;
}

function secretProblems(workflow: Workflow, work: CallWork): string[] {
  if (work.secrets === 'inherit' || !workflow.call) return [];
  const { secrets } = work;
  const known = new Set(workflow.call.secrets.map(secret => secret.name));
  return [
    ...[...secrets.keys()]
      .filter(name => !known.has(name))
      .map(name => `Invalid secret, ${name} is not defined in the referenced workflow.`),
    ...workflow.call.secrets
      .filter(secret => secret.required && !secrets.has(secret.name))
      .map(secret => `Secret ${secret.name} is required, but not provided while calling.`),
  ];
}
