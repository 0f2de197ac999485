import type * as model from '@aws-sdk/client-codepipeline';
import type { PastClock } from '../ecs/past.ts';
import { answerApproval, openApproval } from './approval.ts';
import type { Engine } from './engine.ts';
import { admit, takeOut } from './progress.ts';
import { type ActionBehaviour, type Execution, hasEnded, type Pipeline, type Place } from './state.ts';
import { stopExecution } from './stop.ts';

export interface PipelineSpec {
  readonly declaration: Omit<model.PipelineDeclaration, 'name' | 'version'> & { readonly name: string };
  /** By `stage/action`. */
  readonly behaviours: ReadonlyMap<string, ActionBehaviour>;
  readonly startsAfterPush?: number;
  readonly pollingDisabled?: boolean;
}

/** What people and the lab do to pipelines from outside. Names that are not there throw. */
export interface CodePipelineWorld {
  create(place: Place, spec: PipelineSpec): void;
  pipeline(place: Place, name: string): Pipeline;
  /** Lets it have run an hour ago, from what is in its repository now. */
  runInThePast(place: Place, name: string): void;
  /** A push to a repository’s branch: pipelines that follow it start by themselves, each after its lag. */
  pushed(repository: string, branch: string, sha: string): void;
  start(place: Place, name: string, by: string): Execution;
  stop(place: Place, name: string, abandon: boolean, reason: string): void;
  setTransition(
    place: Place,
    name: string,
    stage: string,
    transition: { enabled: boolean; by: string; reason: string },
  ): void;
  setAction(place: Place, name: string, action: string, behaviour: ActionBehaviour): void;
  /** Somebody updates its structure: the version rises, and what is under way is cancelled. */
  update(place: Place, name: string): void;
  answer(
    place: Place,
    name: string,
    stage: string,
    action: string,
    status: 'Approved' | 'Rejected',
    by: string,
    summary: string,
  ): void;
}

const hour = 3_600_000;

export function createWorld(engine: Engine, clock: PastClock): CodePipelineWorld {
  const { places } = engine;
  const follows: { readonly pipeline: Pipeline; readonly repository: string; readonly branch: string }[] = [];

  function pipelineOf({ account, region }: Place, name: string): Pipeline {
    const found = places.at(account, region).get(name);
    if (found === undefined) throw new Error(`there is no pipeline ${name} in ${account}`);
    return found;
  }

  function slotOf(pipeline: Pipeline, stage: string) {
    const slot = pipeline.stages.get(stage);
    if (slot === undefined) throw new Error(`${pipeline.declaration.name} has no stage ${stage}`);
    return slot;
  }

  return {
    create({ account, region }, { declaration, behaviours, startsAfterPush, pollingDisabled = false }) {
      const stages = declaration.stages ?? [];
      const pipeline: Pipeline = {
        account,
        region,
        declaration: { ...declaration, version: 1 },
        createdAt: clock.now() - 2 * hour,
        updatedAt: clock.now() - 2 * hour,
        ...(pollingDisabled ? { pollingDisabledAt: clock.now() - hour } : {}),
        executions: [],
        stages: new Map(
          stages.map(({ name = '' }) => [
            name,
            { occupant: undefined, waiting: [], latest: undefined, transition: { enabled: true } },
          ]),
        ),
        behaviours: new Map(behaviours),
        startsAfterPush,
        tokens: new Map(),
      };
      places.at(account, region).set(declaration.name, pipeline);
      for (const { configuration = {} } of stages[0]?.actions ?? []) {
        const { FullRepositoryId: repository, BranchName: branch } = configuration;
        if (repository !== undefined && branch !== undefined) follows.push({ pipeline, repository, branch });
      }
    },

    pipeline: pipelineOf,

    runInThePast(place, name) {
      const pipeline = pipelineOf(place, name);
      const trigger = {
        triggerType: 'CreatePipeline',
        triggerDetail: `arn:aws:iam::${place.account}:user/founder`,
      } as const;
      clock.relive(clock.now() - hour, () => {
        // Whoever had to approve did so within a second.
        const ask = () => {
          for (const { run } of approvalsOf(pipeline)) {
            answerApproval(engine, pipeline, {
              stage: run.stage,
              action: run.declaration.name,
              token: run.token ?? '',
              status: 'Approved',
              summary: '',
              by: trigger.triggerDetail,
            });
          }
          if (!hasEnded(execution)) clock.at(clock.now() + 1000, ask);
        };
        const execution = engine.start(pipeline, { trigger });
        clock.at(clock.now() + 1000, ask);
      });
      const [execution] = pipeline.executions;
      if (execution?.status !== 'Succeeded') throw new Error(`${name} does not come to a good end within an hour`);
    },

    pushed(repository, branch, sha) {
      for (const { pipeline } of follows.filter(each => each.repository === repository && each.branch === branch)) {
        if (pipeline.startsAfterPush === undefined) continue;
        const [source] = pipeline.declaration.stages?.[0]?.actions ?? [];
        clock.at(clock.now() + pipeline.startsAfterPush, () => {
          engine.start(pipeline, {
            trigger: { triggerType: 'WebhookV2', triggerDetail: source?.configuration?.ConnectionArn ?? '' },
            overrides: new Map([[source?.name ?? '', sha]]),
          });
        });
      }
    },

    start: (place, name, by) =>
      engine.start(pipelineOf(place, name), { trigger: { triggerType: 'StartPipelineExecution', triggerDetail: by } }),

    stop(place, name, abandon, reason) {
      const open = pipelineOf(place, name).executions.findLast(each => !hasEnded(each));
      if (open === undefined) throw new Error(`${name} has no execution that could be stopped`);
      stopExecution(engine, open, abandon, reason);
    },

    setTransition(place, name, stage, { enabled, by, reason }) {
      const pipeline = pipelineOf(place, name);
      slotOf(pipeline, stage).transition = { enabled, by, at: clock.now(), ...(enabled ? {} : { reason }) };
      if (enabled) admit(engine, { pipeline, mode: pipeline.declaration.executionMode ?? 'SUPERSEDED' }, stage);
    },

    setAction(place, name, action, behaviour) {
      const { behaviours } = pipelineOf(place, name);
      if (!behaviours.has(action))
        throw new Error(`${name} has no action ${action}; it has ${[...behaviours.keys()].join(', ')}`);
      behaviours.set(action, behaviour);
    },

    update(place, name) {
      const pipeline = pipelineOf(place, name);
      pipeline.declaration = { ...pipeline.declaration, version: (pipeline.declaration.version ?? 1) + 1 };
      pipeline.updatedAt = clock.now();
      for (const open of pipeline.executions.filter(each => !hasEnded(each))) takeOut(engine, open, 'Cancelled');
    },

    answer(place, name, stage, action, status, by, summary) {
      const pipeline = pipelineOf(place, name);
      const open = openApproval(pipeline, stage, action);
      if (open === undefined) throw new Error(`no approval ${stage}/${action} of ${name} is open`);
      answerApproval(engine, pipeline, { stage, action, token: open.run.token ?? '', status, summary, by });
    },
  };
}

function approvalsOf({ executions }: Pipeline) {
  return executions
    .flatMap(({ runs }) => runs.flatMap(stageRun => stageRun.actions.map(run => ({ run, stageRun }))))
    .filter(({ run }) => run.token !== undefined);
}
