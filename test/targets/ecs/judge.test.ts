import { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import { describe, expect, test } from '@jest/globals';
import type { ServiceDeployment } from '#aws/ecs';
import { judgeRollout, type RolloutFacts } from '#targets/ecs/judge';
import { deploymentOf, factsOf, failures, MINUTE, START } from './facts.ts';

const triggered = { deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 } } as const;
const alarmed: Partial<ServiceDeployment> = {
  alarms: { status: 'TRIGGERED', alarmNames: ['5xx'], triggeredAlarmNames: ['5xx'] },
};

function judged(deployment: ServiceDeployment, change: Partial<RolloutFacts> = {}): string {
  const judgement = judgeRollout(factsOf(deployment, change));
  switch (judgement.kind) {
    case 'going':
    case 'look-for-newer':
      return judgement.kind;
    case 'hopeless':
    case 'ended':
      return `${judgement.kind} ${judgement.outcome} ${judgement.reason}`;
  }
}

describe('STOPPED has three meanings', () => {
  test.each<[string, ServiceDeployment, Partial<RolloutFacts>, string]>([
    [
      'the breaker stopped it, its rollback is off',
      deploymentOf('STOPPED', '0/3', triggered),
      {},
      'ended failed breaker-triggered',
    ],
    [
      'the breaker, and why its tasks failed is known',
      deploymentOf('STOPPED', '0/3', triggered),
      { failures: failures('out-of-memory', 3) },
      'ended failed out-of-memory',
    ],
    [
      'an alarm stopped it, its rollback is off',
      deploymentOf('STOPPED', '3/3', alarmed),
      {},
      'ended failed alarm-triggered',
    ],
    [
      'a failure outweighs that somebody deployed since',
      deploymentOf('STOPPED', '0/3', triggered),
      { newer: 'arn:d3' },
      'ended failed breaker-triggered',
    ],
    ['otherwise a newer deployment has to be looked for', deploymentOf('STOPPED'), {}, 'look-for-newer'],
    [
      'a newer one took over (amazon-ecs-deploy-task-definition#191, comments)',
      deploymentOf('STOPPED'),
      { newer: 'arn:d3' },
      'ended superseded superseded-by-another',
    ],
    ['there is none: a person stopped it', deploymentOf('STOPPED'), { newer: null }, 'ended stopped stopped-by-person'],
    [
      'also when all tasks ran: the service looks stable, and still is not ours',
      deploymentOf('STOPPED', '3/3'),
      { newer: 'arn:d3' },
      'ended superseded superseded-by-another',
    ],
  ])('%s', (_name, deployment, change, expected) => {
    expect(judged(deployment, change)).toBe(expected);
  });
});

describe('a rollback by ECS is never a success (amazon-ecs-deploy-task-definition#191, #494)', () => {
  test.each<[string, ServiceDeployment, Partial<RolloutFacts>, string]>([
    [
      'by the breaker',
      deploymentOf('ROLLBACK_SUCCESSFUL', '0/3', triggered),
      {},
      'ended rolled-back breaker-triggered',
    ],
    [
      'by the breaker, for a reason that is known',
      deploymentOf('ROLLBACK_SUCCESSFUL', '0/3', triggered),
      { failures: failures('crash-loop', 3) },
      'ended rolled-back crash-loop',
    ],
    ['by an alarm', deploymentOf('ROLLBACK_SUCCESSFUL', '0/3', alarmed), {}, 'ended rolled-back alarm-triggered'],
    [
      'by a person: a rolling one goes back for nothing else',
      deploymentOf('ROLLBACK_SUCCESSFUL'),
      {},
      'ended rolled-back stopped-by-person',
    ],
    [
      'by a hook or a person',
      deploymentOf('ROLLBACK_SUCCESSFUL', '0/3', { deploymentConfiguration: { strategy: 'BLUE_GREEN' } }),
      {},
      'ended rolled-back deployment-failed',
    ],
    ['that failed too', deploymentOf('ROLLBACK_FAILED', '0/3', triggered), {}, 'ended failed rollback-failed'],
    ['that is asked for: it may still end SUCCESSFUL', deploymentOf('ROLLBACK_REQUESTED', '3/3'), {}, 'going'],
    [
      'that was asked for too late, and the deployment ended SUCCESSFUL',
      deploymentOf('SUCCESSFUL', '3/3'),
      {},
      'ended succeeded deployed',
    ],
    ['under way', deploymentOf('ROLLBACK_IN_PROGRESS'), {}, 'going'],
    [
      'under way, and the time is up',
      deploymentOf('ROLLBACK_IN_PROGRESS'),
      { now: START + 30 * MINUTE },
      'hopeless timed-out timed-out',
    ],
    ['a stop under way', deploymentOf('STOP_REQUESTED'), {}, 'going'],
    [
      'a stop under way, and the time is up',
      deploymentOf('STOP_REQUESTED'),
      { now: START + 30 * MINUTE },
      'hopeless timed-out timed-out',
    ],
  ])('%s', (_name, deployment, change, expected) => {
    expect(judged(deployment, change)).toBe(expected);
  });

  test('why is told in the words of ECS, with the alarms and what the tasks died of', () => {
    const deployment = deploymentOf('ROLLBACK_SUCCESSFUL', '0/3', {
      ...triggered,
      ...alarmed,
      statusReason: 'tasks failed to start',
    });
    const judgement = judgeRollout(factsOf(deployment, { failures: failures('crash-loop', 2) }));
    expect(judgement).toMatchObject({
      message: 'ECS rolled api back: tasks failed to start · alarms 5xx · crash-loop happened.',
    });
  });
});

describe('SUCCESSFUL is not yet n of n', () => {
  const early = START + 5 * MINUTE;
  test.each<[string, string, number, Partial<RolloutFacts>, string]>([
    ['all new tasks run, no old one does', '3/3', 0, {}, 'ended succeeded deployed'],
    ['more run than are asked for (scaling in)', '4/3', 0, {}, 'ended succeeded deployed'],
    ['early success: one is missing yet', '2/3', 0, {}, 'going'],
    ['old tasks remain yet', '3/3', 1, {}, 'going'],
    [
      'three minutes later one is still missing',
      '2/3',
      0,
      { successSince: early - 3 * MINUTE },
      'ended failed tasks-missing',
    ],
    ['just short of three minutes', '2/3', 0, { successSince: early - 3 * MINUTE + 1 }, 'going'],
    ['one is missing, and the time is up', '2/3', 0, { deadline: early }, 'ended failed tasks-missing'],
    ['scaled to zero: nothing proves anything', '0/0', 0, {}, 'ended failed scaled-to-zero'],
  ])('%s', (_name, counts, old, change, expected) => {
    expect(judged(deploymentOf('SUCCESSFUL', counts, {}, old), change)).toBe(expected);
  });

  test('without counts nothing is taken for granted', () => {
    expect(judged({ status: 'SUCCESSFUL' })).toBe('ended failed scaled-to-zero');
  });
});

describe('under way', () => {
  test.each<[string, ServiceDeployment, Partial<RolloutFacts>, string]>([
    ['not started', deploymentOf('PENDING', '0/0'), {}, 'going'],
    ['in progress', deploymentOf('IN_PROGRESS'), {}, 'going'],
    ['scaled to zero meanwhile', deploymentOf('IN_PROGRESS', '0/0'), {}, 'hopeless failed scaled-to-zero'],
    [
      'nothing asked for yet, for a hook before scaling up',
      deploymentOf('IN_PROGRESS', '0/0', { lifecycleStage: 'PRE_SCALE_UP' }, 3),
      {},
      'going',
    ],
    ['the time is up', deploymentOf('IN_PROGRESS'), { now: START + 30 * MINUTE }, 'hopeless timed-out timed-out'],
    [
      'a status that this version does not know is not an end',
      { ...deploymentOf('IN_PROGRESS'), status: 'BAKING' as never },
      {},
      'going',
    ],
    [
      'a status that it does not know ends with the time',
      { ...deploymentOf('IN_PROGRESS'), status: 'BAKING' as never },
      { now: START + 31 * MINUTE },
      'hopeless timed-out timed-out',
    ],
  ])('%s', (_name, deployment, change, expected) => {
    expect(judged(deployment, change)).toBe(expected);
  });

  test('every status of the SDK has a verdict while there is time, and another when there is none', () => {
    const final = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'];
    for (const status of Object.values(ServiceDeploymentStatus)) {
      const inTime = judged(deploymentOf(status, '3/3'), { newer: null });
      expect([status, inTime.startsWith('ended')]).toEqual([status, final.includes(status)]);
      const late = judged(deploymentOf(status, '3/3'), { newer: null, now: START + 31 * MINUTE });
      expect([status, late]).not.toEqual([status, 'going']);
    }
  });

  test('a pause is shown with the moment until which it waits', () => {
    const expiresAt = new Date(START + 60 * MINUTE);
    const lifecycleHookDetails = [{ targetType: 'PAUSE', status: 'AWAITING_ACTION', expiresAt }] as never;
    const deployment = deploymentOf('IN_PROGRESS', '3/3', {
      lifecycleHookDetails,
      lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
    });
    expect(judgeRollout(factsOf(deployment))).toEqual({
      kind: 'going',
      phase: 'paused at POST_TEST_TRAFFIC_SHIFT for a person to continue, until 2026-11-02T13:00:00.000Z',
    });
  });

  test('progress names tasks and stage', () => {
    const judgement = judgeRollout(factsOf(deploymentOf('IN_PROGRESS', '1/3', { lifecycleStage: 'SCALE_UP' })));
    expect(judgement).toEqual({ kind: 'going', phase: '1/3 new tasks running, 2 pending, scale up' });
  });

  test('while traffic is shifted, progress names the share of the new tasks', () => {
    const under = deploymentOf('IN_PROGRESS', '3/3', { lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT' });
    const targetServiceRevision = { ...under.targetServiceRevision, requestedProductionTrafficWeight: 25 };
    expect(judgeRollout(factsOf({ ...under, targetServiceRevision }))).toEqual({
      kind: 'going',
      phase: '3/3 new tasks running, 0 pending, production traffic shift, 25 % of the traffic',
    });
  });
});

describe('early failure (amazon-ecs-deploy-task-definition#447, #102)', () => {
  const soon = (kind: Parameters<typeof failures>[0], count: number, counts = '0/3') =>
    judged(deploymentOf('IN_PROGRESS', counts), { failures: failures(kind, count) });

  test.each(['image-not-found', 'image-pull-denied', 'task-resources-missing'] as const)('%s decides at once', kind => {
    expect(soon(kind, 1)).toBe(`hopeless failed ${kind}`);
    expect(soon(kind, 1, '2/3')).toBe(`hopeless failed ${kind}`);
  });

  test.each(['crash-loop', 'out-of-memory', 'health-check-failed'] as const)(
    '%s: twice when no new task holds, three times when some do',
    kind => {
      expect(soon(kind, 1)).toBe('going');
      expect(soon(kind, 2)).toBe(`hopeless failed ${kind}`);
      expect(soon(kind, 2, '1/3')).toBe('going');
      expect(soon(kind, 3, '1/3')).toBe(`hopeless failed ${kind}`);
    },
  );

  test.each(['image-pull-failed', 'tasks-cannot-start'] as const)('%s may pass: never before the third', kind => {
    expect(soon(kind, 2)).toBe('going');
    expect(soon(kind, 3)).toBe(`hopeless failed ${kind}`);
  });

  test('two of twenty tasks that start together met a slow registry: the other eighteen are waited for', () => {
    expect(soon('image-pull-failed', 2, '0/20')).toBe('going');
    expect(soon('image-pull-failed', 10, '0/20')).toBe('hopeless failed image-pull-failed');
  });

  test.each<[string, number]>([
    ['1/4', 3],
    ['1/10', 5],
    ['1/11', 6],
    ['1/1000', 200],
  ])('of %s tasks, %i failed ones are too many: the breaker’s own default', (counts, most) => {
    expect(soon('crash-loop', most - 1, counts)).toBe('going');
    expect(soon('crash-loop', most, counts)).toBe('hopeless failed crash-loop');
  });

  test('a fatal failure among others is the one that is told', () => {
    const mixed = [...failures('image-not-found', 1), ...failures('crash-loop', 2)];
    expect(judged(deploymentOf('IN_PROGRESS', '2/9'), { failures: mixed })).toBe('hopeless failed image-not-found');
  });

  test('why it is hopeless is told before that the time is up', () => {
    expect(
      judged(deploymentOf('IN_PROGRESS', '0/3'), { failures: failures('crash-loop', 2), now: START + 31 * MINUTE }),
    ).toBe('hopeless failed crash-loop');
  });
});
