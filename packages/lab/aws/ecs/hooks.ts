import type { DeploymentLifecycleHook, DeploymentLifecycleHookStage } from '@aws-sdk/client-ecs';
import { type Engine, later } from './engine.ts';
import type { HookRun, ServiceDeployment, Stage } from './state.ts';

export type HookFailure = 'hook' | 'hook-timeout' | 'person';

interface Outcomes {
  readonly proceed: () => void;
  readonly fail: (cause: HookFailure) => void;
}

/** Runs the hooks of a stage side by side; the stage goes on when all of them are done. */
export function runHooks(engine: Engine, deployment: ServiceDeployment, stage: Stage, outcomes: Outcomes): void {
  const hooks = hooksAt(deployment, stage);
  deployment.hooks = [];
  if (hooks.length === 0) {
    later(engine, deployment, engine.settings.stage, outcomes.proceed);
    return;
  }
  deployment.hooks = hooks.map(hook => startHook(engine, deployment, hook, outcomes));
}

export function hooksAt(deployment: ServiceDeployment, stage: Stage): readonly DeploymentLifecycleHook[] {
  const at = (each: DeploymentLifecycleHookStage): boolean => each === stage;
  return (deployment.configuration.lifecycleHooks ?? []).filter(hook => hook.lifecycleStages?.some(at) === true);
}

const DAY_IN_MINUTES = 1440;

function startHook(
  engine: Engine,
  deployment: ServiceDeployment,
  hook: DeploymentLifecycleHook,
  outcomes: Outcomes,
): HookRun {
  const pause = hook.targetType === 'PAUSE';
  const { timeoutInMinutes = DAY_IN_MINUTES, action = 'ROLLBACK' } = hook.timeoutConfiguration ?? {};
  const timeout = timeoutInMinutes * 60_000;
  const run: HookRun = {
    id: `ecs-${pause ? 'pause' : 'lambda'}-${engine.ids.token('hook', 43)}`,
    hook,
    expiresAt: engine.clock.now() + timeout,
    timeoutAction: action,
    status: pause ? 'AWAITING_ACTION' : 'IN_PROGRESS',
    done: (decision, status) => {
      if (run.status !== 'AWAITING_ACTION' && run.status !== 'IN_PROGRESS') return;
      run.status = status;
      if (decision === 'ROLLBACK') outcomes.fail(causeOf(status));
      else if (deployment.hooks.every(each => each.status === 'SUCCEEDED' || each.status === 'TIMED_OUT')) {
        outcomes.proceed();
      }
    },
  };
  later(engine, deployment, timeout, () => run.done(action, 'TIMED_OUT'));
  if (!pause) later(engine, deployment, engine.settings.lambdaHook, () => askLambda(engine, deployment, run));
  return run;
}

function causeOf(status: HookRun['status']): HookFailure {
  if (status === 'TIMED_OUT') return 'hook-timeout';
  return status === 'FAILED' ? 'hook' : 'person';
}

function askLambda(engine: Engine, deployment: ServiceDeployment, run: HookRun): void {
  const answers = engine.lambdaAnswers.get(run.hook.hookTargetArn ?? '') ?? ['SUCCEEDED'];
  const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 'SUCCEEDED';
  if (answer === 'IN_PROGRESS') {
    later(engine, deployment, engine.settings.lambdaHookRetry, () => askLambda(engine, deployment, run));
  } else {
    run.done(answer === 'SUCCEEDED' ? 'CONTINUE' : 'ROLLBACK', answer);
  }
}
