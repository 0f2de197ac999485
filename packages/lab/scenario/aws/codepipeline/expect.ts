import { type Execution, hasEnded, type Pipeline } from '../../../aws/codepipeline/state.ts';
import type { Expectation } from '../../schema.ts';
import { differs } from '../../shortfall.ts';
import { noRunOfStep, runOfStep, type Stage } from '../../stage.ts';

type Wanted = NonNullable<Expectation['pipeline']>;

export function pipelineShortfalls(stage: Stage, wanted: Wanted): readonly string[] {
  const { lab, scenario } = stage;
  const pipeline = lab.aws.pipelines.pipeline(
    { account: wanted.account, region: scenario.aws.region },
    wanted.pipeline,
  );
  const told = pipeline.executions.filter(execution => execution.startedAt >= Date.parse(scenario.start));
  const name = wanted.pipeline;
  return [
    ...differs(`${name}, executions`, wanted.executions, told.map(inWords)),
    ...differs(
      `${name}, triggers`,
      wanted.triggers,
      told.map(({ trigger }) => trigger.triggerType),
    ),
    ...Object.entries(wanted.stages ?? {}).flatMap(([at, commit]) =>
      differs(`${name}, last success of ${at}`, commit, lastSuccess(pipeline, at)),
    ),
    ...lagShortfalls(stage, wanted, told.at(-1)),
  ];
}

function inWords(execution: Execution): string {
  const { type, runs, status } = execution;
  const back = type === 'ROLLBACK' ? `rollback of ${runs[0]?.stage ?? 'nothing'} to ` : '';
  return `${back}${commitOf(execution)}: ${status}`;
}

function commitOf({ revisions }: Execution): string {
  return revisions[0]?.summary ?? 'unknown';
}

/** The commit of whichever run of the stage ended well last. */
function lastSuccess({ executions }: Pipeline, stage: string): string {
  const runs = executions
    .flatMap(execution => execution.runs)
    .filter(run => run.stage === stage && run.status === 'Succeeded');
  const [last] = runs.toSorted((one, other) => endOf(other) - endOf(one));
  return last === undefined ? 'none' : commitOf(last.execution);
}

function endOf({ actions }: Execution['runs'][number]): number {
  return Math.max(...actions.map(action => action.updatedAt));
}

/** How long after the end of the execution the run ended. */
function lagShortfalls(stage: Stage, wanted: Wanted, newest: Execution | undefined): readonly string[] {
  const most = wanted['followed-within'];
  if (most === undefined) return [];
  const run = runOfStep(stage);
  if (run === undefined) return [noRunOfStep(stage)];
  const end = newest === undefined || !hasEnded(newest) ? Number.POSITIVE_INFINITY : newest.updatedAt;
  const lag = (run.completedAt ?? Number.POSITIVE_INFINITY) - end;
  return lag >= 0 && lag <= most ? [] : [`the run ended ${lag / 1000} s after the execution of ${wanted.pipeline}`];
}
