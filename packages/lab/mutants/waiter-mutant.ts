import type { Mutant } from './mutant.ts';

/**
 * The suite with the SDK's own waiter as its only judge, as other actions wait. It must fall in every scenario that is about
 * the wait: else those scenarios would show nothing that the waiter could not do.
 */
export const waiterMutant: Mutant = {
  name: 'the SDK’s waitUntilServicesStable is the only judge',
  edits: [
    {
      file: 'packages/aws/ecs.ts',
      before: '  UpdateServiceCommand,\n',
      after: '  UpdateServiceCommand,\n  waitUntilServicesStable,\n',
    },
    {
      file: 'packages/aws/ecs.ts',
      before: 'export interface Ecs {\n',
      after: 'export interface Ecs {\n  untilStable(cluster: string, service: string): Promise<void>;\n',
    },
    {
      file: 'packages/aws/ecs.ts',
      before: '  return {\n    async describeServices(',
      after: `  return {
    async untilStable(cluster, service) {
      await waitUntilServicesStable({ client, minDelay: 15, maxWaitTime: 30 * 60 }, { cluster, services: [service] });
    },

    async describeServices(`,
    },
    {
      file: 'packages/targets/ecs/follow.ts',
      before: '  const { ecs, clock } = context;\n',
      after: `  const { ecs, clock } = context;
  try {
    await ecs.untilStable(first.clusterArn ?? '', rollout.service);
    return { rollout, outcome: 'succeeded', reason: 'deployed', message: 'stable', deployment: first, failures: [], final: true };
  } catch (error) {
    if (rollout.deadline > 0) {
      return { rollout, outcome: 'timed-out', reason: 'timed-out', message: String(error), deployment: first, failures: [], final: false };
    }
  }
`,
    },
  ],
  tries: [
    'ecs/breaker-rolled-back',
    'ecs/superseded',
    'ecs/scaled-to-zero',
    'ecs/crash-loop',
    'ecs/follows-its-own-rollout',
    'ecs/image-cannot-be-pulled',
    'ecs/tasks-cannot-run',
    'ecs/timed-out',
    'ecs/cancelled',
  ],
  every: true,
};
