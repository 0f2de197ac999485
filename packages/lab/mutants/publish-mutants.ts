import type { Mutant } from './mutant.ts';

const action = 'actions/publish-release/publish-release.ts';
const findTag = 'actions/publish-release/find-tag.ts';
const tags = 'packages/github/tags.ts';

/** Faults in what is made public of a release. */
export const publishMutants: readonly Mutant[] = [
  {
    name: 'what failed is tagged, too',
    edits: [
      {
        file: action,
        before: 'if (verified === undefined) return endOf',
        after: 'if (kit === undefined) return endOf',
      },
    ],
    tries: ['publish/always'],
  },
  {
    name: 'the tag of another commit is taken for the own one',
    edits: [{ file: findTag, before: 'if (made.sha === sha) return', after: "if (made.sha !== '') return" }],
    tries: ['publish/two-runs-at-once'],
  },
  {
    name: 'a tag whose reply is lost is made again without a look',
    edits: [
      {
        file: tags,
        before: 'const there = await refOf(github, name);',
        after: 'const there = await refOf(github, `${name}-`);',
      },
    ],
    tries: ['publish/killed-and-lost'],
  },
  {
    name: 'a commit that has its version gets another one',
    edits: [
      {
        file: 'packages/github/place.ts',
        before: "if (base === sha) return { kind: 'tagged', tag };",
        after: "if (base === sha) return { kind: 'after', last: tag, changes: [] };",
      },
      {
        file: 'packages/github/place.ts',
        before: 'if (own !== undefined && (await commitOfTag(own)) === sha)',
        after: "if (own !== undefined && (await commitOfTag(own)) === '')",
      },
    ],
    tries: ['publish/killed-and-lost'],
  },
  {
    name: 'a tag that was moved meanwhile is published all the same',
    edits: [{ file: findTag, before: 'if (now.sha !== sha) {', after: "if (now.sha === '') {" }],
    tries: ['publish/existing-tags'],
  },
  {
    name: 'a draft of a person is said to be published',
    edits: [{ file: 'actions/publish-release/end.ts', before: 'if (release.draft || ', after: 'if (' }],
    tries: ['publish/existing-tags'],
  },
  {
    name: 'some components of a release are a version of the whole',
    edits: [
      {
        file: 'actions/publish-release/work.ts',
        before: 'if (publish.without !== undefined) {',
        after: 'if (publish.without?.length === 0) {',
      },
    ],
    tries: ['publish/alone-and-in-part'],
  },
  {
    name: 'a hold of a version does not know the commit that was published as it',
    edits: [
      {
        file: 'packages/core/gate/holds.ts',
        before: 'isKnownAs(state, plan.release, hold.version)',
        after: 'hold.version === plan.release.version',
      },
    ],
    tries: ['publish/published'],
  },
];
