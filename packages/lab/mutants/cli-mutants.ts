import type { Mutant } from './mutant.ts';

const wrong = ['cli/doctor-finds-what-is-wrong'];

/** Faults in what people are told: by the commands, and on their pull requests. */
export const cliMutants: readonly Mutant[] = [
  {
    name: 'a verdict that does not follow from its facts is the same',
    edits: [
      { file: 'packages/core/gate/replay.ts', before: 'differences.length === 0', after: 'differences.length >= 0' },
    ],
    tries: ['cli/verdicts-follow-from-their-facts'],
  },
  {
    name: 'a verdict is judged again on all of the journal, and not as it was then',
    edits: [{ file: 'packages/core/gate/replay.ts', before: '.slice(0, sequence)', after: '.slice(sequence)' }],
    tries: ['cli/verdicts-follow-from-their-facts'],
  },
  {
    name: 'the doctor takes what it could not read for fine',
    edits: [{ file: 'packages/core/doctor/finding.ts', before: "is: 'unknown', message", after: "is: 'ok', message" }],
    tries: ['cli/doctor-finds-nothing-wrong'],
  },
  {
    name: 'the doctor overlooks an environment that GitHub does not have',
    edits: [
      {
        file: 'packages/core/doctor/environments.ts',
        before: 'if (settings === null) {',
        after: 'if (settings === null) return [];\n  if (settings === undefined) {',
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks who is not asked',
    edits: [
      {
        file: 'packages/core/doctor/environments.ts',
        before: '!reviewers.some(reviewer => isSame(approver, reviewer))',
        after: 'reviewers.every(reviewer => reviewer === approver.kind)',
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks that a rollback may not enter',
    edits: [
      {
        file: 'packages/core/doctor/environments.ts',
        before: "return there ? rules : [...rules, { kind: 'branch', pattern: defaultBranch }];",
        after: 'return there ? rules : [...rules];',
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks that a journal can be pushed back',
    edits: [
      {
        file: 'packages/core/doctor/branches.ts',
        before: "['deletion', 'non_fast_forward'].filter",
        after: "['deletion'].filter",
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks a permission that a caller does not grant',
    edits: [
      {
        file: 'packages/core/doctor/callers.ts',
        before: "given === 'write' || given === level",
        after: "given !== 'none'",
      },
    ],
    tries: wrong,
  },
  {
    name: 'a pull request is told of the flow file of its base',
    edits: [
      {
        file: 'actions/check-flow/check-flow.ts',
        before: 'readFlowAt(github, file, run.sha)',
        after: 'readFlowAt(github, file, proposal.base)',
      },
    ],
    tries: ['pull-requests/checked-before-the-merge'],
  },
];
