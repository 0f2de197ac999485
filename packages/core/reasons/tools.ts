/** Reasons of tools that keep a state of their own. */
export const toolReasons = {
  'state-locked': {
    means: 'The state of the tool is locked by another run of it. Nothing was changed.',
    unblocks:
      'Wait for the holder in the message to end. Only a person removes a lock, when nothing of its holder runs any more.',
  },
  'plan-stale': {
    means: 'What would happen is no longer what was planned and shown: something has changed since.',
    unblocks: 'Start again, which makes a new plan.',
  },
  'command-failed': {
    means: 'The tool ended without doing its work, or never said what it did.',
    unblocks: 'Read its exit code and its last lines in the message.',
  },
} as const;
