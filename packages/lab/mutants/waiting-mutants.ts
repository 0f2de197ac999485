import type { Mutant } from './mutant.ts';

const askedElsewhere = 'actions/validate-tag/asked-elsewhere.ts';
const agreed = 'packages/core/gate/agreed.ts';
const dispatch = 'packages/core/gate/dispatch.ts';
const parked = 'packages/core/gate/parked.ts';

/** Faults in what waits, and in what people say of it. */
export const waitingMutants: readonly Mutant[] = [
  {
    name: 'what waits is forgotten instead of parked',
    edits: [{ file: parked, before: 'if (ref === undefined) return [];', after: 'if (ref !== undefined) return [];' }],
    tries: ['release/window-closed'],
  },
  {
    name: 'an hour in which nothing changes is written down',
    edits: [{ file: parked, before: "plan.goesOn?.by !== 'go'", after: "plan.goesOn?.by === 'go'" }],
    tries: ['release/parked-goes-on-by-the-clock'],
  },
  {
    name: 'the clock takes up what waits for its time',
    edits: [
      {
        file: 'packages/core/plan/choose-parked.ts',
        before: '!(Date.parse(until) > now)',
        after: 'Date.parse(until) !== now',
      },
    ],
    tries: ['release/parked-goes-on-by-the-clock'],
  },
  {
    name: 'the originators of a parked release are forgotten',
    edits: [
      {
        file: 'actions/validate-tag/plan-parked.ts',
        before: 'originators: [...originators, ...started]',
        after: 'originators: originators.length > 9 ? originators : started',
      },
    ],
    tries: ['release/approved-by-the-operation'],
  },
  {
    name: 'anybody may approve by the operation',
    edits: [{ file: dispatch, before: '!isAmong(login, people)', after: 'isAmong(login, [])' }],
    tries: ['release/approved-by-the-operation'],
  },
  {
    name: 'whoever started a release approves it by the operation',
    edits: [{ file: dispatch, before: "started && by === 'approve'", after: "started && by !== 'approve'" }],
    tries: ['release/approved-by-the-operation'],
  },
  {
    name: 'a run that somebody runs again approves again',
    edits: [{ file: dispatch, before: 'attempt === 1 && sameLogin(login, triggeredBy)', after: 'attempt >= 1' }],
    tries: ['release/approved-by-the-operation'],
  },
  {
    name: 'an approval by the operation never expires',
    edits: [{ file: agreed, before: 'now - Date.parse(entry.at) <= within', after: 'now >= Date.parse(entry.at)' }],
    tries: ['release/approved-by-the-operation'],
  },
  {
    name: 'one approval is enough for a quorum',
    edits: [
      {
        file: 'packages/core/gate/quorum.ts',
        before: "operation === 'rollback' ? 1 : count",
        after: "operation === 'rollback' ? count : 1",
      },
    ],
    tries: ['release/approved-by-the-operation'],
  },
  {
    name: 'a rejection is forgotten by the next run',
    edits: [
      {
        file: 'packages/core/gate/rejection.ts',
        before: "if (operation === 'rollback') return [];",
        after: "if (operation !== 'rollback') return [];",
      },
    ],
    tries: ['release/rejected-for-good'],
  },
  {
    name: 'what is rejected by the operation waits on',
    edits: [
      {
        file: 'packages/core/journal/fold-waiting.ts',
        before:
          'rejected: [rejection, ...state.rejected].slice(0, kept.rejected),\n    parked: withoutParked(state, release),',
        after: 'rejected: [rejection, ...state.rejected].slice(0, kept.rejected),\n    parked: state.parked,',
      },
    ],
    tries: ['release/rejected-for-good'],
  },
  {
    name: 'nobody drops what a newer release supersedes',
    edits: [
      {
        file: 'packages/core/gate/queue.ts',
        before:
          "plan.operation === 'rollback' || plan.environment.queue === 'in-order') return [];\n  const components",
        after: "plan.operation === 'rollback' || plan.environment.queue !== 'in-order') return [];\n  const components",
      },
    ],
    tries: ['release/several-wait'],
  },
  {
    name: 'one that comes later does not wait for the one before',
    edits: [
      { file: 'packages/core/gate/queue.ts', before: 'if (before.length === 0)', after: 'if (before.length >= 0)' },
    ],
    tries: ['release/several-wait'],
  },
  {
    name: 'whoever pushes counts as having let go on what waits',
    edits: [
      {
        file: 'actions/validate-tag/plan-parked.ts',
        before: "eventName === 'workflow_dispatch' || eventName === 'repository_dispatch'",
        after: "eventName !== 'schedule'",
      },
    ],
    tries: ['s-imperatives-later-run'],
  },
  {
    name: 'every later run asks people again',
    edits: [{ file: askedElsewhere, before: 'if (since === undefined ||', after: 'if (since !== undefined ||' }],
    tries: ['s-imperatives-later-run'],
  },
  {
    name: 'nobody asks again where a click would come too late',
    edits: [{ file: askedElsewhere, before: 'clock.now() - since > within', after: 'clock.now() < since - within' }],
    tries: ['s-imperatives-later-run'],
  },
  {
    name: 'a release that goes on takes what another commit was built of',
    edits: [
      {
        file: 'actions/validate-tag/artifacts.ts',
        before: 'const images = goesOn ? {} : inputs.images;',
        after: 'const images = goesOn ? inputs.images : { ...inputs.images };',
      },
      {
        file: 'actions/validate-tag/artifacts.ts',
        before: 'const handed = goesOn ? {} : {',
        after: 'const handed = {',
      },
    ],
    tries: ['release/goes-on-with-its-own-build'],
  },
];
