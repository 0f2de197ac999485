/** Reasons of changes to Lambda functions. */
export const lambdaReasons = {
  'function-not-ready': {
    means: 'The function is still being made, or has failed, so it cannot be deployed to.',
    unblocks: 'Wait until it is Active, or correct what its state names.',
  },
  'function-update-failed': {
    means: 'Lambda took the new code or configuration and then could not use it. Callers have seen nothing of it.',
    unblocks: 'Correct what the message names.',
  },
  'code-invalid': {
    means: 'Lambda cannot read or use the code: no such object, no archive, an image that it cannot run.',
    unblocks: 'Correct the reference or the build; the message has Lambda’s words.',
  },
  'version-failed': {
    means: 'The published version did not become Active. The alias was not moved.',
    unblocks: 'Correct what the message names.',
  },
  'init-failed': {
    means: 'The new version does not start: an import, a handler or its initialisation fails.',
    unblocks: 'Read the log lines in the message.',
  },
  'invocation-failed': {
    means: 'The new version failed the event of `invoke`. The alias was not moved.',
    unblocks: 'Read the error and the log lines in the message.',
  },
  'provisioning-failed': {
    means: 'Provisioned concurrency could not be allocated.',
    unblocks: 'Read Lambda’s reason; concurrency quotas of the account are the commonest one.',
  },
  'variables-unreadable': {
    means: 'The function’s environment variables cannot be decrypted, so setting some would wipe the others.',
    unblocks: 'Allow the role `kms:Decrypt` on the key of the function.',
  },
  'alarm-already-red': {
    means: 'An alarm that is to guard the change is red before it begins.',
    unblocks: 'Deploy when its cause is gone; it could not tell a bad version from a good one.',
  },
  'alarm-missing': {
    means: 'An alarm that guarded the change was deleted meanwhile.',
    unblocks: 'Create it again, or take it out of `alarms`.',
  },
  'alarm-without-data': {
    means:
      'An alarm that guards the change had no data at the end of a step: nothing proves that the new version is well.',
    unblocks: 'Make the step longer, send requests meanwhile, or let the alarm treat missing data as not breaching.',
  },
} as const;
