import type { Engine } from './engine.ts';
import type { Task, TaskContainer } from './state.ts';

interface LogTarget {
  readonly group: string;
  readonly region: string;
  readonly stream: string;
  readonly create: boolean;
}

/** Where the awslogs driver writes; other drivers leave nothing that this world could show. */
function targetOf(task: Task, container: TaskContainer): LogTarget | undefined {
  const { logConfiguration, name = '' } = container.definition;
  if (logConfiguration?.logDriver !== 'awslogs') return undefined;
  const options = logConfiguration.options ?? {};
  return {
    group: options['awslogs-group'] ?? '',
    region: options['awslogs-region'] ?? task.realm.region,
    stream: [options['awslogs-stream-prefix'], name, task.id].filter(part => part !== undefined).join('/'),
    create: options['awslogs-create-group'] === 'true',
  };
}

/** The log group that a container of the task needs and that does not exist. */
export function missingLogGroup(engine: Engine, task: Task): string | undefined {
  for (const container of task.containers) {
    const target = targetOf(task, container);
    if (target === undefined || engine.ports.logs.groupExists(task.realm.account, target.region, target.group))
      continue;
    if (!target.create) return target.group;
    engine.ports.logs.createGroup(task.realm.account, target.region, target.group);
  }
  return undefined;
}

export function writeLog(engine: Engine, task: Task, container: TaskContainer, lines: readonly string[] = []): void {
  const target = targetOf(task, container);
  if (target === undefined) return;
  const now = engine.clock.now();
  for (const line of lines) {
    engine.ports.logs.append(task.realm.account, target.region, target.group, target.stream, now, line);
  }
}
