import { expect, test } from '@jest/globals';
import { flowOf, problemsOf, small } from './fixture.ts';

test('migrations name files, and the components that they are of', () => {
  const environment = 'migrations: { files: [db/, prisma/], components: api }';
  expect(flowOf(small({ environment })).environments.dev?.gates.migrations).toEqual({
    files: ['db/', 'prisma/'],
    irreversible: [],
    components: ['api'],
  });
});

test('a component that is not there would never have any', () => {
  const [problem] = problemsOf(small({ environment: 'migrations: { files: db/, components: [apis] }' }));
  expect(problem).toContain('environments.dev.migrations.components[0]: no component `apis`');
  expect(problem).toContain('did you mean `api`?');
});
