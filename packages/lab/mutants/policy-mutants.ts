import type { Mutant } from './mutant.ts';

const extend = 'packages/core/flow/policy/extend.ts';

/** Faults in what an organisation asks of all its repositories. */
export const policyMutants: readonly Mutant[] = [
  {
    name: 'a repository loosens the policy that it extends',
    edits: [{ file: extend, before: '...loosened.map(each => mistakeOf(each, policy))', after: '' }],
    tries: ['release/policy-of-the-organisation'],
  },
  {
    name: 'what only the policy asks for does not hold',
    edits: [
      {
        file: extend,
        before: 'return { name, ...tightenEnvironment(askedOf(asked, name), value,',
        after: 'return { name, ...tightenEnvironment({}, value,',
      },
    ],
    tries: ['release/policy-of-the-organisation'],
  },
  {
    name: 'a policy that cannot be read asks for nothing',
    edits: [
      {
        file: 'packages/github/policies.ts',
        before: 'throw unread(reference);\n      throw error;',
        after: "return 'version: 1\\nenvironments: {}\\n';\n      throw error;",
      },
    ],
    tries: ['release/policy-in-a-private-repository'],
  },
];
