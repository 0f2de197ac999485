import { watchAlarms } from './alarms.ts';
import { cancelAll, type Engine, later } from './engine.ts';
import { record } from './events.ts';
import { resolveRevision } from './images.ts';
import { ongoing, openDeployment } from './open-deployment.ts';
import { requestRollback } from './rollback.ts';
import { runStages } from './stages.ts';
import type { Service, ServiceDeployment } from './state.ts';
import { deploymentTexts, eventTexts, statusReasons } from './texts.ts';

/** Why a deployment failed. */
export type FailureCause = 'breaker' | 'alarms' | 'hook' | 'hook-timeout' | 'stage-timeout' | 'person';

/** Starts a deployment of what the service is now; one that is under way is superseded. */
export function deploy(engine: Engine, service: Service): ServiceDeployment {
  const previous = ongoing(service);
  const deployment = openDeployment(engine, service);
  if (previous === undefined) {
    later(engine, deployment, engine.settings.deploymentStart, () => begin(engine, deployment));
  } else {
    stopDeployment(engine, previous, statusReasons.superseded, () => {
      if (deployment.status === 'PENDING') begin(engine, deployment);
    });
  }
  return deployment;
}

function begin(engine: Engine, deployment: ServiceDeployment): void {
  const { service, target, configuration } = deployment;
  const rolling = isRolling(deployment);
  deployment.startedAt = engine.clock.now();
  enter(engine, deployment, 'IN_PROGRESS');
  resolveRevision(engine, service.realm, target.revision);
  if (configuration.deploymentCircuitBreaker?.enable === true) {
    const watched = rolling || engine.settings.breakerStrategies === 'all';
    deployment.breaker.status = watched ? 'MONITORING' : 'DISABLED';
  }
  watchAlarms(engine, deployment, () => fail(engine, deployment, 'alarms'));
  if (rolling) {
    for (const source of deployment.sources) delete source.weights;
  } else {
    runStages(engine, deployment, {
      succeed: () => succeed(engine, deployment),
      fail: cause => fail(engine, deployment, cause),
    });
  }
  engine.wake(service);
}

export const isRolling = ({ configuration }: ServiceDeployment): boolean =>
  (configuration.strategy ?? 'ROLLING') === 'ROLLING';

export function succeed(engine: Engine, deployment: ServiceDeployment): void {
  const { service, target, configuration } = deployment;
  cancelAll(deployment);
  completeMonitors(deployment);
  delete deployment.stage;
  delete deployment.wanted;
  deployment.hooks = [];
  deployment.finishedAt = engine.clock.now();
  enter(engine, deployment, 'SUCCESSFUL');
  target.state = 'COMPLETED';
  target.reason = deploymentTexts.completed(target.id);
  target.updatedAt = engine.clock.now();
  service.completed = target;
  record(engine, service, eventTexts.completed(target.id));
  const early = configuration.earlySuccessCriteria;
  if (early?.enable === true && early.sourceServiceRevisionCleanup === 'DEFERRED') {
    service.keepSourcesUntil = engine.clock.now() + engine.settings.deferredCleanup;
    engine.clock.at(service.keepSourcesUntil, () => engine.wake(service));
  }
  engine.wake(service);
}

/** Which of a failure's ways it takes depends on what noticed it: breaker and alarms have a `rollback` each. */
export function fail(engine: Engine, deployment: ServiceDeployment, cause: FailureCause): void {
  if (deployment.status !== 'PENDING' && deployment.status !== 'IN_PROGRESS') return;
  const { target, configuration, service } = deployment;
  delete deployment.awaiting;
  if (cause === 'person') {
    requestRollback(engine, deployment, cause);
    return;
  }
  if (cause === 'breaker') deployment.breaker.status = 'TRIGGERED';
  const rollback =
    cause === 'breaker'
      ? configuration.deploymentCircuitBreaker?.rollback === true
      : cause !== 'alarms' || configuration.alarms?.rollback === true;
  target.state = 'FAILED';
  target.reason = reasonOf(cause);
  target.updatedAt = engine.clock.now();
  record(engine, service, eventOf(cause, target.id));
  if (rollback) requestRollback(engine, deployment, cause);
  else
    stopDeployment(
      engine,
      deployment,
      cause === 'breaker' ? statusReasons.stoppedByBreaker : statusReasons.stoppedByAlarms,
    );
}

function reasonOf(cause: FailureCause): string {
  if (cause === 'breaker') return deploymentTexts.failedByBreaker;
  return cause === 'alarms' ? deploymentTexts.failedByAlarm : deploymentTexts.failedOtherwise(cause);
}

function eventOf(cause: FailureCause, id: string): string {
  if (cause === 'breaker') return eventTexts.failedToStart(id);
  return cause === 'alarms' ? eventTexts.alarmDetected(id) : eventTexts.failedOtherwise(id, cause);
}

/** STOP_REQUESTED, then STOPPED: superseded, deleted, or failed with nothing that would roll back. */
export function stopDeployment(engine: Engine, deployment: ServiceDeployment, reason: string, then?: () => void): void {
  cancelAll(deployment);
  completeMonitors(deployment);
  delete deployment.awaiting;
  delete deployment.wanted;
  deployment.hooks = [];
  deployment.reason = reason;
  enter(engine, deployment, 'STOP_REQUESTED');
  later(engine, deployment, engine.settings.deploymentStop, () => {
    deployment.stoppedAt = engine.clock.now();
    deployment.finishedAt = engine.clock.now();
    enter(engine, deployment, 'STOPPED');
    then?.();
    engine.wake(deployment.service);
  });
}

function completeMonitors({ breaker, alarms }: ServiceDeployment): void {
  for (const monitor of [breaker, alarms]) {
    if (monitor.status === 'MONITORING') monitor.status = 'MONITORING_COMPLETE';
  }
}

function enter(engine: Engine, deployment: ServiceDeployment, status: ServiceDeployment['status']): void {
  deployment.status = status;
  deployment.updatedAt = engine.clock.now();
}
