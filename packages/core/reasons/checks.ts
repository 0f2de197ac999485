/** Reasons of check-flow. */
export const checkReasons = {
  'flow-valid': { means: 'The flow file can be read, and everything in it is known.', unblocks: 'Nothing is blocked.' },
  'policy-same': {
    means: 'Environments, roles and gates are those of the default branch.',
    unblocks: 'Nothing is blocked.',
  },
  'policy-changes': {
    means:
      'The flow file has other environments, roles or gates than that of the default branch, which is the one that holds.',
    unblocks: 'Nothing is blocked. What the message names holds as soon as it is on the default branch.',
  },
} as const;
