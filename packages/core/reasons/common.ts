/** Reasons that any action can give. */
export const commonReasons = {
  'input-invalid': {
    means: 'An input, a file or a combination of them is wrong. Nothing was called and nothing was changed.',
    unblocks: 'Correct what the message names; every mistake is listed at once.',
  },
  'credentials-missing': {
    means: 'There are no AWS credentials to work with.',
    unblocks:
      'Give `role` (and `permissions: id-token: write` to the job), or run aws-actions/configure-aws-credentials before.',
  },
  'credentials-expired': {
    means: 'The AWS credentials expired and could not be renewed.',
    unblocks: 'Use `role`, so that the action renews them itself, or allow a longer session.',
  },
  'access-denied': {
    means: 'AWS refused a call for lack of permission. It was not tried again.',
    unblocks: 'Add the statement in the message to the policy of the role, then start the run again.',
  },
  'github-permission-missing': {
    means: 'GitHub refused a call for lack of permission.',
    unblocks: 'Give the job the permission in the message.',
  },
  'api-unavailable': {
    means: 'A service did not answer, or kept answering that it cannot.',
    unblocks: 'Look at the status page of the service, then start the run again: it goes on where it stopped.',
  },
  'not-found': {
    means: 'Something that was named does not exist.',
    unblocks: 'Correct the name in the message, or create what is missing; check account and region.',
  },
  cancelled: {
    means: 'The run was cancelled.',
    unblocks: 'The message says in which state it was left; start the run again to go on from there.',
  },
  'dry-run': {
    means: 'Only a look: nothing was changed, because `dry-run` is set.',
    unblocks: 'Run without `dry-run`.',
  },
  'internal-error': {
    means: 'The action met something that it was not made for.',
    unblocks: 'Report it with the stack trace of the log.',
  },
  'nothing-checked': {
    means: 'No rule or check applied, so nothing is known.',
    unblocks: 'Configure at least one check; zero checks never pass.',
  },
  'all-rules-pass': { means: 'Every rule that applies passes.', unblocks: 'Nothing is blocked.' },
} as const;
