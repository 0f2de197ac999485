import type { TargetName } from '#core/flow/targets/registry';
import type { Outcome } from '#core/outcome';
import type { Reason } from '#core/reasons';

/** A step of a scenario: the file below test/scenarios, and its place in `steps`, counted from 0. */
export type Shown = readonly [scenario: string, step: number];

/** One line of the contract: what a driver is put through, what it may say, and the step that shows it on each target. */
export interface Clause {
  readonly case: string;
  readonly outcomes: readonly Outcome[];
  /** Where there is only one that it may come from. */
  readonly reason?: Reason;
  /** The step of the workflow that says so; `Deploy` unless said. */
  readonly by?: string;
  readonly shown: { readonly [Target in TargetName]: Shown | { readonly notSo: string } };
}

/** The same for every target; the steps are played on the built actions by `npm test` and `npm run scenarios`. */
export const contract: readonly Clause[] = [
  {
    case: 'success',
    outcomes: ['succeeded'],
    shown: {
      ecs: ['ecs/follows-its-own-rollout', 0],
      lambda: ['lambda/deployed', 1],
      'static-site': ['static-site/releases', 0],
      codepipeline: ['codepipeline/follows-the-push', 0],
      cloudformation: ['cloudformation/changed', 0],
      command: ['command/opentofu', 1],
    },
  },
  {
    case: 'nothing to change',
    outcomes: ['no-op'],
    reason: 'nothing-to-change',
    shown: {
      ecs: ['ecs/nothing-to-change', 2],
      lambda: ['lambda/deployed', 2],
      'static-site': ['static-site/releases', 3],
      codepipeline: ['codepipeline/follows-the-push', 1],
      cloudformation: ['cloudformation/changed', 1],
      command: ['command/opentofu', 2],
    },
  },
  {
    case: 'failure',
    outcomes: ['failed', 'rolled-back'],
    shown: {
      ecs: ['ecs/breaker-without-rollback', 0],
      lambda: ['lambda/update-fails', 0],
      'static-site': ['static-site/failures', 2],
      codepipeline: ['codepipeline/action-fails', 0],
      cloudformation: ['cloudformation/rolled-back', 0],
      command: ['command/script', 4],
    },
  },
  {
    case: 'failure after a partial change',
    outcomes: ['failed', 'rolled-back'],
    shown: {
      ecs: ['ecs/many-services', 1],
      lambda: ['lambda/canary-goes-red', 0],
      'static-site': ['static-site/failures', 3],
      codepipeline: ['codepipeline/second-stage-fails', 1],
      cloudformation: ['cloudformation/rolled-back', 1],
      command: ['command/broken-off', 8],
    },
  },
  {
    case: 'superseded, or changed by somebody else',
    outcomes: ['superseded', 'refused', 'failed'],
    shown: {
      ecs: ['ecs/superseded', 0],
      lambda: ['lambda/superseded', 0],
      'static-site': ['static-site/superseded', 3],
      codepipeline: ['codepipeline/stopped-and-superseded', 3],
      cloudformation: ['cloudformation/somebody-else', 0],
      command: ['command/overtaken', 0],
    },
  },
  {
    case: 'timeout',
    outcomes: ['timed-out', 'rolled-back'],
    reason: 'timed-out',
    shown: {
      ecs: ['ecs/timed-out', 1],
      lambda: ['lambda/timed-out', 1],
      'static-site': ['static-site/failures', 4],
      codepipeline: ['codepipeline/timed-out', 1],
      cloudformation: ['cloudformation/timed-out', 1],
      command: ['command/broken-off', 3],
    },
  },
  {
    case: 'cancelled',
    outcomes: ['stopped'],
    reason: 'cancelled',
    shown: {
      ecs: ['ecs/cancelled', 0],
      lambda: ['lambda/cancelled', 1],
      'static-site': ['static-site/cancelled-late', 2],
      codepipeline: ['codepipeline/cancelled', 0],
      cloudformation: ['cloudformation/cancelled', 0],
      command: ['command/broken-off', 2],
    },
  },
  {
    case: 'killed, and started again',
    outcomes: ['succeeded', 'no-op'],
    shown: {
      ecs: ['ecs/killed-and-started-again', 1],
      lambda: ['lambda/killed-and-started-again', 4],
      'static-site': ['static-site/interrupted', 4],
      codepipeline: ['codepipeline/killed-and-started-again', 2],
      cloudformation: ['cloudformation/killed', 2],
      command: ['command/broken-off', 6],
    },
  },
  {
    case: 'throttled',
    outcomes: ['succeeded'],
    shown: {
      ecs: ['ecs/throttled', 0],
      lambda: ['lambda/throttled', 0],
      'static-site': ['static-site/bad-days', 0],
      codepipeline: ['codepipeline/lost-replies', 1],
      cloudformation: ['cloudformation/trouble', 0],
      command: { notSo: 'the tool speaks to its services itself, and tries again by its own rules' },
    },
  },
  {
    case: 'denied',
    outcomes: ['refused'],
    reason: 'access-denied',
    shown: {
      ecs: ['ecs/denied', 0],
      lambda: ['lambda/denied', 0],
      'static-site': ['static-site/refused', 12],
      codepipeline: ['codepipeline/denied-and-missing', 1],
      cloudformation: ['cloudformation/trouble', 4],
      command: ['command/wrong', 4],
    },
  },
  {
    case: 'credentials that expire',
    outcomes: ['succeeded'],
    shown: {
      ecs: ['ecs/credentials-expire', 1],
      lambda: ['lambda/credentials-expire', 0],
      'static-site': ['static-site/bad-days', 4],
      codepipeline: ['codepipeline/credentials-expire', 0],
      cloudformation: ['cloudformation/trouble', 1],
      command: ['command/bad-days', 4],
    },
  },
  {
    case: 'restored by its receipt',
    outcomes: ['succeeded'],
    reason: 'restored',
    by: 'Bring back',
    shown: {
      ecs: ['ecs/brought-back-by-receipt', 0],
      lambda: ['lambda/deployed', 4],
      'static-site': ['static-site/brought-back', 2],
      codepipeline: ['codepipeline/brought-back-by-receipt', 1],
      cloudformation: ['cloudformation/by-receipt', 0],
      command: ['command/opentofu', 4],
    },
  },
  {
    case: 'restored twice',
    outcomes: ['no-op'],
    reason: 'nothing-to-change',
    by: 'Bring back once more',
    shown: {
      ecs: ['ecs/brought-back-by-receipt', 0],
      lambda: ['lambda/deployed', 4],
      'static-site': ['static-site/brought-back', 2],
      codepipeline: ['codepipeline/brought-back-by-receipt', 1],
      cloudformation: ['cloudformation/by-receipt', 0],
      command: ['command/opentofu', 4],
    },
  },
];
