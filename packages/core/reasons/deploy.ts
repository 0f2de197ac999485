/** Reasons of changes: deploy and rollback. */
export const deployReasons = {
  deployed: {
    means: 'The new version runs, and the deployment that brought it has ended well.',
    unblocks: 'Nothing is blocked.',
  },
  'nothing-to-change': {
    means: 'What was asked for already runs, and its deployment ended well.',
    unblocks: 'Nothing is blocked; nothing was registered.',
  },
  'image-not-found': {
    means: 'A container image does not exist in its registry.',
    unblocks: 'Push the image, or correct the reference; a tag may have been deleted by a lifecycle policy.',
  },
  'image-pull-denied': {
    means: 'The task may not pull its image.',
    unblocks:
      'Allow the task execution role to pull from the repository, across accounts also by the repository policy.',
  },
  'image-pull-failed': {
    means: 'An image could not be pulled, again and again.',
    unblocks: 'Check the network path to the registry (NAT, endpoints) and the registry’s rate limits.',
  },
  'task-resources-missing': {
    means: 'A task could not be set up: a secret, a parameter, a role or a network is missing.',
    unblocks: 'Correct what the stopped reason names.',
  },
  'out-of-memory': {
    means: 'A container was killed for using more memory than it has.',
    unblocks: 'Raise the memory of the task definition, or find the leak.',
  },
  'crash-loop': {
    means: 'An essential container of the new tasks exits again and again.',
    unblocks: 'Read its exit code and last log lines in the message; correct the cause and release again.',
  },
  'health-check-failed': {
    means: 'New tasks run, but their health checks fail.',
    unblocks: 'Check path, port and grace period of the health check, and the last log lines.',
  },
  'tasks-cannot-start': {
    means: 'Tasks of the new version could not be placed or started.',
    unblocks: 'Read the stopped reasons and the service events in the message.',
  },
  'breaker-triggered': {
    means: 'The deployment circuit breaker of ECS ended the deployment.',
    unblocks: 'Read in the message why its tasks failed; correct the cause and release again.',
  },
  'alarm-triggered': {
    means: 'A deployment alarm went off.',
    unblocks: 'Look at the alarm; deploy again when its cause is gone.',
  },
  'rollback-failed': {
    means: 'The deployment failed, and so did the way back.',
    unblocks: 'A person is needed: the message says what runs now.',
  },
  'no-way-back': {
    means: 'The deployment failed, and there is nothing to go back to.',
    unblocks: 'Correct the cause and deploy again.',
  },
  'deployment-failed': {
    means: 'The deployment ended as failed.',
    unblocks: 'Read the explanation in the message; correct the cause and release again.',
  },
  'superseded-by-another': {
    means: 'A newer deployment of the service took over before this one ended.',
    unblocks: 'See who started it; deploy again if this version is still wanted.',
  },
  'stopped-by-person': {
    means: 'Somebody stopped the deployment.',
    unblocks: 'Ask who stopped it (CloudTrail names them), then deploy again.',
  },
  'scaled-to-zero': {
    means: 'The service wants no task, so nothing proves that the new version can run.',
    unblocks: 'Set `desired-count`, or scale the service up.',
  },
  'tasks-missing': {
    means: 'ECS calls the deployment successful, but not all wanted tasks run the new version.',
    unblocks: 'Look at the service’s events and capacity.',
  },
  'timed-out': {
    means: 'The deployment had not ended when the time was up.',
    unblocks: 'Raise `timeout` when it is merely slow; the message says where it stood.',
  },
  'migration-failed': {
    means: 'The one-off task that runs before the deployment failed. The service was not touched.',
    unblocks: 'Read the exit code and the last log lines in the message.',
  },
  'controller-unsupported': {
    means:
      'The service is deployed by another controller (CODE_DEPLOY or EXTERNAL), which does not take this kind of deployment.',
    unblocks: 'Deploy it with that controller, or create the service with the ECS controller.',
  },
  'service-not-active': {
    means: 'The service is being deleted or is inactive.',
    unblocks: 'Create the service again, or correct its name.',
  },
  'container-not-found': {
    means: 'The task definition has no container of that name.',
    unblocks: 'Use one of the names in the message.',
  },
  'environment-locked': {
    means: 'Another run is changing this environment.',
    unblocks:
      'Wait for that run, or cancel it, then start this one again; the lock of a run that has ended is taken over by itself.',
  },
  'part-failed': {
    means: 'Another part of the same release has failed, so this one begins nothing more.',
    unblocks: 'Look at the part in the message: its cause is the one to correct.',
  },
  'part-lost': {
    means: 'A job of a deployment that is spread over several has ended without saying what it came to.',
    unblocks: 'Look at that job, then start the whole run again.',
  },
  'lock-lost': {
    means: 'The lock of this environment is no longer held by this run, so it stopped before changing anything more.',
    unblocks: 'See which run holds it now; start this one again when that one has ended.',
  },
  'journal-moved': {
    means: 'The journal changed underneath, and what it says now no longer allows this step.',
    unblocks: 'Read the journal’s page, then start the run again.',
  },
  'journal-invalid': {
    means: 'The journal’s branch was deleted, rewritten, or holds a record that this version cannot read.',
    unblocks: 'Restore the branch (a ruleset against force pushes and deletion protects it), or upgrade the suite.',
  },
  'journal-forged': {
    means: 'Somebody else than the suite wrote to the journal’s branch, or its state does not follow from its events.',
    unblocks:
      'Look at the commit in the message, then put the branch back to the one before; a ruleset keeps people off the branch.',
  },
  'artifact-unknown': {
    means: 'No artifact is recorded for this commit or its tree.',
    unblocks: 'Deploy the commit to the first environment, or hand over the digests in `images`.',
  },
  'artifact-gone': {
    means: 'The workflow artifact that was recorded for this release has expired or was deleted.',
    unblocks:
      'Build a new commit and release that; a longer `retention-days` at upload-artifact keeps artifacts as long as releases wait.',
  },
  'artifact-vanished': {
    means: 'The artifacts handed over are empty: GitHub drops outputs that contain a masked value.',
    unblocks: 'Hand over digests and names only, never a registry address with a masked account id.',
  },
  'nothing-verified': {
    means: 'No verified release is recorded for this environment, so there is nothing to go back to.',
    unblocks: 'Name a revision to go back to, or deploy a good version forward.',
  },
  'version-unknown': {
    means: 'That version was never verified in this environment.',
    unblocks: 'Use one of the versions in the message.',
  },
  restored: { means: 'The earlier release runs again.', unblocks: 'Nothing is blocked.' },
  'hold-set': {
    means: 'Promotions are stopped until a person clears the hold, or its time is over.',
    unblocks: 'Clear it when its reason is gone: the operation `resume`, or `hold` with `operation: clear`.',
  },
  'hold-cleared': { means: 'The hold was cleared.', unblocks: 'Nothing is blocked.' },
  'holds-listed': { means: 'The holds in force were read.', unblocks: 'Nothing is blocked.' },
} as const;
