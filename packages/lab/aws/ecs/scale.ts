import { isAlive, primaryOf, tasksOf, wantedTasks } from './counts.ts';
import type { Engine } from './engine.ts';
import { record } from './events.ts';
import type { Rollout, Service, Task } from './state.ts';
import { stopTask } from './task-end.ts';
import { launchTask } from './tasks.ts';
import { eventTexts, stopTexts } from './texts.ts';

/** Who is told what happens to the service's tasks. */
export type Observer = Task['observe'];

/**
 * A rolling update: as many tasks of the primary as `maximumPercent` allows, and the others go as `minimumHealthyPercent`
 * allows. Without a rollout under way it keeps the primary at the desired count.
 */
export function roll(engine: Engine, service: Service, observer: Observer, keepSources: boolean): void {
  const primary = primaryOf(service);
  if (primary === undefined || primary.state === 'FAILED') return;
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = service.configuration;
  const desired = service.desiredCount;
  const least = Math.ceil((desired * minimumHealthyPercent) / 100);
  const most = Math.floor((desired * maximumPercent) / 100);

  const own = wantedTasks(service, primary);
  const others = wantedTasks(service).filter(task => task.rollout !== primary);
  stop(engine, service, surplus(own, desired), primary);
  const wantsMore = own.length < desired;
  if (!keepSources || (wantsMore && own.length + others.length >= most)) {
    stop(engine, service, spare(wantedTasks(service), others, least), primary);
  }
  const room = most - tasksOf(service).filter(isAlive).length;
  launch(engine, service, primary, Math.min(desired - own.length, Math.max(0, room)), observer);
}

/** Exactly `count` tasks of one rollout, whatever the others do: blue and green. */
export function scaleTo(engine: Engine, service: Service, rollout: Rollout, count: number, observer: Observer): void {
  const own = wantedTasks(service, rollout);
  stop(engine, service, surplus(own, count), primaryOf(service) ?? rollout);
  if (rollout.state !== 'FAILED') launch(engine, service, rollout, count - own.length, observer);
}

/** Those above `count`: first what is not healthy, then the youngest. */
function surplus(tasks: readonly Task[], count: number): readonly Task[] {
  const order = [...tasks].sort((a, b) => Number(a.healthy) - Number(b.healthy) || b.createdAt - a.createdAt);
  return order.slice(0, Math.max(0, tasks.length - count));
}

/** Those of `others` that can go with `least` healthy ones left; the unhealthy cost nothing. */
function spare(all: readonly Task[], others: readonly Task[], least: number): readonly Task[] {
  const healthy = all.filter(task => task.healthy).length;
  const unhealthy = others.filter(task => !task.healthy);
  const removable = Math.max(0, healthy - least);
  return [...unhealthy, ...others.filter(task => task.healthy).slice(0, removable)];
}

function stop(engine: Engine, service: Service, tasks: readonly Task[], initiator: Rollout): void {
  const running = tasks.filter(task => task.startedAt !== undefined);
  const pending = tasks.length - running.length;
  if (pending > 0) record(engine, service, eventTexts.stoppedPending(pending));
  if (running.length > 0) {
    if (running.some(task => task.target !== 'none')) {
      record(engine, service, eventTexts.draining(running.length));
    }
    record(engine, service, eventTexts.stopped(running.map(task => task.id)));
  }
  for (const task of tasks) {
    stopTask(engine, task, { code: 'ServiceSchedulerInitiated', reason: stopTexts.scaling(initiator.id) });
  }
}

function launch(engine: Engine, service: Service, rollout: Rollout, count: number, observer: Observer): void {
  if (count <= 0 || engine.clock.now() < rollout.launchAfter) return;
  const tasks = Array.from({ length: count }, () =>
    launchTask(engine, {
      cluster: service.cluster,
      definition: rollout.revision.definition,
      group: `service:${service.name}`,
      startedBy: rollout.id,
      owner: { service, rollout },
      observe: observer,
    }),
  );
  record(engine, service, eventTexts.started(tasks.map(task => task.id)));
}
