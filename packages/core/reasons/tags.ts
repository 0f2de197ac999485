/** Reasons of validate-tag: what is judged about a tag and its commit. */
export const tagReasons = {
  'tag-valid': { means: 'The tag or branch stands for a release of an environment.', unblocks: 'Nothing is blocked.' },
  'tag-malformed': {
    means: 'The tag is not a strict semantic version.',
    unblocks: 'Make a tag such as `v1.3.0`; the message marks the first wrong character.',
  },
  'tag-moved': {
    means: 'The tag names another commit than when the run began, or than when it was released before.',
    unblocks: 'Make a new tag for the new commit; a ruleset that forbids moving release tags prevents this.',
  },
  'tag-unmoved': {
    means: 'The tag is new, or names the commit that it named when it was released before.',
    unblocks: 'Nothing is blocked.',
  },
  'ref-not-released': {
    means: 'No environment is released from this branch or tag.',
    unblocks: 'Nothing to do, unless an environment’s `from` should name it.',
  },
  'prerelease-not-deployed': {
    means: 'The tag is a prerelease, which no environment takes.',
    unblocks: 'Nothing to do: make the final tag when it is ready.',
  },
  'release-not-published': {
    means: 'The release on GitHub that the run is about is a draft, or was taken back.',
    unblocks: 'Publish it; let the workflow start on `release: types: [released]`.',
  },
  'tag-annotated': { means: 'The tag is an annotated one.', unblocks: 'Nothing is blocked.' },
  'tag-lightweight': {
    means: 'The tag is a lightweight one, and the environment wants annotated ones.',
    unblocks: 'Delete it and make it again with `git tag -a`.',
  },
  'tag-signed': { means: 'The tag is signed, and GitHub has verified it.', unblocks: 'Nothing is blocked.' },
  'tag-unsigned': {
    means: 'The tag carries no signature, and the environment wants signed ones.',
    unblocks: 'Delete it and make it again with `git tag -s`.',
  },
  'tag-unverified': {
    means: 'The tag is signed, but GitHub could not verify whose signature it is.',
    unblocks: 'The message has GitHub’s reason: add the key or the address to the tagger’s account, or sign it again.',
  },
  'tag-key-expired': {
    means: 'The key that signed the tag has expired.',
    unblocks: 'Delete the tag and sign it again with a key that is valid.',
  },
  'tag-signature-unchecked': {
    means: 'GitHub could not check the signature of the tag just now. That is not taken for a good one.',
    unblocks: 'Start the run again in a while.',
  },
  'version-greater': { means: 'The version comes after all others of its line.', unblocks: 'Nothing is blocked.' },
  'version-not-greater': {
    means: 'A version that is as high or higher is already tagged on the line of this one.',
    unblocks: 'Tag the next version; to bring an earlier release back, use rollback.',
  },
  'candidate-in-order': { means: 'The candidate comes after those before it.', unblocks: 'Nothing is blocked.' },
  'candidate-out-of-order': {
    means: 'A candidate of this version with the same or a higher number is already there.',
    unblocks: 'Tag the next number.',
  },
  'candidate-after-final': {
    means: 'The version that this is a candidate of is already tagged.',
    unblocks: 'Tag a candidate of the next version.',
  },
  'on-branch': { means: 'The commit is on an allowed branch.', unblocks: 'Nothing is blocked.' },
  'on-hotfix-branch': {
    means: 'The commit is on a hotfix branch that may be released.',
    unblocks: 'Nothing is blocked.',
  },
  'not-on-branch': {
    means: 'The commit is on none of the branches that this environment is released from.',
    unblocks: 'Merge it, and tag the merged commit; or allow its branch with `tags.branch` or `tags.hotfix`.',
  },
  'hotfix-base-wrong': {
    means:
      'The hotfix branch was not cut from what the environment runs: it would lose changes, or bring along others.',
    unblocks: 'Cut the hotfix branch from the tag that runs, and bring only the fix over.',
  },
  'branch-unknown': {
    means: 'A branch that releases have to be on does not exist.',
    unblocks: 'Correct `tags.branch` on the default branch.',
  },
  'branches-too-many': {
    means: 'More branches fit the pattern than can be looked at.',
    unblocks: 'Delete branches that are merged, or write a narrower pattern.',
  },
  'check-passed': { means: 'A required check succeeded on the commit.', unblocks: 'Nothing is blocked.' },
  'check-running': {
    means: 'A required check has not ended yet on the commit.',
    unblocks:
      'Where nothing else is missing it is parked, and goes on once the check in the message has succeeded: by the clock, or with the operation `go`.',
  },
  'check-failed': {
    means: 'A required check did not succeed on the commit.',
    unblocks: 'Correct what failed and tag that commit, or run the check again.',
  },
  'check-inconclusive': {
    means: 'A required check was skipped or neutral on the commit: it has shown nothing.',
    unblocks: 'Let it run, or list the conclusion in `checks.allow`.',
  },
  'check-missing': {
    means: 'A required check has never run on the commit.',
    unblocks: 'Let it run on the commit, or correct its name in `checks`.',
  },
  'package-version-same': { means: 'The file says the version of the tag.', unblocks: 'Nothing is blocked.' },
  'package-version-differs': {
    means: 'A file of the commit says another version than the tag.',
    unblocks: 'Set the version in the file, commit it, and tag that commit.',
  },
  'package-version-missing': {
    means: 'The file that should say the version is not in the commit, or holds no version.',
    unblocks: 'Correct `tags.package`, or tag a commit that has the file.',
  },
} as const;
