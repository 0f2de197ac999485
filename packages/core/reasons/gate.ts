/** Reasons of gate-approval, and of the artifacts that validate-tag finds. */
export const gateReasons = {
  'nothing-deployed-yet': { means: 'The environment has no release yet.', unblocks: 'Nothing is blocked.' },
  'earlier-verified': {
    means: 'The earlier environment verified the same content.',
    unblocks: 'Nothing is blocked.',
  },
  'earlier-not-verified': {
    means: 'The earlier environment has not verified this commit or a commit of the same tree.',
    unblocks: 'Release it to the earlier environment first, and let it pass its verification there.',
  },
  'artifacts-same': {
    means: 'These are the digests that the earlier environment ran.',
    unblocks: 'Nothing is blocked.',
  },
  'artifacts-differ': {
    means: 'These are not the digests that the earlier environment ran.',
    unblocks: 'Release exactly what was verified; a rebuilt image is another image.',
  },
  reviewed: { means: 'The pull request has the approving reviews that it needs.', unblocks: 'Nothing is blocked.' },
  'not-reviewed': {
    means:
      'The merged pull request of the release lacks approving reviews; those of its authors, and dismissed or outdated ones, do not count.',
    unblocks: 'The people in the message approve the pull request, and the release is started again.',
  },
  'no-pull-request': {
    means: 'The commit was pushed without a pull request, so there is nothing that anybody could have reviewed.',
    unblocks: 'Bring the change in by a pull request; a ruleset of the branch can require one.',
  },
  'changes-requested': {
    means: 'Somebody asked for changes of the pull request and has not taken it back.',
    unblocks: 'They approve it, or their review is dismissed; then the release is started again.',
  },
  'reviewers-unreadable': {
    means:
      'Who belongs to a team, or which files a very large pull request changes, cannot be read, so nobody knows whether the reviews are of the right people.',
    unblocks: 'Name people instead of teams; bring a change in by pull requests whose files GitHub lists.',
  },
  'reviews-impossible': {
    means: 'Those whose reviews count wrote the change themselves, so nobody could review it.',
    unblocks: 'Name more people in `by` of `reviews`.',
  },
  'owners-approved': {
    means: 'Each file of the pull request that has owners was approved by one of them.',
    unblocks: 'Nothing is blocked.',
  },
  'owner-missing': {
    means: 'Files of the pull request have owners in CODEOWNERS, and none of these has approved it.',
    unblocks: 'One of the owners in the message approves the pull request, and the release is started again.',
  },
  'no-code-owners': {
    means: 'The flow file asks for the approval of code owners, and no CODEOWNERS file says who they are.',
    unblocks: 'Commit a CODEOWNERS file, or take `code-owners` out of `reviews`.',
  },
  'no-open-issues': { means: 'No open issue has a label that stops releases.', unblocks: 'Nothing is blocked.' },
  'issues-open': {
    means: 'An issue with a label that stops releases is open.',
    unblocks:
      'Close the issue, or take the label off where it does not concern releases; then start the release again.',
  },
  'checklist-ticked': {
    means: 'Every box that people decide is ticked; those that rules decide have verdicts of their own.',
    unblocks: 'Nothing is blocked.',
  },
  'checklist-unasked': {
    means:
      'Nobody has been asked to tick the boxes yet: the issue is opened once nothing else speaks against the release.',
    unblocks: 'Put right what else the page shows; then the release’s issue is opened.',
  },
  'checklist-open': {
    means: 'A box of the release’s issue is not ticked.',
    unblocks: 'Tick the boxes in the issue; then the release goes on by the clock, or with the operation `go`.',
  },
  'checklist-changed': {
    means: 'A box of the checklist is not in the release’s issue any more, or in other words.',
    unblocks: 'Put it back into the issue as the file has it, and tick it when it is done.',
  },
  'checklist-turned-down': {
    means: 'The release’s issue was closed while a box was not ticked.',
    unblocks: 'Open the issue again where the release shall go on after all; else release another commit.',
  },
  'box-undecided': {
    means: 'A box of the checklist names a rule that is not judged here, so nobody decides it.',
    unblocks: 'Correct the name of the rule in the file, or let people tick the box.',
  },
  'no-migrations': { means: 'No migration lies between.', unblocks: 'Nothing is blocked.' },
  'migrations-ahead': {
    means: 'The release brings migrations; all of them can be undone.',
    unblocks: 'Nothing is blocked.',
  },
  'migrations-irreversible': {
    means:
      'The release brings a migration that cannot be undone, so a failure is left as it is instead of gone back from.',
    unblocks: 'Nothing is blocked; whoever approves knows that the way out leads forward.',
  },
  'migrations-stay': {
    means:
      'The release that is gone back to does not know migrations that stay; none of them is said to be incompatible.',
    unblocks: 'Nothing is blocked.',
  },
  'rollback-incompatible': {
    means: 'A migration that cannot be undone lies between, and the release that is gone back to does not know it.',
    unblocks: 'Go forward: release a fix on top of what runs, or a verified version that has the migration.',
  },
  'files-unreadable': {
    means: 'Which files a commit has could not be told, so nobody knows which migrations lie between.',
    unblocks:
      'Where the repository has too many files for GitHub to list, take `migrations` out; else name a release of which the commit is known.',
  },
  'window-open': { means: 'It is a time at which releases start here.', unblocks: 'Nothing is blocked.' },
  'window-not-preferred': {
    means: 'Releases may start now, but it is none of the times that the flow file prefers.',
    unblocks: 'Nothing is blocked; whoever can wait does so until the time in the message.',
  },
  'window-closed': {
    means: 'It is no time at which releases start here.',
    unblocks:
      'Where nothing else is missing it is parked, and goes on from the next opening on: by the clock, or with the operation `go`. The message has the time, in the zone of the team and in UTC.',
  },
  'window-too-short': {
    means: 'The window closes before the release would be done.',
    unblocks:
      'Where nothing else is missing it is parked, and goes on from the next opening on: by the clock, or with the operation `go`. Correct `takes` where releases are done sooner.',
  },
  'window-never-opens': {
    means: 'The window does not open in the next five weeks for as long as a release takes.',
    unblocks: 'Correct `window` of the environment in the flow file.',
  },
  'no-freeze': { means: 'No freeze applies.', unblocks: 'Nothing is blocked.' },
  'holidays-run-out': {
    means: 'No freeze applies, but the files of holidays name no day of the year ahead.',
    unblocks: 'Nothing is blocked. Add the holidays of the next year to the files.',
  },
  frozen: {
    means: 'Nothing is released in this time: a holiday, the end of a quarter, days of much traffic.',
    unblocks:
      'Where nothing else is missing it is parked, and goes on when the freeze is over, at the time in the message: by the clock, or with the operation `go`.',
  },
  'freeze-ahead': {
    means: 'A freeze begins before the release would be done.',
    unblocks:
      'Where nothing else is missing it is parked, and goes on when the freeze is over: by the clock, or with the operation `go`. Correct `takes` where releases are done sooner.',
  },
  'not-enforced': {
    means: 'Rules would have stopped this release; the flow file says `enforce: false`, so they only advise.',
    unblocks: 'Nothing is blocked. Take `enforce: false` out once the rules are as you want them.',
  },
  'gate-not-looked-up': {
    means: 'A gate of the plan was not looked up, so nothing is known about it.',
    unblocks: 'Run every job of the release with the same version of the suite; report it when they are the same.',
  },
  'no-hold': { means: 'No hold applies.', unblocks: 'Nothing is blocked.' },
  held: {
    means: 'A person or a rollback stopped promotions of this environment, version or component.',
    unblocks:
      'Clear the hold when its reason is gone: the operation `resume`, or `hold` with `operation: clear`. Then start the release again; one that was parked goes on.',
  },
  'lock-free': { means: 'No other run is changing the environment.', unblocks: 'Nothing is blocked.' },
  'way-back-known': { means: 'A verified release is recorded to go back to.', unblocks: 'Nothing is blocked.' },
  'part-of-unverified': {
    means: 'A component shall go back alone, out of a release that was never verified as a whole.',
    unblocks: 'Roll back without `components`: everything goes back.',
  },
  'part-unknown': {
    means: 'The release to go back to did not have the component yet.',
    unblocks: 'Name another version, or roll back without `components`.',
  },
  'no-approval-needed': { means: 'The environment asks for no approval.', unblocks: 'Nothing is blocked.' },
  approved: { means: 'Those who have to have approved this run.', unblocks: 'Nothing is blocked.' },
  agreed: {
    means: 'Somebody who may approve does, by the operation `approve`, before the job asks.',
    unblocks: 'Nothing is blocked.',
  },
  'operation-not-dispatched': {
    means: 'Somebody’s word on a parked release has to be a dispatch of their own: GitHub knows whose it is, and when.',
    unblocks: 'Start the workflow by hand with the operation, not by another event, and do not run it again.',
  },
  'nothing-parked': {
    means: 'No such release waits in the environment.',
    unblocks: 'Look at the page of the environment’s journal: it lists what is parked.',
  },
  'plan-changed': {
    means: 'What would be done has changed since the release was parked, so an approval would be of something else.',
    unblocks: 'Look at the page of this run, and approve again.',
  },
  'release-rejected': {
    means: 'Somebody who may approve has rejected this release of this commit. That is final.',
    unblocks: 'Release another version.',
  },
  'first-in-order': { means: 'No release waits before this one.', unblocks: 'Nothing is blocked.' },
  'not-first-in-order': {
    means: 'The environment takes all releases in their order, and another one waits before this.',
    unblocks:
      'Let the one before go on, or reject it, with the operation `go` or `reject`; then this one goes on by the clock, or with `go`.',
  },
  superseded: {
    means: 'A newer release of the same components is on its way, so this one is no longer waited for.',
    unblocks: 'Nothing is blocked: the newer one contains it. With `queue: in-order` all go on.',
  },
  'went-on-already': {
    means: 'Another run has taken up this parked release.',
    unblocks: 'Nothing is to be done: look at that run.',
  },
  'glass-broken': {
    means:
      'An emergency: rules that the flow file names for that stop nothing, for the reason and the incident that are recorded.',
    unblocks: 'Nothing is blocked. Review it: an issue is opened for that, with its due date.',
  },
  'review-overdue': {
    means: 'The review of an earlier emergency is overdue.',
    unblocks: 'Nothing is blocked. Review it, and close its issue.',
  },
  'rollback-rejected': {
    means: 'Somebody who may approve has rejected the rollback, or whoever asked for it has taken it back.',
    unblocks: 'Ask for another one where it is needed after all; a rejection is final for this one.',
  },
  'rollback-dropped': {
    means: 'The rollback waits no more: a newer one was asked for, or a release has started there since.',
    unblocks: 'Ask for a rollback again, where it is still needed: its page shows what would be gone back from now.',
  },
  'rollback-waits': {
    means: 'Somebody has asked for a rollback here, and it waits for somebody else to approve it.',
    unblocks:
      'Nothing is blocked. Where the rollback is what is wanted, approve that and not the release: a release that starts drops it.',
  },
  'nothing-to-go-on': { means: 'Nothing is parked that could go on now.', unblocks: 'Nothing is blocked.' },
  'approval-pending': {
    means: 'An approval is still missing. It is asked for when the release job reaches its environment.',
    unblocks: 'One of the people in the message approves the environment.',
  },
  'approval-missing': {
    means: 'Not enough of those who may approve have done so.',
    unblocks:
      'One of the people in the message starts the workflow with the operation `approve`, or approves the environment in a new run; the required reviewers of the environment have to be those who may approve.',
  },
  'approval-of-earlier-attempt': {
    means: 'The only approval was given for an earlier attempt of this run, and counts for that one alone.',
    unblocks: 'Start a new run and approve it; check the required reviewers of the environment.',
  },
  'approval-too-late': {
    means: 'The approval came after the time allowed for it.',
    unblocks: 'Start a new run and approve it in time: the facts on the page may be old by now.',
  },
  'approval-by-originator': {
    means: 'The only approval came from somebody who started or pushed this release.',
    unblocks: 'Somebody else approves: by the operation `approve` what is parked, anything else in a new run.',
  },
  'approval-by-outsider': {
    means: 'The approval came from somebody who is not among those who may approve.',
    unblocks:
      'One of the people in the message approves: by the operation `approve` what is parked, anything else in a new run.',
  },
  'approval-impossible': {
    means: 'Nobody is left who could approve this release.',
    unblocks: 'Name more people in `approve.by`, or let somebody else start the release.',
  },
  'originator-unknown': {
    means:
      'Another workflow or a bot started this run and does not say for whom, so anybody could approve their own release.',
    unblocks: 'Hand over `originator`, such as the `github.triggering_actor` of the run that started this one.',
  },
  'start-changed': {
    means: 'What runs has changed since the plan was made, so what was approved is not what would happen.',
    unblocks: 'Start a new run: its page shows the change from what runs now.',
  },
  'approval-unreadable': {
    means: 'Who approved or rejected, whom GitHub asks, or who belongs to a team could not be read.',
    unblocks: 'Give the job `actions: read`; name people instead of teams in `roles`.',
  },
} as const;
