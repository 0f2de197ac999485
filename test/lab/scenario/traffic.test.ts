import { expect, test } from '@jest/globals';
import type { AwsLab } from '../../../packages/lab/assembly/aws.ts';
import type { AppBehaviour } from '../../../packages/lab/aws/ecs/behaviour.ts';
import { trafficOf } from '../../../packages/lab/scenario/traffic.ts';

/** What a load balancer measures follows what the tasks that ran at that time do. */
const place = { account: '111111111111', region: 'eu-west-1', cluster: 'c', service: 's' };

function tasks(...all: readonly { from: number; to?: number; behaviour: AppBehaviour }[]) {
  const service = {
    tasks: all.map(({ from, to, behaviour }) => ({
      startedAt: from,
      executionStoppedAt: to,
      containers: [{ behaviour }],
    })),
  };
  // Only what is read of a service.
  return trafficOf({ ecs: { service: () => service } } as unknown as Pick<AwsLab, 'ecs'>, place);
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
