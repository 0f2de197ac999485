import type { RunRecord, StepRecord } from '../runner/records.ts';
import { callShortfalls, githubCallShortfalls } from './expect-calls.ts';
import { serviceShortfalls } from './expect-service.ts';
import { journalBranch } from './journal-branch.ts';
import { deploymentState, versionsBehind } from './look.ts';
import type { Expectation } from './schema.ts';
import { differs, holds, indent, lacks } from './shortfall.ts';
import { newestRun, type Stage } from './stage.ts';

/** What fell short, as sentences; empty when the expectation holds. */
export async function shortfalls(stage: Stage, expectation: Expectation): Promise<readonly string[]> {
  const { run, step, journal, serves, service, deployment, calls, 'github-calls': githubCalls } = expectation;
  return [
    ...(run === undefined ? [] : runShortfalls(newestRun(stage, run.workflow, run.of), run)),
    ...(step === undefined ? [] : stepShortfalls(newestRun(stage, undefined, step.of), step)),
    ...(journal === undefined ? [] : journalShortfalls(stage, journal)),
    ...(serves === undefined ? [] : servesShortfalls(stage, serves)),
    ...(service === undefined ? [] : serviceShortfalls(stage, service)),
    ...(deployment === undefined ? [] : await deploymentShortfalls(stage, deployment)),
    ...(calls === undefined ? [] : callShortfalls(stage, calls)),
    ...(githubCalls === undefined ? [] : githubCallShortfalls(stage, githubCalls)),
  ];
}

function runShortfalls(run: RunRecord, wanted: NonNullable<Expectation['run']>): readonly string[] {
  const conclusion = run.conclusion ?? run.status;
  const jobs = Object.entries(wanted.jobs ?? {}).flatMap(([name, result]) => {
    const job = run.jobs.find(candidate => candidate.name === name);
    return differs(`job ${name}`, result, job === undefined ? 'missing' : (job.conclusion ?? job.status));
  });
  const took = (run.completedAt ?? Number.POSITIVE_INFINITY) - run.createdAt;
  const late =
    wanted['took-less-than'] === undefined || took < wanted['took-less-than']
      ? []
      : [`run ${run.title} took ${took / 1000} s`];
  return [...differs(`run “${run.title}”`, wanted.conclusion, conclusion), ...jobs, ...late];
}

function stepShortfalls(run: RunRecord, wanted: NonNullable<Expectation['step']>): readonly string[] {
  const steps = run.jobs.flatMap(job => job.steps.map(step => ({ job, step })));
  const found = steps.find(({ step }) => step.name === wanted.name);
  if (found === undefined)
    return [`run “${run.title}” has no step “${wanted.name}”; it has ${steps.map(({ step }) => step.name).join(', ')}`];
  const { step, job } = found;
  const what = `step “${step.name}”`;
  const log = step.log.map(line => line.text).join('\n');
  const annotations = job.annotations.filter(annotation => annotation.step === step.name).map(({ message }) => message);
  const outputs = Object.entries(wanted.outputs ?? {}).flatMap(([name, value]) =>
    differs(`${what}, output ${name}`, value, step.outputs[name]),
  );
  const took = (step.completedAt ?? Number.POSITIVE_INFINITY) - (step.startedAt ?? 0);
  const late =
    wanted['took-less-than'] === undefined || took < wanted['took-less-than'] ? [] : [`${what} took ${took / 1000} s`];
  const short = [
    ...differs(what, wanted.conclusion, step.conclusion),
    ...outputs,
    ...lacks(`${what}, its log,`, wanted.log, log),
    ...holds(`${what}, its log,`, wanted['log-lacks'], log),
    ...lacks(`${what}, its summary,`, wanted.summary, step.summary),
    ...lacks(`${what}, its annotations,`, wanted.annotation, annotations.join('\n')),
    ...late,
  ];
  return short.length === 0 || wanted.log !== undefined ? short : [...short, ...excerpt(step)];
}

function excerpt(step: StepRecord): readonly string[] {
  return [`its log ends:\n${indent(step.log.map(line => line.text).join('\n'))}`];
}

function journalShortfalls({ repository }: Stage, wanted: NonNullable<Expectation['journal']>): readonly string[] {
  const branch = journalBranch(wanted.environment);
  const text = repository.readFile(branch, 'state.json')?.toString('utf8');
  if (text === undefined) return [`there is no journal of ${wanted.environment}`];
  const state = JSON.parse(text) as JournalState;
  const what = `journal of ${wanted.environment}`;
  const events = repository
    .listFiles(branch)
    .filter(path => path.startsWith('events/'))
    .toSorted()
    .map(path => path.replace(/^events\/\d+-|\.json$/g, ''));
  const missing = (wanted.events ?? []).filter(event => !events.includes(event));
  return [
    ...differs(`${what}, running`, wanted.running, state.running?.release.version ?? null),
    ...differs(`${what}, verified`, wanted.verified, state.verified?.release.version ?? null),
    ...differs(
      `${what}, holds`,
      wanted.holds,
      state.holds.map(hold => hold.version ?? hold.component ?? hold.environment),
    ),
    ...differs(`${what}, locked`, wanted.locked, state.lock !== null),
    ...differs(
      `${what}, history`,
      wanted.history,
      state.history.map(entry => `${entry.release.version} ${entry.result}`),
    ),
    ...differs(`${what}, all events`, wanted['all-events'], events),
    ...missing.map(event => `${what}: no event ${event} in ${events.join(', ')}`),
  ];
}

interface JournalState {
  readonly running: { readonly release: { readonly version: string } } | null;
  readonly verified: { readonly release: { readonly version: string } } | null;
  readonly holds: readonly { readonly version?: string; readonly component?: string; readonly environment: string }[];
  readonly lock: unknown;
  readonly history: readonly { readonly release: { readonly version: string }; readonly result: string }[];
}

function servesShortfalls({ lab }: Stage, { host, version }: NonNullable<Expectation['serves']>): readonly string[] {
  const versions = versionsBehind(lab, host);
  return versions === undefined
    ? [`nothing answers at ${host}`]
    : differs(`versions behind ${host}`, [version], versions);
}

async function deploymentShortfalls(
  stage: Stage,
  wanted: NonNullable<Expectation['deployment']>,
): Promise<readonly string[]> {
  const { environment, release, state } = wanted;
  const what = `deployment${release === undefined ? '' : ` of ${release}`} to ${environment}`;
  return differs(what, state, await deploymentState(stage, environment, release));
}
