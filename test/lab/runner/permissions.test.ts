import { describe, expect, test } from '@jest/globals';
import { describeExcess, excessOver, grantedBy, type PermissionSpec } from '#lab/runner/engine/permissions';

describe('what a permissions key grants', () => {
  const inherited = { contents: 'read', packages: 'read' } as const;

  test.each<[string, PermissionSpec | undefined, object]>([
    ['nothing written', undefined, inherited],
    ['{}', {}, {}],
    ['some', { actions: 'write' }, { actions: 'write' }],
    ['none', { contents: 'none', issues: 'read' }, { issues: 'read' }],
  ])('%s', (_, spec, granted) => expect(grantedBy(spec, inherited)).toEqual(granted));

  test('read-all has no id-token, which cannot be read', () => {
    expect(grantedBy('read-all', {})).toMatchObject({ contents: 'read', deployments: 'read' });
    expect(grantedBy('read-all', {})).not.toHaveProperty('id-token');
  });
  test('write-all has', () =>
    expect(grantedBy('write-all', {})).toMatchObject({ 'id-token': 'write', contents: 'write' }));
  test('an unknown scope is refused', () => expect(() => grantedBy({ content: 'read' }, {})).toThrow("'content'"));
});

test.each<[object, object, string]>([
  [{ contents: 'read' }, { contents: 'write' }, "requesting '', but is only allowed ''"],
  [{ contents: 'write' }, { contents: 'read' }, "requesting 'contents: write', but is only allowed 'contents: read'"],
  [{ 'id-token': 'write' }, {}, "requesting 'id-token: write', but is only allowed 'id-token: none'"],
  [
    { contents: 'write', issues: 'read' },
    { contents: 'read' },
    "requesting 'contents: write, issues: read', but is only allowed 'contents: read, issues: none'",
  ],
])('%j under %j', (requested, allowed, words) => {
  expect(describeExcess(excessOver(requested, allowed))).toBe(words);
});
