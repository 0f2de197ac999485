import { expect, test } from '@jest/globals';
import { scaleOf } from '#lab/report/timeline/scale';

const minute = 60_000;
const stretch = (from: number, until: number) => ({ from: from * minute, until: until * minute });

test('without long pauses time is where it is', () => {
  const { position, breaks } = scaleOf(stretch(0, 100), [stretch(0, 50), stretch(52, 100)]);
  expect([0, 25, 50, 100].map(at => position(at * minute))).toEqual([0, 25, 50, 100]);
  expect(breaks).toEqual([]);
});

test('a long pause is cut to a small break, and what is before and after gets its place', () => {
  const { position, breaks } = scaleOf(stretch(0, 1_000), [stretch(0, 30), stretch(990, 1_000)]);
  expect(breaks).toEqual([{ ...stretch(30, 990), start: 72, width: 4 }]);
  expect([0, 15, 30, 990, 1_000].map(at => position(at * minute))).toEqual([0, 36, 72, 76, 100]);
});

test('the beginning of each part is labelled, and no two labels stand in each other’s way', () => {
  const { position, ticks } = scaleOf(stretch(7, 1_000), [stretch(7, 47), stretch(963, 1_000)]);
  expect(ticks.slice(0, 2)).toEqual([7 * minute, 15 * minute]);
  expect(ticks).toContain(963 * minute);
  const gaps = ticks.slice(1).map((at, index) => position(at) - position(ticks[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(7);
});

test('what lies outside is shown at the edge', () => {
  const { position } = scaleOf(stretch(10, 20), [stretch(10, 20)]);
  expect([position(0), position(30 * minute)]).toEqual([0, 100]);
});

test('a scenario without any time has a place for everything', () => {
  expect(scaleOf(stretch(5, 5), []).position(5 * minute)).toBe(0);
});
