/** Reasons of changes that a tool on the runner makes. */
export const commandReasons = {
  'tool-missing': {
    means: 'A tool that the component names is not on the runner’s PATH. Nothing was changed.',
    unblocks: 'Install it in an earlier step of the job; the message says how.',
  },
  'command-failed': {
    means: 'A command ended with an exit code that means failure, or was ended by a signal.',
    unblocks: 'Read its last lines in the explanation.',
  },
  'command-output-invalid': {
    means: 'What a command wrote for the action cannot be read.',
    unblocks: 'Correct what the message names; docs/targets/command.md has the form.',
  },
  'no-way-to-observe': {
    means: 'What ran before is not known, so there is no way back to it.',
    unblocks:
      'Give the component `observe` and `rollback` (script) or `previous` (Terraform), or release through the journal.',
  },
  'state-locked': {
    means: 'Somebody else holds the lock of the state. It was not taken from them.',
    unblocks:
      'Wait until they are done. Only when nobody works on it any more, a person removes the lock with the id in the message.',
  },
  'state-replaced': {
    means: 'The state is not the one that the receipt speaks of: it is gone, or it was made anew. Nothing was changed.',
    unblocks:
      'See that backend, workspace and account are the right ones; restore the state from a backup where it was lost.',
  },
  'plan-stale': {
    means: 'The state has changed since the plan was made, so the plan was not applied, nor made again.',
    unblocks: 'Start the whole run again, not only its failed jobs: it makes a new plan, which people can read.',
  },
  'plan-mismatch': {
    means:
      'The saved plan is not the one that was read: its digest, its tree or its tool is another. It was not applied.',
    unblocks: 'Make the plan again for this commit, and hand over its digest.',
  },
  'plan-missing': {
    means:
      'A component with `preview` is only changed by the plan that people have read, and none was handed over. Nothing was changed.',
    unblocks:
      'Release it by release.yml, which makes the plan before anybody is asked; or do as its job `preview` does, with `save-plans` and `saved-plans` of deploy. A component on its own has `save-plan` and `apply-plan` instead.',
  },
} as const;
