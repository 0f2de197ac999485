import { type Engine, later } from './engine.ts';
import { type HookFailure, hooksAt, runHooks } from './hooks.ts';
import type { ServiceDeployment, Stage } from './state.ts';

const STAGE_TIMEOUT = 24 * 3_600_000;
const MINUTE = 60_000;

interface Step {
  readonly stage: Stage;
  readonly enter?: () => void;
  /** Before the hooks of the stage, which see what it has done. */
  readonly until?: 'target-healthy' | 'sources-gone';
  /** After the hooks. */
  readonly bake?: number;
}

export interface StageOutcomes {
  readonly succeed: () => void;
  readonly fail: (cause: HookFailure | 'stage-timeout') => void;
}

/** BLUE_GREEN, LINEAR and CANARY: the lifecycle stages of ServiceDeployment.lifecycleStage, one after the other. */
export function runStages(engine: Engine, deployment: ServiceDeployment, outcomes: StageOutcomes): void {
  const steps = stepsOf(deployment);
  const run = (index: number): void => {
    const step = steps[index];
    if (step === undefined) {
      outcomes.succeed();
      return;
    }
    deployment.stage = step.stage;
    deployment.updatedAt = engine.clock.now();
    let left = false;
    later(engine, deployment, STAGE_TIMEOUT, () => {
      if (!left) outcomes.fail('stage-timeout');
    });
    const proceed = (): void => {
      later(engine, deployment, step.bake ?? 0, () => {
        left = true;
        run(index + 1);
      });
    };
    const hooks = (): void => runHooks(engine, deployment, step.stage, { proceed, fail: outcomes.fail });
    step.enter?.();
    if (step.until === undefined) hooks();
    else deployment.awaiting = { condition: step.until, proceed: hooks };
    engine.wake(deployment.service);
  };
  run(0);
}

function stepsOf(deployment: ServiceDeployment): readonly Step[] {
  const { target, sources } = deployment;
  const test = hasTestListener(deployment);
  target.weights = { production: 0, test: 0 };
  for (const [index, source] of sources.entries()) {
    const share = index === sources.length - 1 ? 100 : 0;
    source.weights = { production: share, test: test ? share : 0 };
  }
  deployment.wanted = { sources: true, target: false };
  const shift = (kind: 'production' | 'test', share: number) => (): void => {
    if (target.weights !== undefined) target.weights[kind] = share;
    const source = sources.at(-1)?.weights;
    if (source !== undefined) source[kind] = 100 - share;
  };
  const want = (wanted: { sources: boolean; target: boolean }) => (): void => {
    deployment.wanted = wanted;
  };
  const before = hooksAt(deployment, 'PRE_PRODUCTION_TRAFFIC_SHIFT').length > 0;
  return [
    ...(sources.length > 1 ? [{ stage: 'RECONCILE_SERVICE' as const }] : []),
    { stage: 'PRE_SCALE_UP' },
    { stage: 'SCALE_UP', enter: want({ sources: true, target: true }), until: 'target-healthy' },
    { stage: 'POST_SCALE_UP' },
    ...(test ? [{ stage: 'TEST_TRAFFIC_SHIFT' as const, enter: shift('test', 100) }] : []),
    ...(test ? [{ stage: 'POST_TEST_TRAFFIC_SHIFT' as const }] : []),
    ...shifts(deployment).flatMap(({ share, bake }): Step[] => [
      ...(before ? [{ stage: 'PRE_PRODUCTION_TRAFFIC_SHIFT' as const }] : []),
      { stage: 'PRODUCTION_TRAFFIC_SHIFT', enter: shift('production', share), bake },
    ]),
    { stage: 'POST_PRODUCTION_TRAFFIC_SHIFT' },
    { stage: 'BAKE_TIME', bake: (deployment.configuration.bakeTimeInMinutes ?? 0) * MINUTE },
    { stage: 'CLEAN_UP', enter: want({ sources: false, target: true }), until: 'sources-gone' },
  ];
}

/** Shares of production traffic, each with the time that it lasts before the next. */
function shifts({ configuration }: ServiceDeployment): readonly { share: number; bake: number }[] {
  switch (configuration.strategy) {
    case 'CANARY': {
      const { canaryPercent = 5, canaryBakeTimeInMinutes = 10 } = configuration.canaryConfiguration ?? {};
      return [
        { share: canaryPercent, bake: canaryBakeTimeInMinutes * MINUTE },
        { share: 100, bake: 0 },
      ];
    }
    case 'LINEAR': {
      const { stepPercent = 10, stepBakeTimeInMinutes = 6 } = configuration.linearConfiguration ?? {};
      const count = Math.ceil(100 / stepPercent);
      return Array.from({ length: count }, (_, index) => {
        const last = index === count - 1;
        return { share: last ? 100 : stepPercent * (index + 1), bake: last ? 0 : stepBakeTimeInMinutes * MINUTE };
      });
    }
    default:
      return [{ share: 100, bake: 0 }];
  }
}

function hasTestListener({ target }: ServiceDeployment): boolean {
  return target.revision.workload.loadBalancers?.some(each => each.advancedConfiguration?.testListenerRule) === true;
}
