import { cancelAll, type Engine, later } from './engine.ts';
import { record } from './events.ts';
import type { Rollout, ServiceDeployment } from './state.ts';
import { deploymentTexts, eventTexts, statusReasons } from './texts.ts';

type Cause = Exclude<keyof typeof statusReasons, 'noCandidate' | 'superseded'>;

/** ROLLBACK_REQUESTED. A rolling deployment that a person stops goes on until the rollback starts, and may win. */
export function requestRollback(engine: Engine, deployment: ServiceDeployment, cause: Cause): void {
  cancelAll(deployment);
  deployment.reason = statusReasons[cause];
  deployment.status = 'ROLLBACK_REQUESTED';
  deployment.updatedAt = engine.clock.now();
  later(engine, deployment, engine.settings.deploymentStop, () => startRollback(engine, deployment, cause));
}

/** Back to the last completed revision: its rollout is PRIMARY again under its old id, and no longer COMPLETED. */
function startRollback(engine: Engine, deployment: ServiceDeployment, cause: Cause): void {
  const { service, target } = deployment;
  const candidate = service.completed;
  const now = engine.clock.now();
  delete deployment.stage;
  delete deployment.wanted;
  deployment.hooks = [];
  deployment.updatedAt = now;
  if (target.state !== 'FAILED') {
    target.state = 'FAILED';
    target.reason = deploymentTexts.failedOtherwise(cause);
  }
  target.updatedAt = now;
  if (candidate === undefined) {
    deployment.status = 'ROLLBACK_FAILED';
    deployment.reason = statusReasons.noCandidate;
    deployment.finishedAt = now;
    endMonitors(deployment);
    engine.wake(service);
    return;
  }
  delete service.completed;
  deployment.status = 'ROLLBACK_IN_PROGRESS';
  deployment.rollback = {
    reason: statusReasons[cause],
    startedAt: new Date(now),
    serviceRevisionArn: candidate.revision.arn,
  };
  target.status = 'ACTIVE';
  makePrimary(engine, deployment, candidate, cause);
  record(engine, service, eventTexts.rollingBack(candidate.id));
  later(engine, deployment, engine.settings.rollback, () => engine.wake(service));
  engine.wake(service);
}

function makePrimary(engine: Engine, deployment: ServiceDeployment, candidate: Rollout, cause: Cause): void {
  const { service, target } = deployment;
  candidate.status = 'PRIMARY';
  candidate.state = 'IN_PROGRESS';
  candidate.reason = deploymentTexts.rollingBack(cause === 'alarms' ? 'alarms' : 'circuit breaker', candidate.id);
  candidate.updatedAt = engine.clock.now();
  candidate.failures = 0;
  candidate.startFailures = 0;
  candidate.launchAfter = 0;
  if (target.weights !== undefined) {
    target.weights = { production: 0, test: 0 };
    candidate.weights = { production: 100, test: candidate.weights?.test === undefined ? 0 : 100 };
  }
  service.definition = candidate.revision.definition;
  service.workload = candidate.revision.workload;
}

export function finishRollback(engine: Engine, deployment: ServiceDeployment): void {
  const { service } = deployment;
  const primary = service.rollouts.find(rollout => rollout.status === 'PRIMARY');
  if (primary === undefined) return;
  deployment.status = 'ROLLBACK_SUCCESSFUL';
  deployment.finishedAt = engine.clock.now();
  deployment.updatedAt = engine.clock.now();
  endMonitors(deployment);
  primary.state = 'COMPLETED';
  primary.reason = deploymentTexts.completed(primary.id);
  primary.updatedAt = engine.clock.now();
  service.completed = primary;
  record(engine, service, eventTexts.completed(primary.id));
  engine.wake(service);
}

/** The revision that was good before does not start any more: the breaker ends the rollback too. */
export function failRollback(engine: Engine, deployment: ServiceDeployment, primary: Rollout): void {
  deployment.status = 'ROLLBACK_FAILED';
  deployment.reason = statusReasons.rollbackBroken;
  deployment.finishedAt = engine.clock.now();
  deployment.updatedAt = engine.clock.now();
  endMonitors(deployment);
  primary.state = 'FAILED';
  primary.reason = deploymentTexts.failedByBreaker;
  primary.updatedAt = engine.clock.now();
  record(engine, deployment.service, eventTexts.failedToStart(primary.id));
}

function endMonitors({ breaker, alarms }: ServiceDeployment): void {
  for (const monitor of [breaker, alarms]) {
    if (monitor.status === 'MONITORING') monitor.status = 'MONITORING_COMPLETE';
  }
}
