import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Mistake } from '#core/flow/problem';
import type { Step, World } from './schema.ts';

/** What a schema cannot see: names that nothing in the file has, a folder that is not there. `folder` holds the file. */
export function contradictions(world: World, folder: string): readonly Mistake[] {
  const { start, people, repository, applications, aws, steps = [] } = world;
  const known = { people, environments: Object.keys(repository.environments ?? {}) };
  const hosts = aws.services.flatMap(({ host }) => host ?? []);
  return [
    ...(Number.isNaN(Date.parse(start))
      ? [{ path: ['start'], message: 'is not a time such as 2026-11-17T00:00:00Z' }]
      : []),
    ...missingFolder(repository.files, folder),
    ...Object.entries(repository.environments ?? {}).flatMap(([name, { reviewers = [] }]) =>
      unknown('person', reviewers, people, ['repository', 'environments', name, 'reviewers']),
    ),
    ...aws.services.flatMap(({ application }, index) =>
      unknown('application', [application], Object.keys(applications), ['aws', 'services', index, 'application']),
    ),
    ...steps.flatMap((step, index) => inStep(step, index, known, hosts)),
  ];
}

interface Known {
  readonly people: readonly string[];
  readonly environments: readonly string[];
}

const acts = ['push', 'tag', 'edit-file', 'delete-branch', 'approve', 'reject', 'dispatch', 'rerun', 'cancel'] as const;

function inStep(
  step: Step,
  index: number,
  { people, environments }: Known,
  hosts: readonly string[],
): readonly Mistake[] {
  const by = acts.flatMap(act => unknown('person', [step[act]?.by ?? []].flat(), people, ['steps', index, act, 'by']));
  const reviewed = (['approve', 'reject'] as const).flatMap(act =>
    unknown('environment', [step[act]?.environment ?? []].flat(), environments, ['steps', index, act, 'environment']),
  );
  const served = (step.expect ?? []).flatMap(({ serves }, nth) =>
    unknown('host', [serves?.host ?? []].flat(), hosts, ['steps', index, 'expect', nth, 'serves', 'host']),
  );
  return [...by, ...reviewed, ...served];
}

function unknown(
  what: string,
  names: readonly string[],
  known: readonly string[],
  path: Mistake['path'],
): readonly Mistake[] {
  return names
    .filter(name => !known.includes(name))
    .map(name => ({ path, message: `there is no ${what} ${name}; there is ${known.join(', ') || 'none'}` }));
}

function missingFolder(files: string | undefined, folder: string): readonly Mistake[] {
  if (files === undefined || statSync(join(folder, files), { throwIfNoEntry: false })?.isDirectory()) return [];
  return [{ path: ['repository', 'files'], message: `there is no folder ${files}` }];
}
