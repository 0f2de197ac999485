/** Reasons of check-flow, and of doctor. */
export const checkReasons = {
  'flow-valid': { means: 'The flow file can be read, and everything in it is known.', unblocks: 'Nothing is blocked.' },
  'as-demanded': { means: 'A setting is as the flow file demands.', unblocks: 'Nothing is blocked.' },
  'not-as-demanded': {
    means: 'A setting of GitHub or AWS, or a workflow, is not as the flow file demands.',
    unblocks: 'The message says what mends it; `doctor --fix` prints the commands.',
  },
  'settings-unread': {
    means: 'A setting could not be read, so nobody knows whether it is as the flow file demands.',
    unblocks: 'Give the permission or the credentials in the message.',
  },
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
