import { describe, expect, test } from '@jest/globals';
import { api, ecsWorld, minute, network, place, second } from './world.ts';

const hour = 60 * minute;

describe('a task', () => {
  test('goes PROVISIONING → PENDING → RUNNING → STOPPING → DEPROVISIONING → STOPPED', () => {
    const world = ecsWorld();
    world.steady('v1', { desiredCount: 1 });
    world.push('v2', { startsAfter: 20 * second });
    const id = world.update({ taskDefinition: world.register('v2') }).deployments?.[0]?.id ?? '';
    const seen: string[] = [];
    world.clock.until(() => {
      const [task] = world.tasks({ startedBy: id });
      if (task?.lastStatus !== undefined && seen.at(-1) !== task.lastStatus) seen.push(task.lastStatus);
      return task?.lastStatus === 'RUNNING';
    });
    const [task] = world.tasks({ startedBy: id });
    expect(task).toMatchObject({
      startedBy: id,
      group: 'service:api',
      desiredStatus: 'RUNNING',
      healthStatus: 'UNKNOWN',
      containers: [{ lastStatus: 'RUNNING', healthStatus: 'UNKNOWN' }],
    });
    world.call('StopTask', { cluster: 'prod', task: task?.taskArn, reason: 'by hand' });
    world.clock.until(() => {
      const [stopped] = world.stopped();
      if (stopped?.lastStatus !== undefined && seen.at(-1) !== stopped.lastStatus) seen.push(stopped.lastStatus);
      return stopped?.lastStatus === 'STOPPED';
    });
    expect(seen).toEqual(['PROVISIONING', 'PENDING', 'RUNNING', 'STOPPING', 'DEPROVISIONING', 'STOPPED']);
    expect(world.stopped()[0]).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'by hand',
      containers: [{ exitCode: 143 }],
    });
  });

  test('writes its log to prefix/container/task id, with what it said before it exited', () => {
    const world = ecsWorld();
    world.steady('v1', { desiredCount: 1 });
    world.push('v2', {
      log: ['listening'],
      crash: { after: 5 * second, exitCode: 1, log: ['Error: boom', '    at main'] },
    });
    world.deploy('v2');
    world.clock.until(() => world.stopped().length === 1);
    const [task] = world.stopped();
    const stream = `api/api/${task?.taskArn?.split('/').at(-1)}`;
    const lines = world.logs.filter(line => line.stream === stream);
    expect(lines.map(({ message }) => message)).toEqual(['listening', 'Error: boom', '    at main']);
    expect(lines[1]?.time).toBe(task?.executionStoppedAt?.getTime());
  });

  test('is forgotten an hour after it stopped', () => {
    const world = ecsWorld();
    world.steady('v1');
    const [task] = world.running();
    world.world.killTask(api, 1, 9);
    world.clock.pass(59 * minute);
    expect(world.stopped()).toHaveLength(1);
    world.clock.pass(2 * minute);
    expect(world.stopped()).toHaveLength(0);
    expect(world.call('DescribeTasks', { cluster: 'prod', tasks: [task?.taskArn] })).toEqual({
      tasks: [],
      failures: [{ arn: task?.taskArn, reason: 'MISSING' }],
    });
  });
});

describe('ListTasks', () => {
  test('lists RUNNING by default: a crashed task shows only with desiredStatus STOPPED', () => {
    const world = ecsWorld();
    world.steady('v1');
    const id = world.describe().deployments?.[0]?.id;
    world.world.killTask(api);
    world.clock.pass(second);
    expect(world.tasks({ startedBy: id })).toHaveLength(1);
    expect(world.tasks({ serviceName: 'api' })).toHaveLength(1);
    expect(world.stopped()).toMatchObject([{ startedBy: id, containers: [{ exitCode: 137 }] }]);
  });

  test('takes startedBy alone', () => {
    const world = ecsWorld();
    world.steady('v1');
    for (const filter of [{ serviceName: 'api' }, { desiredStatus: 'STOPPED' }, { family: 'api' }]) {
      expect(world.refusal('ListTasks', { cluster: 'prod', startedBy: 'x', ...filter })).toMatch(
        /^InvalidParameterException/,
      );
    }
    expect(world.refusal('ListTasks', { cluster: 'prod', serviceName: 'none' })).toMatch(/^ServiceNotFoundException/);
    expect(world.refusal('ListTasks', { cluster: 'prod', containerInstance: 'x' })).toMatch(/^NotModelled/);
  });

  test('pages by 100 at most', () => {
    const world = ecsWorld();
    world.steady('v1', { desiredCount: 130 });
    const list = (input: object) =>
      world.call<{ taskArns: string[]; nextToken?: string }>('ListTasks', {
        cluster: 'prod',
        serviceName: 'api',
        ...input,
      });
    const first = list({});
    const second = list({ nextToken: first.nextToken });
    expect([first.taskArns.length, second.taskArns.length, second.nextToken]).toEqual([100, 30, undefined]);
    expect(new Set([...first.taskArns, ...second.taskArns]).size).toBe(130);
    expect(world.refusal('ListTasks', { cluster: 'prod', maxResults: 101 })).toMatch(/^InvalidParameterException/);
    expect(world.refusal('ListTasks', { cluster: 'prod', nextToken: 'x' })).toMatch(/^InvalidParameterException/);
  });
});

describe('RunTask', () => {
  const run = (world: ReturnType<typeof ecsWorld>, input: object = {}) =>
    world.call<{ tasks: { taskArn: string; startedBy?: string }[]; failures: unknown[] }>('RunTask', {
      cluster: 'prod',
      taskDefinition: 'api',
      launchType: 'FARGATE',
      networkConfiguration: network,
      ...input,
    });
  const command = (...words: string[]) => ({ overrides: { containerOverrides: [{ name: 'api', command: words }] } });
  const migration = { 'npx prisma migrate deploy': { exitCode: 0, takes: 30 * second, log: ['2 migrations applied'] } };

  test.each([
    { words: ['npx', 'prisma', 'migrate', 'deploy'], exitCode: 0, last: '2 migrations applied' },
    { words: ['npx', 'unknown'], exitCode: 127, last: 'npx: command not found' },
  ])('runs a command of the image: $words exits $exitCode', ({ words, exitCode, last }) => {
    const world = ecsWorld();
    world.push('v1', { commands: migration });
    world.register('v1');
    const { tasks, failures } = run(world, { ...command(...words), startedBy: 'release-1' });
    expect(failures).toEqual([]);
    expect(world.tasks({ startedBy: 'release-1' })).toMatchObject([
      { lastStatus: 'PROVISIONING', group: 'family:api' },
    ]);
    world.clock.pass(2 * minute);
    expect(world.tasks({ family: 'api', desiredStatus: 'STOPPED' })).toMatchObject([
      {
        taskArn: tasks[0]?.taskArn,
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        containers: [{ exitCode }],
      },
    ]);
    expect(world.logs.at(-1)?.message).toBe(last);
  });

  test('answers what has no place as failures, not as an error', () => {
    const world = ecsWorld();
    world.push('v1');
    world.register('v1');
    world.world.failPlacements(place, 'prod', [{ reason: 'RESOURCE:MEMORY' }]);
    expect(run(world)).toEqual({ tasks: [], failures: [{ reason: 'RESOURCE:MEMORY' }] });
    expect(run(world).tasks).toHaveLength(1);
  });

  test('starts the same tasks for the same clientToken, and refuses the token for another request', () => {
    const world = ecsWorld();
    world.push('v1', { commands: migration });
    world.register('v1');
    const first = run(world, { clientToken: 'release-1' });
    world.clock.pass(minute);
    expect(run(world, { clientToken: 'release-1' }).tasks[0]?.taskArn).toBe(first.tasks[0]?.taskArn);
    const other = { cluster: 'prod', taskDefinition: 'api:1', clientToken: 'release-1', networkConfiguration: network };
    expect(world.refusal('RunTask', other)).toMatch(/^ConflictException/);
    expect(world.tasks({ family: 'api' })).toHaveLength(1);
  });

  test.each([
    [
      { networkConfiguration: undefined },
      "InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [{ taskDefinition: 'none' }, 'ClientException: TaskDefinition not found.'],
    [{ count: 11 }, /^InvalidParameterException/],
    [
      { overrides: { containerOverrides: [{ name: 'web' }] } },
      'InvalidParameterException: Override for container named web is not a container in the TaskDefinition.',
    ],
    [{ cluster: 'none' }, 'ClusterNotFoundException: Cluster not found.'],
    [{ launchType: 'EC2' }, /^NotModelled/],
  ])('refuses %j', (change, words) => {
    const world = ecsWorld();
    world.push('v1');
    world.register('v1');
    const input = { cluster: 'prod', taskDefinition: 'api', networkConfiguration: network, ...change };
    expect(world.refusal('RunTask', input)).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
    expect(world.tasks({ family: 'api' })).toEqual([]);
  });

  test('without a command the app runs on until StopTask; its end disturbs no service', () => {
    const world = ecsWorld();
    world.steady('v1');
    const [task] = run(world).tasks;
    world.clock.pass(2 * hour);
    expect(world.tasks({ family: 'api' })).toHaveLength(3);
    expect(world.describe().runningCount).toBe(2);
    world.call('StopTask', { cluster: 'prod', task: task?.taskArn });
    expect(world.refusal('StopTask', { cluster: 'prod', task: 'none' })).toBe(
      'InvalidParameterException: The referenced task was not found.',
    );
  });
});
