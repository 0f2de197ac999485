import { describe, expect, test } from '@jest/globals';
import type { Logs } from '#aws/logs';
import type { EcsContext } from '#targets/ecs/context';
import { explainEnding } from '#targets/ecs/explain';
import type { ServiceEnding } from '#targets/ecs/follow';
import { virtualClock } from '../../aws/virtual-clock.ts';
import { deploymentOf, failure } from './facts.ts';
import { stubEcs } from './stub-ecs.ts';

/** Streams by task: what has arrived by when. */
type Streams = Readonly<Record<string, { readonly from: number; readonly lines: readonly string[] }>>;

function played(streams: Streams, driver = 'awslogs') {
  const clock = virtualClock();
  const logs: Logs = {
    tail: async (_group, stream) => {
      const arrived = streams[stream.split('/').at(-1) ?? ''];
      return arrived !== undefined && arrived.from <= clock.now() ? arrived.lines : [];
    },
    tailOfStreams: async () => [],
  };
  const options = { 'awslogs-group': '/ecs/api', 'awslogs-stream-prefix': 'ecs' };
  const containerDefinitions = [{ name: 'api', logConfiguration: { logDriver: driver, options } }];
  const context = {
    clock,
    signal: new AbortController().signal,
    logs: async () => logs,
    ecs: stubEcs({
      describeServiceRevisions: async () => [{ taskDefinition: 'api:2' }],
      describeTaskDefinition: async () => ({ definition: { containerDefinitions }, tags: [] }),
    }),
  } as Partial<EcsContext> as EcsContext;
  return { clock, context };
}

function crashed(...stoppedAt: readonly number[]): ServiceEnding {
  const failures = stoppedAt.map((at, index) => ({
    ...failure('crash-loop', index),
    container: 'api',
    exitCode: 1,
    stoppedAt: at,
  }));
  return { deployment: deploymentOf('IN_PROGRESS'), failures } as Partial<ServiceEnding> as ServiceEnding;
}

describe('the last words of a container', () => {
  test('are those of the newest failed task', async () => {
    const { clock, context } = played({ 0: { from: 0, lines: ['old'] }, 1: { from: 0, lines: ['new'] } });
    expect(await clock.run(() => explainEnding(context, crashed(0, 0)))).toEqual([
      '2 × crash-loop happened (container api, exit code 1) · task 1',
      '  │ new',
    ]);
  });

  test('are those of an earlier one while the newest have not arrived: the way back does not wait', async () => {
    const { clock, context } = played({ 0: { from: 0, lines: ['old'] }, 1: { from: 3_000, lines: ['new'] } });
    expect(await clock.run(() => explainEnding(context, crashed(0, 0)))).toContain('  │ old');
    expect(clock.now()).toBe(0);
  });

  test('are waited for when there are no others', async () => {
    const { clock, context } = played({ 0: { from: 3_000, lines: ['late'] } });
    expect(await clock.run(() => explainEnding(context, crashed(0)))).toContain('  │ late');
  });

  test('are not waited for when they should have arrived long ago', async () => {
    const { clock, context } = played({});
    const lines = await clock.run(() => explainEnding(context, crashed(-60_000)));
    expect(lines).toContain('  │ (no log lines in /ecs/api ecs/api/0)');
    expect(clock.now()).toBe(0);
  });

  test('cannot be shown when they go elsewhere, and that is said', async () => {
    const { clock, context } = played({}, 'splunk');
    expect((await clock.run(() => explainEnding(context, crashed(0)))).join()).toContain('no awslogs configuration');
  });
});
