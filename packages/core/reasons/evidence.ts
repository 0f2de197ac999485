/** Reasons of the gates that look into AWS. */
export const evidenceReasons = {
  'judged-before-change': {
    means:
      'Nobody can look yet: only the release job has a role there, or the commit is still to be made. It is judged right before the change.',
    unblocks: 'Nothing is blocked yet. With `read-role` of the environment it is judged before anybody is asked, too.',
  },
  'read-role-missing': {
    means: 'A gate asks about the earlier environment, and no role is given that may look there.',
    unblocks: 'Give that environment a `read-role`; docs/gates.md has its policies.',
  },
  'alarms-ok': { means: 'Every alarm that is named is there, and OK.', unblocks: 'Nothing is blocked.' },
  soaked: {
    means: 'The earlier environment has run this release for as long as is asked for, and was well.',
    unblocks: 'Nothing is blocked.',
  },
  soaking: {
    means:
      'The earlier environment runs this release, but not yet for as long as is asked for; an alarm starts the time anew.',
    unblocks:
      'Where nothing else is missing it is parked, and goes on at the time in the message: by the clock, or with the operation `go`. Leave the earlier environment as it is until then.',
  },
  'not-soaking': {
    means: 'The earlier environment does not run this release now, whole and verified.',
    unblocks: 'Release it to the earlier environment, let it run there, and start the release again.',
  },
  'stacks-complete': { means: 'Every stack that is asked for is complete.', unblocks: 'Nothing is blocked.' },
  'stack-not-complete': {
    means: 'A stack of the earlier environment is changing, has failed, or took its last change back.',
    unblocks:
      'Wait for its end, or put it right there: the message says in which state it is. Then start the release again.',
  },
  'backup-recent': { means: 'It is there to go back to, and new enough.', unblocks: 'Nothing is blocked.' },
  'backup-too-old': {
    means: 'What data could be brought back from is older than the flow file allows.',
    unblocks: 'Make a new one, as the message says, and start the release again.',
  },
  'data-missing': {
    means: 'A table, a database or a state that has to be looked at for backups is not there, and it should be by now.',
    unblocks: 'Check its name, account and region; where it was deleted, bring it back before anything is released.',
  },
  'backup-missing': {
    means: 'There is nothing that data could be brought back from.',
    unblocks: 'Make one, as the message says, and start the release again; check name, account and region.',
  },
  'recovery-off': {
    means: 'Nothing is kept to go back to: point-in-time recovery or the versions of the bucket are switched off.',
    unblocks: 'Switch it on, as the message says, and start the release again.',
  },
  'way-back-there': {
    means: 'Everything that is needed to go back to the last verified release is there.',
    unblocks: 'Nothing is blocked.',
  },
  'way-back-gone': {
    means:
      'Something that is needed to go back to the last verified release is gone: an image, a version, a task definition.',
    unblocks: 'Restore it, or take `way-back` out of the flow file and go forward only.',
  },
  'way-back-unknown': {
    means: 'The target of a component cannot tell before it goes back whether it could.',
    unblocks: 'Name the components that can be looked at in `way-back`.',
  },
} as const;
