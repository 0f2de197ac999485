import { expect, test } from '@jest/globals';
import type { AwsLab } from '../../../packages/lab/assembly/aws.ts';
import type { AppBehaviour } from '../../../packages/lab/aws/ecs/behaviour.ts';
import { trafficOf } from '../../../packages/lab/scenario/traffic.ts';

/** What a load balancer measures follows what the tasks that ran at that time did. */
const place = { account: '111111111111', region: 'eu-west-1', cluster: 'c', service: 's' };

function tasks(...all: readonly { from: number; to?: number; behaviour: AppBehaviour }[]) {
  const found = all.map(({ from, to, behaviour }) => ({
    startedAt: from,
    executionStoppedAt: to,
    containers: [{ behaviour }],
    targetStates: [{ since: from, state: 'healthy' }, ...(to === undefined ? [] : [{ since: to, state: 'draining' }])],
  }));
  // Only what is read of a task.
  return trafficOf({ ecs: { tasksOf: () => found } } as unknown as Pick<AwsLab, 'ecs'>, place);
}

test('no sample of errors while there are none, and then their share of the requests', () => {
  const good = { version: '1.0.0' };
  const bad = { version: '1.1.0', http: { errors: 10, latency: 500 } };
  const { errors, latency } = tasks({ from: 0, to: 100, behaviour: good }, { from: 50, behaviour: bad });
  expect([errors(10), errors(60), errors(100)]).toEqual([undefined, 30, 60]);
  expect([latency(10), latency(60), latency(100)]).toEqual([0.08, 0.29, 0.5]);
});

test('a status of 5xx is an error of every request', () => {
  expect(tasks({ from: 0, behaviour: { version: '1.0.0', http: { status: 503 } } }).errors(1)).toBe(600);
});

test('a route that fails fails for its share of the requests', () => {
  const http = { routes: { '/api/projects': { status: 500 }, '/api/teams': {} } };
  expect(tasks({ from: 0, behaviour: { version: '1.0.0', http } }).errors(1)).toBe(200);
});

test('where no target is healthy the load balancer answers by itself, and counts that as its own', () => {
  const { requests, errors, ownErrors } = tasks({ from: 0, to: 50, behaviour: { version: '1.0.0' } });
  expect([requests(10), errors(10), ownErrors(10)]).toEqual([600, undefined, undefined]);
  expect([requests(60), errors(60), ownErrors(60)]).toEqual([0, undefined, 600]);
});
