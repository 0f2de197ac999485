import { type CommandBehaviour, happens, healthyAfter } from './behaviour.ts';
import { type Engine, later } from './engine.ts';
import { writeLog } from './logs.ts';
import type { Task, TaskContainer } from './state.ts';
import { turnTarget } from './target-health.ts';
import { endTask, enter } from './task-end.ts';
import { stopTexts } from './texts.ts';

/** "The service scheduler will wait for 40 seconds after a task reaches a RUNNING state" (minimumHealthyPercent). */
const WITHOUT_HEALTH_CHECK = 40_000;

/** PENDING → RUNNING, with all that follows from what the images do. */
export function runTask(engine: Engine, task: Task): void {
  for (const container of task.containers) {
    const crash = crashOf(container);
    writeLog(engine, task, container, container.behaviour?.log);
    if (crash !== undefined && 'beforeRunning' in crash) {
      exit(engine, task, container, crash.exitCode, crash.log);
      if (container.essential) return;
    }
  }
  task.startedAt = engine.clock.now();
  enter(task, 'RUNNING');
  for (const container of task.containers) if (container.lastStatus === 'PENDING') container.lastStatus = 'RUNNING';
  if (targetGroups(task).length > 0) turnTarget(engine, task, 'initial');
  for (const container of task.containers) schedule(engine, task, container);
  if (!hasChecks(task)) later(engine, task, WITHOUT_HEALTH_CHECK, () => becomeHealthy(task));
  task.observe({ kind: 'running' }, task);
}

function crashOf({ behaviour, start }: TaskContainer) {
  const crash = behaviour?.crash;
  return crash !== undefined && happens(crash, start) ? crash : undefined;
}

function schedule(engine: Engine, task: Task, container: TaskContainer): void {
  const { behaviour, start } = container;
  if (behaviour === undefined || container.lastStatus !== 'RUNNING') return;
  const command = task.overrides.containerOverrides?.find(({ name }) => name === container.definition.name)?.command;
  if (command !== undefined) {
    const known: CommandBehaviour = behaviour.commands?.[command.join(' ')] ?? {
      exitCode: 127,
      takes: 0,
      log: [`${command[0]}: command not found`],
    };
    later(engine, task, known.takes ?? 5_000, () => exit(engine, task, container, known.exitCode, known.log));
    return;
  }
  const crash = crashOf(container);
  if (crash !== undefined && !('beforeRunning' in crash)) {
    later(engine, task, crash.after, () => exit(engine, task, container, crash.exitCode, crash.log));
  }
  const { outOfMemory } = behaviour;
  if (outOfMemory !== undefined && happens(outOfMemory, start)) {
    later(engine, task, outOfMemory.after, () =>
      exit(engine, task, container, 137, outOfMemory.log, stopTexts.outOfMemory),
    );
  }
  if (container.essential) scheduleHealth(engine, task, container);
}

function exit(
  engine: Engine,
  task: Task,
  container: TaskContainer,
  exitCode: number,
  log: readonly string[] = [],
  reason?: string,
): void {
  writeLog(engine, task, container, log);
  if (container.essential) {
    const exited = { container, exitCode, ...(reason === undefined ? {} : { reason }) };
    endTask(engine, task, { code: 'EssentialContainerExited', reason: stopTexts.essentialExited, exited });
    return;
  }
  container.lastStatus = 'STOPPED';
  container.exitCode = exitCode;
  if (reason !== undefined) container.reason = reason;
}

function scheduleHealth(engine: Engine, task: Task, container: TaskContainer): void {
  const { behaviour, definition } = container;
  if (behaviour === undefined) return;
  const checked = definition.healthCheck !== undefined;
  const isTarget = task.target !== 'none' && receivesTraffic(task, container);
  if (!checked && !isTarget) return;
  const { unhealthy } = behaviour;
  if (unhealthy !== 'never') {
    later(engine, task, healthyAfter(behaviour), () => {
      if (checked) container.health = 'HEALTHY';
      if (isTarget) turnTarget(engine, task, 'healthy');
      if (passesAll(task)) becomeHealthy(task);
    });
  }
  if (unhealthy === undefined) return;
  const from = unhealthy === 'never' ? 0 : unhealthy.after;
  const grace = (task.service?.kept.healthCheckGracePeriodSeconds ?? 0) * 1000;
  if (checked) {
    const { interval = 30, retries = 3, startPeriod = 0 } = definition.healthCheck ?? {};
    const noticed = from + (Math.max(from === 0 ? startPeriod : 0, 0) + interval * retries) * 1000;
    later(engine, task, noticed, () => {
      container.health = 'UNHEALTHY';
      task.healthy = false;
    });
    later(engine, task, Math.max(noticed, grace), () => task.observe({ kind: 'unhealthy', by: 'container' }, task));
  }
  if (isTarget) {
    const slowest = Math.max(
      ...targetGroups(task).map(group => {
        const { interval = 30_000, unhealthyThreshold = 2 } = engine.ports.targets.group(group) ?? {};
        return interval * unhealthyThreshold;
      }),
    );
    later(engine, task, from + slowest, () => {
      turnTarget(engine, task, 'unhealthy');
      task.healthy = false;
    });
    later(engine, task, Math.max(from + slowest, grace), () => task.observe({ kind: 'unhealthy', by: 'target' }, task));
  }
}

const targetGroups = (task: Task): readonly string[] => task.rollout?.revision.targetGroups ?? [];

/** The container that the load balancers of the service name. */
function receivesTraffic(task: Task, container: TaskContainer): boolean {
  const balancers = task.rollout?.revision.workload.loadBalancers ?? [];
  return balancers.some(({ containerName }) => containerName === container.definition.name);
}

/** Whether something decides about the task's health, so that the scheduler does not just wait. */
export function hasChecks(task: Task): boolean {
  return targetGroups(task).length > 0 || task.containers.some(each => each.essential && each.definition.healthCheck);
}

function passesAll(task: Task): boolean {
  const checked = task.containers.filter(each => each.essential && each.definition.healthCheck !== undefined);
  return checked.every(each => each.health === 'HEALTHY') && (task.target === 'none' || task.target === 'healthy');
}

function becomeHealthy(task: Task): void {
  if (task.desiredStatus === 'STOPPED') return;
  task.healthy = true;
  task.wasHealthy = true;
  task.observe({ kind: 'healthy' }, task);
}
