import type { Mutant } from './mutant.ts';

const folder = 'packages/targets/static-site';

/** Faults in how a site is put in place, known, invalidated and cleared away. */
export const staticSiteMutants: readonly Mutant[] = [
  {
    name: 'pages are put in place before their files',
    edits: [
      {
        file: `${folder}/rollout.ts`,
        before: '  const uploaded = await upload(site, localOnly(wanted), plan.assets, plan.contents, watch);',
        after:
          '  await upload(site, localOnly(wanted), [], plan.contents, watch);\n' +
          '  await switchPages(site, { files: wanted, paths: plan.switches, listing: observed.listing, stillOurs }, new Map());\n' +
          '  const uploaded = await upload(site, localOnly(wanted), plan.assets, new Map(), watch);',
      },
    ],
    tries: ['static-site/releases'],
  },
  {
    name: 'assets that the new release does not have go at once',
    edits: [
      {
        file: `${folder}/plan.ts`,
        before: "filter(([, { kind, since }]) => kind === 'document' && since === undefined)",
        after: 'filter(([, { since }]) => since === undefined)',
      },
    ],
    tries: ['static-site/releases', 'static-site/brought-back'],
  },
  {
    name: 'nobody asks whether the site still waits for this release',
    edits: [
      {
        file: `${folder}/claim.ts`,
        before: "  if (now !== 'unreadable' && now.state.pending?.by === by) return undefined;\n  return superseded",
        after: "  if (now !== 'unreadable' || now !== by) return undefined;\n  return superseded",
      },
    ],
    tries: ['static-site/superseded'],
  },
  {
    name: 'an invalidation that was asked for has ended',
    edits: [
      {
        file: `${folder}/invalidate.ts`,
        before: '  let completed = done;',
        after: '  let completed = done || id !== "";',
      },
    ],
    tries: ['static-site/releases'],
  },
  {
    name: 'each run makes an invalidation of its own',
    edits: [
      {
        file: `${folder}/invalidate.ts`,
        before: 'const reference = callerReference(',
        after: 'const reference = `${site.runToken}-${site.clock.now()}` + callerReference(',
      },
    ],
    tries: ['static-site/interrupted'],
  },
  {
    name: 'what is kept is counted from its upload',
    edits: [
      {
        file: `${folder}/accounts.ts`,
        before: '? { ...object, since: object.since ?? now }',
        after: '? { ...object, since: object.since ?? 0 }',
      },
    ],
    tries: ['static-site/clears-away'],
  },
  {
    name: 'whose bucket it is does not matter',
    edits: [
      {
        file: 'packages/aws/s3.ts',
        before: '...(owner === undefined ? {} : { ExpectedBucketOwner: owner }) };',
        after: '...(owner === undefined || owner !== "" ? {} : { ExpectedBucketOwner: owner }) };',
      },
    ],
    tries: ['static-site/refused'],
  },
  {
    name: 'a file is there when its name is',
    edits: [
      {
        file: `${folder}/plan.ts`,
        before: 'there.etag === known.etag && sameFile(known, file)',
        after: 'sameFile(known, file)',
      },
    ],
    tries: ['static-site/releases'],
  },
];
