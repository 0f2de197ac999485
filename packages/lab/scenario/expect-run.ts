import type { JobRecord, RunRecord, StepRecord } from '../runner/records.ts';
import { runCallShortfalls } from './expect-calls.ts';
import type { Expectation } from './schema.ts';
import { differs, holds, indent, lacks } from './shortfall.ts';
import { noRunOfStep, runOfStep, type Stage } from './stage.ts';

/** What the newest run of the present step came to. */
export function runShortfalls(stage: Stage, wanted: NonNullable<Expectation['run']>): readonly string[] {
  const run = runOfStep(stage, wanted.workflow, wanted.of);
  if (run === undefined) return [noRunOfStep(stage, wanted.workflow, wanted.of)];
  const conclusion = run.conclusion ?? run.status;
  const jobs = Object.entries(wanted.jobs ?? {}).flatMap(([name, result]) => {
    const job = run.jobs.find(candidate => candidate.name === name);
    if (job === undefined) {
      return [`run “${run.title}” has no job ${name}; it has ${run.jobs.map(each => each.name).join(', ')}`];
    }
    return differs(`job ${name}`, result, job.conclusion ?? job.status);
  });
  const took = (run.completedAt ?? Number.POSITIVE_INFINITY) - run.createdAt;
  const late =
    wanted['took-less-than'] === undefined || took < wanted['took-less-than']
      ? []
      : [`run ${run.title} took ${took / 1000} s`];
  return [
    ...differs(`run “${run.title}”`, wanted.conclusion, conclusion),
    ...jobs,
    ...late,
    ...(wanted['github-at-most'] === undefined ? [] : runCallShortfalls(stage, run, wanted['github-at-most'])),
  ];
}

export function stepShortfalls(stage: Stage, wanted: NonNullable<Expectation['step']>): readonly string[] {
  const run = runOfStep(stage, undefined, wanted.of);
  if (run === undefined) return [noRunOfStep(stage, undefined, wanted.of)];
  const found = findStep(run, wanted);
  if (typeof found === 'string') return [found];
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

/** The one step of that name, or why it is not clear which one is meant. */
function findStep(
  run: RunRecord,
  { name, job: wanted }: NonNullable<Expectation['step']>,
): { readonly job: JobRecord; readonly step: StepRecord } | string {
  const jobs = run.jobs.filter(job => wanted === undefined || job.name === wanted);
  if (jobs.length === 0) {
    return `run “${run.title}” has no job ${wanted}; it has ${run.jobs.map(job => job.name).join(', ')}`;
  }
  const steps = jobs.flatMap(job => job.steps.map(step => ({ job, step })));
  const [found, another] = steps.filter(({ step }) => step.name === name);
  if (found === undefined) {
    return `run “${run.title}” has no step “${name}”; it has ${steps.map(({ step }) => step.name).join(', ')}`;
  }
  if (another === undefined) return found;
  const where =
    found.job === another.job ? `twice in ${found.job.name}` : `in ${found.job.name} and ${another.job.name}`;
  return `run “${run.title}” has a step “${name}” ${where}: say which with \`job\``;
}

function excerpt(step: StepRecord): readonly string[] {
  return [`its log ends:\n${indent(step.log.map(line => line.text).join('\n'))}`];
}
