import type { DescribeTasksRequest, ListTasksRequest, RunTaskRequest, StopTaskRequest } from '@aws-sdk/client-ecs';
import { NotModelled } from '../../../wire/not-modelled.ts';
import type { Call, Operation } from '../../../wire/service.ts';
import { arns, isArn } from '../arn.ts';
import { type Engine, realmOf } from '../engine.ts';
import { invalidParameter } from '../errors.ts';
import { findTask, page, rememberedTasks, theCluster, theService } from '../lookups.ts';
import { runTasks } from '../run-tasks.ts';
import { stopTask } from '../task-end.ts';
import { stopTexts } from '../texts.ts';
import { taskView } from '../views/task.ts';

export function taskOperations(engine: Engine): Record<string, Operation> {
  const cluster = ({ account, region }: Call, reference?: string) =>
    theCluster(realmOf(engine, account, region), reference);
  return {
    RunTask: (input: RunTaskRequest, call: Call) => {
      const { tasks, failures } = runTasks(engine, cluster(call, input.cluster), input);
      return { tasks: tasks.map(task => taskView(task, true)), failures };
    },

    StopTask: (input: StopTaskRequest, call: Call) => {
      const task = findTask(cluster(call, input.cluster), input.task ?? '', call.now);
      if (task === undefined) throw invalidParameter('The referenced task was not found.');
      stopTask(engine, task, { code: 'UserInitiated', reason: input.reason ?? stopTexts.person });
      return { task: taskView(task, false) };
    },

    ListTasks: (input: ListTasksRequest, call: Call) => {
      const { startedBy, serviceName, family, desiredStatus = 'RUNNING', launchType } = input;
      if (input.containerInstance !== undefined) throw new NotModelled('with container instances');
      if (input.daemonName !== undefined) throw new NotModelled('with daemons');
      const others = [serviceName, family, launchType, input.desiredStatus];
      if (startedBy !== undefined && others.some(filter => filter !== undefined)) {
        throw invalidParameter('When you specify startedBy as the filter, it must be the only filter that you use.');
      }
      const home = cluster(call, input.cluster);
      const service = serviceName === undefined ? undefined : theService(home, serviceName);
      const tasks = rememberedTasks(home, call.now).filter(
        task =>
          task.desiredStatus === desiredStatus &&
          (startedBy === undefined || task.startedBy === startedBy) &&
          (service === undefined || task.service === service) &&
          (family === undefined || task.definition.family === family) &&
          (launchType === undefined || task.launchType === launchType),
      );
      const { items, ...next } = page(
        tasks.map(({ arn }) => arn),
        input,
        100,
      );
      return { taskArns: items, ...next };
    },

    DescribeTasks: ({ cluster: reference, tasks = [], include }: DescribeTasksRequest, call: Call) => {
      if (tasks.length === 0) throw invalidParameter('Tasks cannot be empty.');
      if (tasks.length > 100) throw invalidParameter('You can describe at most 100 tasks in one call.');
      const home = cluster(call, reference);
      const withTags = include?.includes('TAGS') === true;
      const found = tasks.map(name => ({ name, task: findTask(home, name, call.now) }));
      return {
        tasks: found.flatMap(({ task }) => (task === undefined ? [] : [taskView(task, withTags)])),
        failures: found.flatMap(({ name, task }) =>
          task === undefined
            ? [{ arn: isArn(name) ? name : arns.task(home.realm, home.name, name), reason: 'MISSING' }]
            : [],
        ),
      };
    },
  };
}
