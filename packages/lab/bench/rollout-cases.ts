import type { AppBehaviour } from '../aws/ecs/behaviour.ts';
import { seeded } from './statistics.ts';

export interface RolloutCase {
  readonly name: string;
  /** How it ends by itself; a crash loop without a circuit breaker never does. */
  readonly ends: 'well' | 'rolled-back' | 'never';
  readonly tasks: number;
  readonly breaker: 'rollback' | 'off';
  readonly healthCheck: boolean;
  readonly behaviour: AppBehaviour;
}

const minute = 60_000;
const log = ['listening on :8080'];

/** Thirty rollouts between one and fifteen minutes, the same in every run: 22 end well, 4 ECS takes back, 4 crash for ever. */
export function rolloutCases(seed = 30): readonly RolloutCase[] {
  const random = seeded(seed);
  return Array.from({ length: 30 }, (_, index) => {
    const name = `rollout ${index + 1}`;
    const version = `2.0.${index + 1}`;
    const tasks = 1 + Math.floor(random() * 4);
    const length = minute + random() * 14 * minute;
    const startShare = 0.2 + random() * 0.6;
    const common = { name, tasks };
    if (index % 8 === 3) {
      const behaviour = { version, log, startsAfter: 10_000 + random() * 50_000, unhealthy: 'never' as const };
      return { ...common, ends: 'rolled-back', breaker: 'rollback', healthCheck: true, behaviour };
    }
    if (index % 8 === 6 || index === 29) {
      const startsAfter = 5_000 + random() * 25_000;
      const crash = { after: 2_000 + random() * 20_000, exitCode: 1, log: ['the database is not reachable'] };
      return {
        ...common,
        ends: 'never',
        breaker: 'off',
        healthCheck: false,
        behaviour: { version, startsAfter, crash },
      };
    }
    const behaviour = { version, log, startsAfter: length * startShare, healthyAfter: length * (1 - startShare) };
    return { ...common, ends: 'well', breaker: 'rollback', healthCheck: true, behaviour };
  });
}
