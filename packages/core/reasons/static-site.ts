/** Reasons of changes to static sites. */
export const staticSiteReasons = {
  'bucket-not-ours': {
    means: 'The bucket belongs to another account than the one that it should belong to.',
    unblocks: 'Correct the name of the bucket, or say with `owner` which account it is in.',
  },
  'bucket-elsewhere': {
    means: 'The bucket is in another region.',
    unblocks: 'Give the region of the bucket.',
  },
  'site-empty': {
    means: 'There are no files to deploy: an empty release would take the site away.',
    unblocks: 'Look at the step that builds the site, and at the folder or artifact it hands over.',
  },
  'site-asset-changed': {
    means: 'A file that browsers may keep for ever has another content than the one deployed under its name.',
    unblocks: 'Make the build put a hash of the content into the name, or say with `hashed` which files have one.',
  },
  'site-files-gone': {
    means: 'Files of the release that is to come back are no longer in the bucket.',
    unblocks: 'Deploy that version again from its build, or go back to a younger one; `keep` says how long files stay.',
  },
  'site-records-unreadable': {
    means: 'What the suite wrote down about the site in its bucket cannot be read.',
    unblocks:
      'Upgrade the suite where a newer version wrote it; otherwise restore the object, or remove it to begin anew.',
  },
  'distribution-of-another': {
    means: 'The CloudFront distribution gets its files from other buckets.',
    unblocks: 'Correct `distribution` or `bucket`: the id stands in the CloudFront console.',
  },
} as const;
