/** Reasons of publish-release: what was made public of a release, and why nothing was. */
export const publishReasons = {
  'release-published': {
    means: 'The version is tagged, and published as a release on GitHub.',
    unblocks: 'Nothing is blocked.',
  },
  'already-published': {
    means: 'The version was tagged and published before. Nothing was changed.',
    unblocks: 'Nothing is blocked.',
  },
  'publish-not-asked-for': {
    means: 'The flow file does not ask for anything to be published.',
    unblocks: 'Nothing to do; `publish` of the environment asks for it.',
  },
  'released-in-part': {
    means: 'Only some components were released: that is no version of the whole.',
    unblocks: 'Nothing to do: release all of it, and it is published.',
  },
  'commit-covered': {
    means: 'The commit is part of a version that is tagged already, so it gets no version of its own.',
    unblocks: 'Nothing to do.',
  },
  'release-left-alone': {
    means: 'A person has drafted the release of this tag, or marked it as a prerelease. It was left as it is.',
    unblocks: 'Publish the draft, or take the mark off, when it is time.',
  },
  'release-not-verified': {
    means: 'The release is not verified in the environment, or was rolled back: it gets no version.',
    unblocks: 'Nothing to do: release a commit that works.',
  },
  'version-unclear': {
    means: 'The commit comes after none of the tags that could be the one before it.',
    unblocks: 'Tag the commit by hand, and run the job again: it takes that tag.',
  },
  'version-taken': {
    means: 'The version that follows is there already, on another line of commits.',
    unblocks: 'Tag the commit by hand with the version that is meant, and run the job again: it takes that tag.',
  },
  'tag-refused': {
    means: 'GitHub did not let the tag be made.',
    unblocks: 'Allow it in the ruleset for tags, or tag the commit by hand, and run the job again.',
  },
  'tags-race': {
    means: 'Other runs made tags again and again while this one tried to.',
    unblocks: 'Run the job again when they have ended.',
  },
} as const;
