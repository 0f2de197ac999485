import { expect, test } from '@jest/globals';
import { graphOf, shownJobs } from '#lab/report/run/graph';
import { job } from './fixture/build.ts';

type Spec = readonly [key: string, needs: readonly string[], caller?: string];

function graph(...specs: readonly Spec[]) {
  const jobs = specs.map(([key, needs, caller]) =>
    job({ key, needs, until: '2 09:00:00', ...(caller === undefined ? {} : { caller }) }),
  );
  const { columns, edges } = graphOf(jobs);
  return {
    columns: columns.map(column => column.map(({ key }) => key)),
    edges: edges.map(({ from, to }) => `${from.key} → ${to.key}`),
    shown: shownJobs(jobs).map(({ key }) => key),
  };
}

test('each job stands right of everything that it waits for', () => {
  const { columns, edges } = graph(['deploy', ['test', 'build']], ['test', ['build']], ['build', []], ['lint', []]);
  expect(columns).toEqual([['build', 'lint'], ['test'], ['deploy']]);
  expect(edges).toEqual(['test → deploy', 'build → deploy', 'build → test']);
});

test('a calling job is replaced by its called jobs: the first wait for what it waits for, others wait for the last', () => {
  const { edges, shown } = graph(
    ['build', []],
    ['release', ['build']],
    ['release/plan', [], 'release'],
    ['release/release', ['release/plan'], 'release'],
    ['tell', ['release']],
  );
  expect(edges).toEqual(['build → release/plan', 'release/plan → release/release', 'release/release → tell']);
  expect(shown).toEqual(['build', 'release/plan', 'release/release', 'tell']);
});

test('a calling job that never called is shown itself', () => {
  expect(graph(['build', []], ['release', ['build']]).columns).toEqual([['build'], ['release']]);
});

test('whoever waits for a matrix waits for all of its legs', () => {
  const { edges } = graph(['test[0]', []], ['test[1]', []], ['testing', []], ['deploy', ['test']]);
  expect(edges).toEqual(['test[0] → deploy', 'test[1] → deploy']);
});

test('a circle is a mistake of the records, not an endless page', () => {
  expect(() => graph(['a', ['b']], ['b', ['a']])).toThrow('waits for itself');
});
