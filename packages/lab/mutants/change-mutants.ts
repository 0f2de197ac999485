import type { Mutant } from './mutant.ts';

/** Faults in what is changed, repeated or refused before a rollout begins. */
export const changeMutants: readonly Mutant[] = [
  {
    name: 'a definition that is there already is registered again',
    edits: [
      {
        file: 'packages/targets/ecs/wanted.ts',
        before: 'if (sameDefinition(definition, existing.definition, existing.tags)) {',
        after: "if (sameDefinition(definition, existing.definition, existing.tags) && candidate === '') {",
      },
    ],
    tries: ['ecs/killed-and-started-again', 'ecs/migration'],
  },
  {
    name: 'a family that is named is overlooked where the running revision is wanted',
    edits: [
      {
        file: 'actions/deploy/inputs.ts',
        before: "if (base === 'running') {",
        after: "if (base === 'running' && definition === '') {",
      },
    ],
    tries: ['alone/definitions-of-ecs'],
  },
  {
    name: 'a rollout that is under way is started once more',
    edits: [
      {
        file: 'packages/targets/ecs/plan.ts',
        before:
          "if (deployment !== undefined && isUnderWay(deployment) && fits) return { kind: 'adopt', service, deployment };",
        after:
          "if (deployment !== undefined && !isUnderWay(deployment) && fits) return { kind: 'adopt', service, deployment };",
      },
    ],
    tries: ['ecs/killed-and-started-again'],
  },
  {
    name: 'what runs already is deployed again',
    edits: [
      {
        file: 'packages/targets/ecs/plan.ts',
        before: 'const complete = full && !tagMayHaveMoved;',
        after: 'const complete = !full && !tagMayHaveMoved;',
      },
    ],
    tries: ['ecs/existing-revision'],
  },
  {
    name: 'AccessDenied is tried again',
    edits: [
      {
        file: 'packages/aws/retry.ts',
        before: "return error.kind === 'throttled' ||",
        after: "return error.kind === 'denied' || error.kind === 'throttled' ||",
      },
    ],
    tries: ['ecs/denied'],
  },
  {
    name: 'a change whose answer was lost is made again',
    edits: [{ file: 'packages/aws/retry.ts', before: "effect === 'any-number')", after: 'effect !== undefined)' }],
    tries: ['ecs/lost-replies'],
  },
  {
    name: 'throttling ends the run after five seconds',
    edits: [
      { file: 'packages/aws/session.ts', before: 'const patience = 5 * 60_000;', after: 'const patience = 5_000;' },
    ],
    tries: ['ecs/throttled'],
  },
  {
    name: 'the exit code of the migration does not matter',
    edits: [
      {
        file: 'packages/targets/ecs/before-task.ts',
        before: 'if (exitCode === 0) return',
        after: 'if (exitCode !== undefined) return',
      },
    ],
    tries: ['ecs/migration'],
  },
  {
    name: 'services that are missing are left out',
    edits: [
      {
        file: 'packages/targets/ecs/observe.ts',
        before: '    ...missing.map(part => notFound(cluster, part.arn)),',
        after: '    ...missing.slice(1).map(part => notFound(cluster, part.arn)),',
      },
    ],
    tries: ['ecs/not-there'],
  },
  {
    name: 'only the first mistake in the inputs is told',
    edits: [
      {
        file: 'packages/action-kit/run-action.ts',
        before: 'new FindingError([...reader.problems,',
        after: 'new FindingError([...reader.problems.slice(0, 1),',
      },
    ],
    tries: ['ecs/wrong-inputs'],
  },
  {
    name: 'a dry run changes the service',
    edits: [
      {
        file: 'actions/deploy/component.ts',
        before: 'if (work.dryRun) {',
        after: 'if (!work.dryRun && before === undefined) {',
      },
    ],
    tries: ['ecs/nothing-to-change'],
  },
  {
    name: 'a change that was answered by a server error is made again unseen',
    edits: [
      {
        file: 'packages/targets/ecs/update.ts',
        before: 'return now !== undefined && happened ? now : update();',
        after: 'return now !== undefined && happened ? update() : update();',
      },
    ],
    tries: ['ecs/server-errors-to-changes'],
  },
  {
    name: 'a driver that always says succeeded',
    edits: [
      {
        file: 'actions/deploy/component.ts',
        before: 'const followed = await rollout.follow().catch(endingOfError);',
        after: "const followed: Ending = { ...(await rollout.follow().catch(endingOfError)), outcome: 'succeeded' };",
      },
      {
        file: 'actions/deploy/component.ts',
        before: "if (applied.kind === 'ended') return { ending: applied.ending, changes };",
        after: "if (applied.kind === 'ended') return { ending: { ...applied.ending, outcome: 'succeeded' }, changes };",
      },
    ],
    tries: [
      'ecs/breaker-without-rollback',
      'lambda/update-fails',
      'static-site/failures',
      'codepipeline/action-fails',
      'cloudformation/rolled-back',
      'command/script',
    ],
    every: true,
  },
];
