import { describe, expect, test } from '@jest/globals';
import { flowOf, problemsOf, small } from './fixture.ts';

const byTag = (lines: string) => small({ environment: `from: vX.Y.Z\n${lines}` });
const byBranch = (lines: string) => small({ environment: `from: main\n${lines}` });

describe('what is published', () => {
  test.each([
    [byTag(''), undefined],
    [byTag('publish: false'), undefined],
    [byTag('publish: true'), {}],
    [byBranch('publish: { tag: vX.Y.Z }'), { tag: { pattern: 'vX.Y.Z', prefix: '', next: ['commits'] } }],
    [
      byBranch('publish: { tag: api-vX.Y.Z, next: labels }'),
      { tag: { pattern: 'api-vX.Y.Z', prefix: 'api-', next: ['labels'] } },
    ],
    [
      byBranch('publish: { tag: vX.Y.Z, next: [labels, commits] }'),
      { tag: { pattern: 'vX.Y.Z', prefix: '', next: ['labels', 'commits'] } },
    ],
  ])('%#', (text, wanted) => {
    expect(flowOf(text).environments.dev?.publish).toEqual(wanted);
  });
});

describe('mistakes are told where they are', () => {
  test.each([
    [
      byBranch('publish: true'),
      '13:14 environments.dev.publish: releases come by a branch here, so there is no tag to publish (say which kind of tag is made: `publish: { tag: vX.Y.Z }`)',
    ],
    [
      byTag('publish: { tag: vX.Y.Z }'),
      '13:16 environments.dev.publish.tag: releases come by a tag here, so none is made (write `publish: true`: the tag that is there is published)',
    ],
    [
      byBranch('publish: { tag: vX.Y.Z-rc.N }'),
      '13:27 environments.dev.publish.tag: `vX.Y.Z-rc.N` is not a kind of final tag (write vX.Y.Z, or with the name of a component before it, as api-vX.Y.Z)',
    ],
    [
      byBranch('publish: { tag: main }'),
      '13:21 environments.dev.publish.tag: `main` is not a kind of tag (write vX.Y.Z, or with the name of a component before it, as api-vX.Y.Z)',
    ],
    [
      byBranch('publish: { tag: vX.Y.Z, nxt: commits }'),
      '13:29 environments.dev.publish.nxt: unknown key `nxt` (did you mean `next`?)',
    ],
    [
      byBranch('publish: { tags: vX.Y.Z }'),
      '13:16 environments.dev.publish.tags: unknown key `tags` (did you mean `tag`? Otherwise it belongs into an environment)',
    ],
    [
      byBranch('publish: { tag: vX.Y.Z, next: commit }'),
      '13:35 environments.dev.publish.next: must be one of `commits`, `labels`, found `commit` (did you mean `commits`?)',
    ],
  ])('%#', (text, wanted) => {
    expect(problemsOf(text)).toContain(wanted);
  });

  test('a kind that another environment wants signed cannot be made', () => {
    const text = small({
      environment: 'from: main\npublish: { tag: vX.Y.Z }',
      top: '  live:\n    from: vX.Y.Z\n    tags: { signed: require }',
    });
    expect(problemsOf(text)).toEqual([
      '13:21 environments.dev.publish.tag: `vX.Y.Z` has to be signed for `live`, and the suite has no key (make another kind of tag, or let a person tag)',
    ]);
  });
});
