import type { Mutant } from './mutant.ts';

const judge = 'packages/targets/ecs/judge.ts';
const follow = 'packages/targets/ecs/follow.ts';
const succeeded = "{ kind: 'ended', outcome: 'succeeded', reason: 'deployed', message: 'done' }";

/** Faults in how a rollout is judged, followed and explained. */
export const rolloutMutants: readonly Mutant[] = [
  {
    name: 'a deployment that was STOPPED is a success',
    edits: [
      {
        file: judge,
        before: 'return judgeStopped(facts);',
        after: `return { ...judgeStopped(facts), ...${succeeded} };`,
      },
    ],
    tries: ['ecs/superseded'],
  },
  {
    name: 'a deployment that ECS rolled back is a success',
    edits: [{ file: judge, before: "outcome: 'rolled-back',", after: "outcome: 'succeeded'," }],
    tries: ['ecs/breaker-rolled-back'],
  },
  {
    name: 'a deployment whose time is up is a success',
    edits: [
      {
        file: judge,
        before: "return { kind: 'hopeless', outcome: 'timed-out', reason: 'timed-out', message };",
        after: "return { kind: 'ended', outcome: 'succeeded', reason: 'deployed', message };",
      },
    ],
    tries: ['ecs/timed-out'],
  },
  {
    name: 'SUCCESSFUL is enough, whatever runs',
    edits: [
      { file: judge, before: 'if (running >= requested && old === 0) {', after: 'if (running >= 0 && old >= 0) {' },
    ],
    tries: ['ecs/tasks-missing', 'ecs/successful-but-not-all'],
  },
  {
    name: 'a service that was scaled to zero meanwhile goes on',
    edits: [
      { file: judge, before: 'if (wantsNoTask(deployment)) {', after: 'if (wantsNoTask(deployment) && past(facts)) {' },
    ],
    tries: ['ecs/scaled-to-zero'],
  },
  {
    name: 'a service that wants no task is deployed',
    edits: [{ file: 'packages/targets/ecs/driver.ts', before: 'if (zero.length > 0)', after: 'if (zero.length > 99)' }],
    tries: ['ecs/scaled-to-zero'],
  },
  {
    name: 'failed tasks are no reason to give up early',
    edits: [
      {
        file: judge,
        before: 'if (lost !== undefined) return lost;',
        after: 'if (lost !== undefined && past(facts)) return lost;',
      },
    ],
    tries: ['ecs/crash-loop'],
  },
  {
    name: 'only the failures that ECS counts are seen',
    edits: [{ file: follow, before: 'const beatsPerLook = 5;', after: 'const beatsPerLook = 1e9;' }],
    tries: ['ecs/crash-loop'],
  },
  {
    name: 'the last log lines are not shown',
    edits: [
      {
        file: 'packages/targets/ecs/explain.ts',
        before: '...words.map(line =>',
        after: '...words.slice(words.length).map(line =>',
      },
    ],
    tries: ['ecs/crash-loop'],
  },
  {
    name: 'a registry that refuses is taken for one that is slow',
    edits: [
      { file: 'packages/targets/ecs/task-failure.ts', before: "'image-pull-denied'],", after: "'image-pull-failed']," },
    ],
    tries: ['ecs/image-cannot-be-pulled'],
  },
  {
    name: 'the first page of stopped tasks is all',
    edits: [
      {
        file: 'packages/aws/ecs.ts',
        before: 'found.push(...(answer.taskArns ?? []));\n        nextToken = answer.nextToken;',
        after: 'found.push(...(answer.taskArns ?? []));\n        nextToken = undefined;',
      },
    ],
    tries: ['ecs/more-than-100-tasks'],
  },
  {
    name: 'whichever deployment is found first is taken for ours',
    edits: [
      {
        file: 'packages/targets/ecs/identity.ts',
        before: '      leadsTo(candidate, deploymentId),',
        after: '      leadsTo(candidate, deploymentId) || candidate.serviceArn !== undefined,',
      },
    ],
    tries: ['ecs/listed-late'],
  },
  {
    name: 'a deployment that is listed late is given up',
    edits: [{ file: 'packages/targets/ecs/identity.ts', before: 'patience: 60_000', after: 'patience: 6_000' }],
    tries: ['ecs/listed-late'],
  },
  {
    name: 'a rollout that another deployment took over is rolled back',
    edits: [
      {
        file: 'actions/deploy/component.ts',
        before: "new Set(['failed', 'timed-out', 'rolled-back'])",
        after: "new Set(['failed', 'timed-out', 'rolled-back', 'superseded'])",
      },
    ],
    tries: ['ecs/superseded'],
  },
  {
    name: 'ECS is asked every two seconds',
    edits: [
      {
        file: 'packages/targets/ecs/beat.ts',
        before: 'const steady = 15_400;',
        after: 'const steady = 2_000;',
      },
    ],
    tries: ['ecs/follows-its-own-rollout'],
  },
  {
    name: 'ECS is asked once a minute',
    edits: [
      {
        file: 'packages/targets/ecs/beat.ts',
        before: 'const steady = 15_400;',
        after: 'const steady = 60_000;',
      },
    ],
    tries: ['ecs/follows-its-own-rollout'],
  },
  {
    name: 'a cancelled run leaves the rollout as it is, whatever the policy says',
    edits: [
      {
        file: 'actions/deploy/component.ts',
        before: "component.onCancel === 'rollback' ? await rollout.letGo()",
        after: "component.onCancel !== 'rollback' ? await rollout.letGo()",
      },
    ],
    tries: ['ecs/cancelled'],
  },
  {
    name: 'a cancelled run does not notice',
    edits: [
      {
        file: 'packages/action-kit/cancellation.ts',
        before: 'controller.abort(new Error(`the run was cancelled (${signal})`))',
        after: '{}',
      },
    ],
    tries: ['ecs/cancelled'],
  },
];
