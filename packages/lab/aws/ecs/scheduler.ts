import { countsAsFailure, thresholdOf } from './breaker.ts';
import { currentDeployment, healthyTasks, isAlive, primaryOf, tasksOf, wantedTasks } from './counts.ts';
import { type Engine, later } from './engine.ts';
import { record } from './events.ts';
import { failRollback, finishRollback } from './rollback.ts';
import { type Observer, roll, scaleTo } from './scale.ts';
import { fail, isRolling, succeed } from './service-deployments.ts';
import type { Rollout, Service, ServiceDeployment, Task } from './state.ts';
import { stopTask } from './task-end.ts';
import { eventTexts, stopTexts } from './texts.ts';

/** One look at the service: start and stop tasks, then judge its deployment. Calls from within are done afterwards. */
export function reconcile(engine: Engine, service: Service): void {
  if (service.reconciling !== 'no') {
    service.reconciling = 'again';
    return;
  }
  do {
    service.reconciling = 'running';
    scale(engine, service);
    retire(service);
    judge(engine, service);
  } while (wasWokenAgain(service));
  service.reconciling = 'no';
}

const wasWokenAgain = (service: Service): boolean => service.reconciling === 'again';

function scale(engine: Engine, service: Service): void {
  const observer = observe(engine, service);
  if (service.status !== 'ACTIVE') {
    for (const rollout of service.rollouts) scaleTo(engine, service, rollout, 0, observer);
    if (service.status === 'DRAINING' && service.tasks.size === 0) service.status = 'INACTIVE';
    return;
  }
  const deployment = currentDeployment(service);
  if (deployment?.status === 'PENDING') return;
  if (deployment?.wanted !== undefined) {
    const { wanted, target, sources } = deployment;
    const source = sources.at(-1);
    for (const rollout of service.rollouts) {
      if (rollout.status === 'INACTIVE') continue;
      const keeps = rollout === target ? wanted.target : rollout === source && wanted.sources;
      scaleTo(engine, service, rollout, keeps ? service.desiredCount : 0, observer);
    }
    return;
  }
  roll(engine, service, observer, keepsSources(engine, service, deployment));
}

/** DEFERRED clean-up leaves the source tasks alone until some time after the deployment is SUCCESSFUL. */
function keepsSources(engine: Engine, service: Service, deployment?: ServiceDeployment): boolean {
  const early = deployment?.configuration.earlySuccessCriteria;
  if (early?.enable !== true || early.sourceServiceRevisionCleanup !== 'DEFERRED') return false;
  return deployment?.status === 'IN_PROGRESS' || engine.clock.now() < service.keepSourcesUntil;
}

/** A rollout without tasks is INACTIVE, unless its deployment is still being told about. */
function retire(service: Service): void {
  const deployment = currentDeployment(service);
  const told = deployment?.finishedAt === undefined ? deployment?.target : undefined;
  for (const rollout of service.rollouts) {
    if (rollout.status === 'ACTIVE' && rollout !== told && tasksOf(service, rollout).length === 0) {
      rollout.status = 'INACTIVE';
      delete rollout.weights;
    }
  }
}

function judge(engine: Engine, service: Service): void {
  const deployment = currentDeployment(service);
  switch (deployment?.status) {
    case 'IN_PROGRESS':
    case 'ROLLBACK_REQUESTED':
      if (isRolling(deployment)) judgeRolling(engine, service, deployment);
      else judgeStage(service, deployment);
      break;
    case 'ROLLBACK_IN_PROGRESS':
      if (isSettled(service) && isDue(engine, deployment)) finishRollback(engine, deployment);
      break;
    default:
  }
  const steady = isSettled(service) && primaryOf(service)?.state === 'COMPLETED';
  if (steady && !service.steady) record(engine, service, eventTexts.steady);
  service.steady = steady;
}

function isDue(engine: Engine, { rollback }: ServiceDeployment): boolean {
  return engine.clock.now() >= (rollback?.startedAt?.getTime() ?? 0) + engine.settings.rollback;
}

function judgeRolling(engine: Engine, service: Service, deployment: ServiceDeployment): void {
  if (deployment.target.state === 'FAILED' || deployment.bake === 'running' || !hasReached(service, deployment)) return;
  const { bakeTimeInMinutes } = deployment.configuration;
  const monitored = deployment.alarms.status === 'MONITORING' ? engine.settings.alarmBake : 0;
  const bake = bakeTimeInMinutes === undefined ? monitored : bakeTimeInMinutes * 60_000;
  if (deployment.bake === 'done' || bake === 0) {
    succeed(engine, deployment);
    return;
  }
  deployment.bake = 'running';
  later(engine, deployment, bake, () => {
    deployment.bake = 'done';
    engine.wake(service);
  });
}

/** What SUCCESSFUL means: n of n and nothing else, or less with `earlySuccessCriteria`. */
function hasReached(service: Service, { target, configuration }: ServiceDeployment): boolean {
  const early = configuration.earlySuccessCriteria;
  if (early?.enable !== true) return isSettled(service);
  const healthy = healthyTasks(service, target).length;
  const needed = Math.ceil((service.desiredCount * (early.healthyPercent ?? 100)) / 100);
  return healthy >= needed && (early.sourceServiceRevisionCleanup === 'DEFERRED' || othersGone(service, target));
}

/** The primary has exactly the desired tasks, all healthy, and no other task is alive. */
function isSettled(service: Service): boolean {
  const primary = primaryOf(service);
  if (primary === undefined) return false;
  const wanted = wantedTasks(service, primary);
  return wanted.length === service.desiredCount && wanted.every(task => task.healthy) && othersGone(service, primary);
}

const othersGone = (service: Service, rollout: Rollout): boolean =>
  tasksOf(service).every(task => task.rollout === rollout || !isAlive(task));

function judgeStage(service: Service, deployment: ServiceDeployment): void {
  const { awaiting, target } = deployment;
  if (awaiting === undefined) return;
  const met =
    awaiting.condition === 'sources-gone'
      ? othersGone(service, target)
      : healthyTasks(service, target).length >= service.desiredCount;
  if (!met) return;
  delete deployment.awaiting;
  awaiting.proceed();
}

function observe(engine: Engine, service: Service): Observer {
  return (event, task) => {
    const { rollout } = task;
    if (rollout === undefined) return;
    switch (event.kind) {
      case 'running':
        rollout.startFailures = 0;
        for (const group of rollout.revision.targetGroups) record(engine, service, eventTexts.registered(group));
        break;
      case 'healthy':
        if (service.configuration.deploymentCircuitBreaker?.resetOnHealthyTask !== false) rollout.failures = 0;
        break;
      case 'unhealthy':
        stopUnhealthy(engine, service, task, event.by);
        break;
      case 'stopping':
        noteEnd(engine, service, task, rollout);
        break;
      case 'stopped':
        service.tasks.delete(task);
        break;
    }
    reconcile(engine, service);
  };
}

function stopUnhealthy(engine: Engine, service: Service, task: Task, by: 'container' | 'target'): void {
  const [group = ''] = task.rollout?.revision.targetGroups ?? [];
  const port = task.rollout?.revision.workload.loadBalancers?.[0]?.containerPort ?? 0;
  const container = by === 'container';
  record(
    engine,
    service,
    container ? eventTexts.containerUnhealthy(task.id) : eventTexts.targetUnhealthy(task.id, port, group),
  );
  const reason = container ? stopTexts.containerHealth : stopTexts.targetHealth(group);
  stopTask(engine, task, { code: 'ServiceSchedulerInitiated', reason });
}

function noteEnd(engine: Engine, service: Service, task: Task, rollout: Rollout): void {
  const counts = countsAsFailure(task);
  if (task.stopCode === 'ServiceSchedulerInitiated' && !counts) return;
  const now = engine.clock.now();
  if (task.startedAt === undefined && counts) {
    // Tasks that fail together are one attempt: the throttle counts attempts.
    if (now >= rollout.launchAfter) rollout.startFailures += 1;
    const throttle = engine.settings.restartThrottle;
    rollout.launchAfter = now + (throttle[Math.min(rollout.startFailures, throttle.length) - 1] ?? 0);
    if (task.stopCode === 'TaskFailedToStart') {
      record(engine, service, eventTexts.notPlaced(task.stoppedReason ?? ''));
    }
    if (rollout.startFailures === 3) record(engine, service, eventTexts.impaired);
  } else {
    rollout.launchAfter = Math.max(rollout.launchAfter, now + engine.settings.replacement);
  }
  engine.clock.at(rollout.launchAfter, () => engine.wake(service));
  if (!counts) return;
  rollout.failures += 1;
  rollout.updatedAt = now;
  trip(engine, service, rollout);
}

function trip(engine: Engine, service: Service, rollout: Rollout): void {
  const deployment = currentDeployment(service);
  const breaker = deployment?.configuration.deploymentCircuitBreaker;
  if (deployment === undefined || breaker?.enable !== true) return;
  if (rollout.failures < thresholdOf(breaker, service.desiredCount)) return;
  if (deployment.status === 'ROLLBACK_IN_PROGRESS' && rollout.status === 'PRIMARY') {
    failRollback(engine, deployment, rollout);
  } else if (rollout === deployment.target && deployment.breaker.status === 'MONITORING') {
    fail(engine, deployment, 'breaker');
  }
}
