import type { Mutant } from './mutant.ts';

const asked = 'packages/core/gate/asked-rollback.ts';
const planned = 'actions/validate-tag/plan-rollback.ts';

/** Faults in rollbacks that wait for somebody else’s word. */
export const rollbackWordMutants: readonly Mutant[] = [
  {
    name: 'a rollback that lacks an approval goes on',
    edits: [
      {
        file: 'packages/core/gate/approval-ahead.ts',
        before: 'if (needed > clicks) return',
        after: "if (needed > clicks && plan.operation === 'release') return",
      },
    ],
    tries: ['release/rollback-approved-by-the-operation'],
  },
  {
    name: 'an approval of one rollback counts for another',
    edits: [
      {
        file: 'packages/core/plan/subject.ts',
        before: "operation === 'rollback' ? askedFor(plan) : {}",
        after: "operation === 'release' ? {} : { why: askedFor(plan).why }",
      },
    ],
    tries: ['release/approval-of-another-rollback'],
  },
  {
    name: 'whoever approves a rollback takes the place of those who asked for it',
    edits: [
      {
        file: planned,
        before: 'waited?.originators ?? originatorsOf(kit.run, inputs.originator)',
        after: 'originatorsOf(kit.run, inputs.originator)',
      },
    ],
    tries: ['release/rollback-approved-by-the-operation'],
  },
  {
    name: 'why somebody approves a rollback takes the place of why it was asked for',
    edits: [
      {
        file: 'actions/validate-tag/plan-parked-rollback.ts',
        before: 'why: request.why',
        after: 'why: comment',
      },
    ],
    tries: ['release/rollback-approved-by-the-operation'],
  },
  {
    name: 'a rollback that was rejected is asked for again by the same run',
    edits: [{ file: asked, before: "if (how === 'started' && run.id", after: "if (how === 'rejected' || run.id" }],
    tries: ['release/rollback-rejected-or-overtaken'],
  },
  {
    name: 'a newer rollback leaves the one before it waiting',
    edits: [
      {
        file: asked,
        before: 'return [...droppedRollbacks(plan, state), { type:',
        after: 'return [...droppedRollbacks(plan, { ...state, rollbacks: [] }), { type:',
      },
    ],
    tries: ['release/rollback-rejected-or-overtaken'],
  },
  {
    name: 'a release that starts leaves a rollback waiting, which would go back from something else',
    edits: [
      {
        file: 'actions/deploy/record.ts',
        before: '...droppedRollbacks(plan, state)',
        after: '...droppedRollbacks(plan, { ...state, rollbacks: [] })',
      },
    ],
    tries: ['release/rollback-rejected-or-overtaken'],
  },
  {
    name: 'a rollback that two people approve is carried out twice',
    edits: [{ file: asked, before: "how === 'started' && run.id === request.run", after: "how === 'started'" }],
    tries: ['release/rollback-approved-twice'],
  },
  {
    name: 'a rollback that has begun waits on',
    edits: [
      {
        file: 'actions/rollback/rollback.ts',
        before: 'return startedRollback(plan, state);',
        after: 'return startedRollback(plan, { ...state, rollbacks: [] });',
      },
    ],
    tries: ['release/rollback-approved-by-the-operation'],
  },
  {
    name: 'a rollback that died on its way is taken for one that has changed nothing',
    edits: [
      {
        file: 'packages/core/gate/what-runs.ts',
        before: "lock.kind !== 'abandoned' ||",
        after: "lock.kind !== 'held' ||",
      },
    ],
    tries: ['release/rollback-after-one-that-died'],
  },
  {
    name: 'a hold that ends stands for the one on what was rolled back',
    edits: [
      {
        file: 'actions/rollback/record.ts',
        before: 'holds.filter(({ until }) => until === undefined)',
        after: "holds.filter(({ until }) => until !== '')",
      },
    ],
    tries: ['release/rolled-back-while-held-for-a-while'],
  },
  {
    name: 'a later attempt leaves the lock as the earlier one took it',
    edits: [
      {
        file: 'packages/github/journal/lock.ts',
        before: 'return run.attempt === own.attempt;',
        after: 'return run.attempt <= own.attempt;',
      },
    ],
    tries: ['release/killed-and-run-again'],
  },
];
