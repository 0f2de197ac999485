import { expect, test } from '@jest/globals';
import { chapterOf } from '#lab/report/from-lab';
import { partsOf } from '#lab/report/page/chapters';
import { fixture } from './fixture.ts';

test('runs and moments belong to the chapter that had begun, in the order of lab time', () => {
  const parts = partsOf({ ...fixture, runs: fixture.runs.toReversed() });
  expect(parts.map(part => [part.id, part.runs.map(run => run.title)])).toEqual([
    ['a', ['Rooms can be filtered by floor']],
    ['b', ['v1.3.0-stage']],
    ['c', ['v1.3.0']],
    ['d', ['v1.4.0']],
    ['e', ['v1.5.0', 'prod back to 1.3.0']],
  ]);
  expect(parts.find(({ id }) => id === 'c')?.moments.map(({ text }) => text)).toEqual([
    'alice pushes the tag v1.3.0',
    'olga approves prod: Looks good',
  ]);
});

test('what came before the first chapter, or without any, is a part without a title', () => {
  const [first] = partsOf({ ...fixture, chapters: [] });
  expect(first?.title).toBeUndefined();
  expect(first?.runs).toHaveLength(6);
});

test.each([
  ['a · a push to main goes to dev', { id: 'a', title: 'a push to main goes to dev', from: 5 }],
  ['a push to main', { id: '3', title: 'a push to main', from: 5 }],
])('the heading %j', (heading, expected) => {
  expect(chapterOf(heading, 5, 2)).toEqual(expected);
});
