import type { Finding } from '#core/finding';
import type { CodePipelineComponent } from '#core/flow/targets/codepipeline';
import type { Snapshot } from '#core/receipt';
import type { Artifacts } from '#core/release';
import type { Driver, Preparation } from '#core/target';
import { unreadable } from '../unreadable.ts';
import { carries, isOpen } from './choose.ts';
import { type PipelineContext, shortId } from './context.ts';
import { closedTransitions, noSuchPipeline, type Observed, observePipeline, runsIn, standingOf } from './observe.ts';
import { prepareRestore } from './restore.ts';
import { pipelineSnapshot, readPipelineSnapshot } from './snapshot.ts';
import { type StartPlan, startOrAdopt } from './start.ts';
import { type Wanted, wantedOf } from './structure.ts';

export interface PipelineSpec {
  readonly component: CodePipelineComponent;
  /** The commit of the release. */
  readonly commit: string;
  readonly artifacts: Artifacts;
}

/** The driver of one component on CodePipeline. */
export function createPipelineDriver(context: PipelineContext, { component, commit, artifacts }: PipelineSpec): Driver {
  return {
    async prepare() {
      const observed = await observePipeline(context, component.pipeline, component.stages);
      if (observed === undefined)
        return { kind: 'refused', findings: [noSuchPipeline(component.pipeline, context.region)] };
      const result = wantedOf(component, observed.structure, commit, artifacts);
      if (!result.ok) return { kind: 'refused', findings: result.findings };
      const { wanted } = result;
      const closed = closedTransitions(observed);
      // One that is under way may be past it: it is followed all the same.
      const under = observed.recent.some(each => isOpen(each) && carries(each, wanted));
      if (closed.length > 0 && !under) return { kind: 'refused', findings: closed };
      return preparation(context, component, observed, wanted);
    },

    restore: snapshot => restorePipeline(context, snapshot, component.timeout),
  };
}

/** A driver that only brings back: the snapshot itself names the pipeline. `timeout` in ms. */
export function createReturningDriver(context: PipelineContext, timeout: number): Driver {
  return {
    prepare: () => {
      throw new Error('a driver that brings back deploys nothing');
    },
    restore: snapshot => restorePipeline(context, snapshot, timeout),
  };
}

async function restorePipeline(context: PipelineContext, snapshot: Snapshot, timeout: number): Promise<Preparation> {
  const state = readPipelineSnapshot(snapshot);
  if (state === undefined) return { kind: 'refused', findings: [unreadable(snapshot)] };
  return prepareRestore(context, state, timeout);
}

async function preparation(
  context: PipelineContext,
  component: CodePipelineComponent,
  observed: Observed,
  wanted: Wanted,
): Promise<Preparation> {
  const { structure, recent } = observed;
  const { name } = structure;
  const open = recent.filter(isOpen);
  const under = open.find(each => carries(each, wanted));
  const standing = standingOf(observed, under?.pipelineExecutionId);
  const snapshot = pipelineSnapshot(standing);
  if (open.length === 0 && (await runsEverywhere(context, component, observed, wanted))) {
    const message = `${name} runs ${wanted.revision} already.`;
    const evidence = { pipeline: name, revision: wanted.revision };
    return { kind: 'no-op', snapshot, result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence } };
  }
  const comes = component.start === 'adopt' && wanted.source.detectsChanges && !observed.pollingDisabled;
  const grace = comes ? component.grace : 0;
  const known = new Set(recent.flatMap(each => each.pipelineExecutionId ?? []));
  const plan: StartPlan = { component, structure, wanted, known, grace };
  const before = beforeText(observed);
  return {
    kind: 'change',
    before: standing.stages.length > 0 ? snapshot : null,
    changes: [{ what: `pipeline ${name}`, before, after: afterText(component, wanted, under?.pipelineExecutionId) }],
    notes: notesOf(observed, component),
    apply: async () => {
      const applied = await startOrAdopt(context, plan);
      if (applied.kind === 'ended') return applied;
      return { ...applied, changes: applied.changes.map(row => ({ ...row, before })) };
    },
  };
}

/** Nothing has to happen only when every stage that deploys ended well with this revision, and with these variables. */
async function runsEverywhere(
  { pipelines }: PipelineContext,
  { variables }: CodePipelineComponent,
  observed: Observed,
  wanted: Wanted,
): Promise<boolean> {
  const { name, deploying } = observed.structure;
  const running = deploying.map(stage => runsIn(observed, stage));
  if (running.length === 0 || !running.every(each => each !== undefined && carries(each, wanted))) return false;
  const given = Object.entries(variables);
  if (given.length === 0) return true;
  for (const id of new Set(running.map(each => each?.pipelineExecutionId ?? ''))) {
    const resolved = (await pipelines.execution(name, id)).variables ?? [];
    if (!given.every(([key, value]) => resolved.some(each => each.name === key && each.resolvedValue === value))) {
      return false;
    }
  }
  return true;
}

function beforeText(observed: Observed): string {
  const stages = observed.structure.deploying.map(stage => {
    const running = runsIn(observed, stage);
    const what = running === undefined ? 'no good execution' : (running.sourceRevisions?.[0]?.revisionId ?? 'unknown');
    return `${stage}: ${what}`;
  });
  return stages.join(', ');
}

function afterText({ start }: CodePipelineComponent, { revision }: Wanted, id: string | undefined): string {
  if (id !== undefined) return `${revision} (execution ${shortId(id)}, under way)`;
  return start === 'adopt' ? `${revision} (the execution that the push starts)` : `${revision} (a new execution)`;
}

/** What a reviewer should know before. */
function notesOf({ structure }: Observed, { onFailure }: CodePipelineComponent): readonly Finding[] {
  if (onFailure === 'leave' || (structure.isV2 && structure.mode !== 'PARALLEL')) return [];
  const why = structure.isV2 ? 'in the execution mode PARALLEL' : 'of type V1';
  const message = `No stage of ${structure.name} can be rolled back: it is a pipeline ${why}.`;
  return [{ reason: 'stage-rollback-impossible', message, evidence: { pipeline: structure.name } }];
}
