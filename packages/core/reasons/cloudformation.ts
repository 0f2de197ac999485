/** Reasons of changes to CloudFormation stacks. */
export const cloudformationReasons = {
  'template-invalid': {
    means: 'CloudFormation does not take the template.',
    unblocks: 'Correct what the message says; nothing was changed.',
  },
  'template-too-large': {
    means: 'The template is larger than the 51,200 bytes that CloudFormation takes in a request.',
    unblocks: 'Give `template-bucket`, a bucket that the role may write to; or move parts into nested stacks.',
  },
  'parameters-wrong': {
    means: 'Parameters of the template have no value, a value that is not allowed, or are not in the template.',
    unblocks: 'Give the values that the message names under `parameters`.',
  },
  'capabilities-missing': {
    means: 'The template makes IAM resources or uses macros, which has to be acknowledged.',
    unblocks: 'Read what it makes, then add the capabilities in the message to `capabilities`.',
  },
  'change-set-failed': {
    means: 'CloudFormation could not make the change set. The stack was not touched.',
    unblocks: 'Correct what the message says.',
  },
  'data-at-risk': {
    means: 'The change would replace or delete a resource that holds data.',
    unblocks:
      'Change the template so that it stays, or list it under `allow-replacement` or `allow-removal` when its data may go.',
  },
  'plan-outdated': {
    means: 'The stack has changed since the change set was made, so it was not executed.',
    unblocks: 'Start the run again: it plans anew, from what is there now.',
  },
  'stack-busy': {
    means: 'Somebody else’s operation on the stack is under way.',
    unblocks: 'Wait until it has ended, then start the run again.',
  },
  'stack-unusable': {
    means: 'The stack is in a state from which CloudFormation takes no update.',
    unblocks: 'Do what the message says for this state; the suite never deletes a stack or skips a resource by itself.',
  },
  'stack-drifted': {
    means: 'Resources of the stack were changed without CloudFormation.',
    unblocks: 'Bring template and resources together (the message has the differences), or set `on-drift`.',
  },
  'secret-not-restorable': {
    means: 'CloudFormation never shows the value of a NoEcho parameter, so the one before cannot be brought back.',
    unblocks: 'Keep such values in Secrets Manager and refer to them; or know where the old value is kept.',
  },
  'parameters-unknown': {
    means: 'What ran before needs values that nobody has recorded: they are hidden, and the stack does not hold them.',
    unblocks: 'Deploy that version forward, with the values under `parameters`.',
  },
  'resource-failed': {
    means: 'A resource could not be created, changed or deleted.',
    unblocks: 'Read the reason of the first resource that failed; the others were cancelled because of it.',
  },
  'outputs-differ': {
    means: 'The stack was changed, but its outputs are not those that were expected.',
    unblocks: 'Correct the template, or what `outputs` expects.',
  },
} as const;
