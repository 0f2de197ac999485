import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import { unlessMissing } from '#aws/missing';
import type { Finding } from '#core/finding';
import { type Ending, lostSight, type Preparation, type Rollout } from '#core/target';
import { type PipelineContext, shortId } from './context.ts';
import { type ExecutionEnding, followExecution } from './follow.ts';
import { effective, noSuchPipeline, type Observed, observePipeline, runsIn, standingOf } from './observe.ts';
import { endingOf } from './rollout.ts';
import { type PipelineState, pipelineSnapshot, type StageSnapshot } from './snapshot.ts';
import type { Structure } from './structure.ts';

interface StagePlan {
  readonly goal: StageSnapshot;
  /** An execution that goes back to it already: an earlier run has asked for it, or the stage itself. */
  readonly underWay?: string;
}

/** Plans the way back: the stages that run something else, the last one first. */
export async function prepareRestore(
  context: PipelineContext,
  state: PipelineState,
  timeout: number,
): Promise<Preparation> {
  const stages = state.stages.map(entry => entry.stage);
  const observed = await observePipeline(context, state.pipeline, stages);
  if (observed === undefined) return { kind: 'refused', findings: [noSuchPipeline(state.pipeline, context.region)] };
  const snapshot = pipelineSnapshot(standingOf(observed));
  const open = state.stages.filter(goal => !isThereAlready(observed, goal)).toReversed();
  if (open.length === 0) {
    const message = `${state.pipeline}: ${stages.join(', ')} already as wanted.`;
    return {
      kind: 'no-op',
      snapshot,
      result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence: { pipeline: state.pipeline } },
    };
  }
  const plans = open.map(goal => planStage(observed, goal));
  const findings: Finding[] = [];
  for (const plan of plans) {
    const finding = plan.underWay === undefined ? await obstacle(context, observed, plan.goal) : undefined;
    if (finding !== undefined) findings.push(finding);
  }
  if (findings.length > 0) return { kind: 'refused', findings };
  return {
    kind: 'change',
    before: snapshot,
    changes: plans.map(({ goal }) => ({
      what: `stage ${goal.stage} of ${state.pipeline}`,
      before: shortRevision(runsIn(observed, goal.stage)?.sourceRevisions?.[0]?.revisionId) ?? 'no good execution',
      after: `${revisionsOf(goal)} (as in the execution ${shortId(goal.execution)})`,
    })),
    notes: [],
    apply: async () => {
      const first = plans[0];
      if (first === undefined) throw new Error('nothing to roll back');
      const id = first.underWay ?? (await rollBack(context, observed.structure.name, first.goal));
      const rollout = createReturn(context, observed.structure, plans, id, context.clock.now() + timeout);
      return { kind: 'started', rollout, changes: [] };
    },
  };
}

function isThereAlready(observed: Observed, { stage, execution }: StageSnapshot): boolean {
  const running = runsIn(observed, stage);
  return running !== undefined && effective(running) === execution;
}

function planStage({ states, recent }: Observed, goal: StageSnapshot): StagePlan {
  const latest = states.find(state => state.stageName === goal.stage)?.latestExecution;
  const execution = recent.find(each => each.pipelineExecutionId === latest?.pipelineExecutionId);
  const goesBack = latest?.status === 'InProgress' && latest.type === 'ROLLBACK';
  if (!goesBack || execution === undefined || effective(execution) !== goal.execution) return { goal };
  return { goal, underWay: latest.pipelineExecutionId ?? '' };
}

/** What CodePipeline would refuse, known before: https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html */
async function obstacle(
  { pipelines }: PipelineContext,
  { structure, states }: Observed,
  goal: StageSnapshot,
): Promise<Finding | undefined> {
  const { name, isV2, mode, stages, version } = structure;
  const impossible = (why: string): Finding => ({
    reason: 'stage-rollback-impossible',
    message: `The stage ${goal.stage} of ${name} cannot be rolled back to the execution ${shortId(goal.execution)}: ${why}.`,
    evidence: { pipeline: name, stage: goal.stage, execution: goal.execution },
    next: `Release ${revisionsOf(goal)} again: it is what the stage ran.`,
    where: { kind: 'call', call: 'codepipeline:RollbackStage' },
  });
  if (!isV2) return impossible('pipelines of type V1 have no rollback');
  if (mode === 'PARALLEL') return impossible('there is no rollback in the execution mode PARALLEL');
  if (!stages.includes(goal.stage)) return impossible('the pipeline has no such stage any more');
  const then = await versionOf({ pipelines }, name, goal.execution);
  if (then === undefined) return impossible('CodePipeline does not know that execution any more');
  if (then !== version) return impossible('the structure of the pipeline has changed since');
  const latest = states.find(state => state.stageName === goal.stage)?.latestExecution;
  if (latest?.status !== 'InProgress' && latest?.status !== 'Stopping') return undefined;
  return {
    reason: 'stage-busy',
    message: `The stage ${goal.stage} of ${name} cannot be rolled back while the execution ${shortId(latest.pipelineExecutionId)} is ${latest.status} in it.`,
    evidence: { pipeline: name, stage: goal.stage, execution: latest.pipelineExecutionId ?? '' },
    where: { kind: 'call', call: 'codepipeline:GetPipelineState' },
  };
}

async function versionOf({ pipelines }: Pick<PipelineContext, 'pipelines'>, name: string, id: string) {
  const execution = await unlessMissing('PipelineExecutionNotFoundException', pipelines.execution(name, id));
  return execution?.pipelineVersion;
}

/** After a call without an answer the pipeline itself says whether it has happened. */
async function rollBack({ pipelines }: PipelineContext, name: string, goal: StageSnapshot): Promise<string> {
  const before = new Set((await pipelines.executions(name, 20)).map(each => each.pipelineExecutionId));
  try {
    return await pipelines.rollBack(name, goal.stage, goal.execution);
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'unknown-effect') throw error;
    const now = await pipelines.executions(name, 20);
    const begun = now.find(
      each =>
        !before.has(each.pipelineExecutionId) &&
        each.executionType === 'ROLLBACK' &&
        effective(each) === goal.execution,
    );
    return begun?.pipelineExecutionId ?? pipelines.rollBack(name, goal.stage, goal.execution);
  }
}

/** A stage that CodePipeline does not roll back when others are back already: nobody may say that nothing was changed. */
async function tryRollBack(context: PipelineContext, name: string, goal: StageSnapshot): Promise<string | Ending> {
  try {
    return await rollBack(context, name, goal);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const lost = lostSight(findingOf(error), `The stage ${goal.stage} of ${name} was not rolled back.`);
    return { ...lost, after: null, explanation: [] };
  }
}

/** Rolls one stage back after the other; each in an execution of its own, which is followed. `firstId`: of the first one. */
function createReturn(
  context: PipelineContext,
  structure: Structure,
  plans: readonly StagePlan[],
  firstId: string,
  deadline: number,
): Rollout {
  const identity = [firstId];
  let last: ExecutionEnding | undefined;

  const follow = async (): Promise<Ending> => {
    for (const [index, { goal, underWay }] of plans.entries()) {
      const begun = index === 0 ? firstId : (underWay ?? (await tryRollBack(context, structure.name, goal)));
      if (typeof begun !== 'string') return begun;
      if (index > 0) identity.push(begun);
      const text = `rolls ${goal.stage} back to ${revisionsOf(goal)} in the execution ${shortId(begun)}`;
      context.report({ subject: structure.name, text, level: 'info' });
      const startedAt = context.clock.now();
      last = await followExecution(context, { pipeline: structure.name, id: begun, startedAt, deadline });
      if (last.outcome !== 'succeeded') return endingOf(context, structure, last);
    }
    if (last === undefined) throw new Error('nothing was rolled back');
    const back = plans.map(({ goal }) => `${goal.stage} runs ${revisionsOf(goal)} again`);
    return endingOf(context, structure, {
      ...last,
      reason: 'restored',
      message: `${structure.name}: ${back.join(', ')}.`,
    });
  };

  return {
    identity,
    adopted: plans[0]?.underWay !== undefined,
    follow,
    // A rollback that is stopped half-way would leave what nobody wants: it goes on by itself.
    async takeBack() {
      if (last === undefined) throw new Error('a rollback that was not followed cannot be taken back');
      return endingOf(context, structure, last);
    },
    letGo: async () => (last === undefined || last.final ? [] : ['The rollback goes on by itself.']),
  };
}

function revisionsOf({ revisions, execution }: StageSnapshot): string {
  const all = Object.values(revisions).map(revision => shortRevision(revision) ?? '');
  return all.length === 0 ? `what the execution ${shortId(execution)} ran` : all.join(', ');
}

/** A commit as people write it. */
function shortRevision(revision: string | undefined): string | undefined {
  return revision !== undefined && /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 12) : revision;
}
