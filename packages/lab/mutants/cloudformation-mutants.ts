import type { Mutant } from './mutant.ts';

const folder = 'packages/targets/cloudformation';
const judge = `${folder}/judge.ts`;
const prepare = `${folder}/prepare.ts`;

/** Faults in how a stack’s change is planned, guarded, followed and taken back. */
export const cloudFormationMutants: readonly Mutant[] = [
  {
    name: 'a change set is made anew behind the click instead of the one that people have read',
    edits: [
      {
        file: prepare,
        before: 'const made = await (taken === undefined',
        after: "const made = await (taken === undefined || taken.intent !== ''",
      },
    ],
    tries: ['cloudformation/previewed'],
  },
  {
    name: 'a change set that people are to read is taken away by the job that shows it',
    edits: [
      {
        file: prepare,
        before: 'return { ...change, changes:',
        after: 'return { ...change, discard: judged.discard ?? (async () => {}), changes:',
      },
    ],
    tries: ['cloudformation/previewed'],
  },
  {
    name: 'a stack that CloudFormation rolled back is a success',
    edits: [
      {
        file: judge,
        before: "    outcome: 'rolled-back',\n    reason: 'resource-failed',",
        after: "    outcome: 'succeeded',\n    reason: 'resource-failed',",
      },
    ],
    tries: ['cloudformation/rolled-back'],
  },
  {
    name: 'a stack whose time is up is a success',
    edits: [
      {
        file: judge,
        before: "return { kind: 'late', outcome: 'timed-out', reason: 'timed-out', message };",
        after: "return { kind: 'ended', outcome: 'succeeded', reason: 'deployed', message };",
      },
    ],
    tries: ['cloudformation/timed-out'],
  },
  {
    name: 'whatever a stack says last is said of our operation',
    edits: [
      {
        file: judge,
        before: 'return end === -1 ? own : own.slice(0, end + 1);',
        after: 'return own.slice(0, end + 99);',
      },
    ],
    tries: ['cloudformation/somebody-else'],
  },
  {
    name: 'resources that were cancelled are taken for the cause',
    edits: [
      {
        file: `${folder}/failures.ts`,
        before: 'before.filter(failure => !cancelled.test(failure.reason) &&',
        after: 'before.toReversed().filter(failure => failure.reason !== undefined &&',
      },
    ],
    tries: ['cloudformation/rolled-back', 'cloudformation/created'],
  },
  {
    name: 'what holds data is replaced unasked',
    edits: [{ file: prepare, before: 'if (risks.length > 0) {', after: 'if (risks.length > 99) {' }],
    tries: ['cloudformation/data-at-risk'],
  },
  {
    name: 'data in nested stacks is not looked at',
    edits: [
      {
        file: `${folder}/all-changes.ts`,
        before: 'if (nested === undefined || depth >= deepest) continue;',
        after: 'if (nested === undefined || depth < deepest) continue;',
      },
    ],
    tries: ['cloudformation/nested-and-imported'],
  },
  {
    name: 'a plan that is not applied leaves its change set behind',
    edits: [
      { file: prepare, before: 'discard: () => clear(context, planned),', after: 'discard: async () => undefined,' },
    ],
    tries: ['cloudformation/changed'],
  },
  {
    name: 'the operation of a killed run is taken for somebody else’s',
    edits: [
      {
        file: `${folder}/adopt.ts`,
        before: "if (changeSet.ExecutionStatus !== 'EXECUTE_IN_PROGRESS') return undefined;",
        after: "if (changeSet.ExecutionStatus === 'EXECUTE_IN_PROGRESS') return undefined;",
      },
    ],
    tries: ['cloudformation/killed'],
  },
  {
    name: 'that a hidden parameter is lost goes unsaid',
    edits: [
      {
        file: prepare,
        before: '...(hidden.length === 0 ? [] : [lostSecrets(goal, hidden)])',
        after: '...(hidden.length < 99 ? [] : [lostSecrets(goal, hidden)])',
      },
    ],
    tries: ['cloudformation/secrets'],
  },
];
