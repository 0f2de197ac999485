import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Mistake } from '#core/flow/problem';
import { hostsOf } from './aws/places.ts';
import { wrongAction, wrongCall } from './call-names.ts';
import { wrongFault } from './faults.ts';
import { wrongGitHubCall } from './github-call-names.ts';
import type { Expectation, Step, World } from './schema.ts';

/** What a schema cannot see: names that nothing in the file has, a folder that is not there. `folder` holds the file. */
export function contradictions(world: World, folder: string): readonly Mistake[] {
  const { start, people, repository, applications, aws, steps = [] } = world;
  const known = { people, environments: Object.keys(repository.environments ?? {}) };
  const hosts = hostsOf(aws);
  return [
    ...(Number.isNaN(Date.parse(start))
      ? [{ path: ['start'], message: 'is not a time such as 2026-11-17T00:00:00Z' }]
      : []),
    ...missingFolder(repository.files, folder),
    ...Object.entries(repository.environments ?? {}).flatMap(([name, { reviewers = [] }]) =>
      unknown('person', reviewers, people, ['repository', 'environments', name, 'reviewers']),
    ),
    ...unknown('person', repository.administrators ?? [], people, ['repository', 'administrators']),
    ...Object.entries(repository.teams ?? {}).flatMap(([slug, members]) =>
      unknown('person', members, people, ['repository', 'teams', slug]),
    ),
    ...mixedRulesets(repository),
    ...wrongBypasses(repository, people),
    ...steps.flatMap(({ 'command-line': line }, index) =>
      wrong((line?.denied ?? []).map(wrongAction), ['steps', index, 'command-line', 'denied']),
    ),
    ...(['services', 'images', 'functions', 'code-objects'] as const).flatMap(list =>
      (aws[list] ?? []).flatMap(({ application }, index) =>
        unknown('application', [application], Object.keys(applications), ['aws', list, index, 'application']),
      ),
    ),
    ...(aws.apis ?? []).flatMap((api, index) =>
      unknown(
        'function',
        [api.function],
        (aws.functions ?? []).map(({ name }) => name),
        ['aws', 'apis', index, 'function'],
      ),
    ),
    ...aws.services.flatMap(({ environment = [] }, index) =>
      unknown('environment', [environment].flat(), known.environments, ['aws', 'services', index, 'environment']),
    ),
    ...Object.entries(aws.denied ?? {}).flatMap(([account, actions]) =>
      wrong(actions.map(wrongAction), ['aws', 'denied', account]),
    ),
    ...steps.flatMap((step, index) => [
      ...inStep(step, index, known, hosts),
      ...inDeed(step, ['steps', index], applications),
      ...(step.meanwhile ?? []).flatMap((deed, nth) => inDeed(deed, ['steps', index, 'meanwhile', nth], applications)),
      ...(step.expect ?? []).flatMap(({ calls }, nth) =>
        inCalls(calls ?? {}, ['steps', index, 'expect', nth, 'calls']),
      ),
    ]),
  ];
}

function mixedRulesets({ rulesets = [] }: World['repository']): readonly Mistake[] {
  return rulesets.flatMap(({ include }, index) => {
    const tags = include.filter(pattern => pattern.startsWith('refs/tags/')).length;
    if (tags === 0 || tags === include.length) return [];
    return [{ path: ['repository', 'rulesets', index, 'include'], message: 'means branches or tags, not both' }];
  });
}

function wrongBypasses(
  { rulesets = [], teams = {} }: World['repository'],
  people: readonly string[],
): readonly Mistake[] {
  return rulesets.flatMap(({ bypass = [] }, index) => {
    const path = ['repository', 'rulesets', index, 'bypass'];
    const named = bypass.map(({ actor }) => actor);
    const inTeams = named.filter(actor => actor.startsWith('@'));
    const logins = named.filter(actor => !/^@|^deploy-keys$|^organization-admins$| /.test(actor));
    return [
      ...unknown(
        'team',
        inTeams,
        Object.keys(teams).map(slug => `@${slug}`),
        path,
      ),
      ...unknown('person', logins, people, path),
    ];
  });
}

interface Known {
  readonly people: readonly string[];
  readonly environments: readonly string[];
}

const acts = [
  'push',
  'tag',
  'publish',
  'edit-file',
  'delete-branch',
  'approve',
  'reject',
  'dispatch',
  'schedule',
  'rerun',
  'cancel',
  'report-status',
  'command-line',
] as const;

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

function inDeed(
  deed: Pick<Step, 'push-image' | 'aws-fault' | 'github-fault'>,
  path: Mistake['path'],
  applications: World['applications'],
): readonly Mistake[] {
  const { 'push-image': image, 'aws-fault': fault, 'github-fault': github } = deed;
  return [
    ...unknown('application', [image?.application ?? []].flat(), Object.keys(applications), [
      ...path,
      'push-image',
      'application',
    ]),
    ...(fault === undefined ? [] : wrong([wrongCall(fault.call, true)], [...path, 'aws-fault', 'call'])),
    ...(fault === undefined ? [] : wrong([wrongFault(fault)], [...path, 'aws-fault'])),
    ...(github === undefined ? [] : wrong([wrongGitHubCall(github.call)], [...path, 'github-fault', 'call'])),
  ];
}

function inCalls(
  { made = [], exactly = {}, 'at-most': atMost = {}, 'not-made': notMade = [], 'a-minute': aMinute = {} }: Calls,
  path: Mistake['path'],
): readonly Mistake[] {
  const one = { made, exactly: Object.keys(exactly), 'at-most': Object.keys(atMost) };
  const many = { 'not-made': notMade, 'a-minute': Object.keys(aMinute) };
  return [
    ...Object.entries(one).flatMap(([key, names]) =>
      wrong(
        names.map(name => wrongCall(name, false)),
        [...path, key],
      ),
    ),
    ...Object.entries(many).flatMap(([key, names]) =>
      wrong(
        names.map(name => wrongCall(name, true)),
        [...path, key],
      ),
    ),
  ];
}

type Calls = NonNullable<Expectation['calls']>;

function wrong(messages: readonly (string | undefined)[], path: Mistake['path']): readonly Mistake[] {
  return messages.flatMap(message => (message === undefined ? [] : [{ path, message }]));
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
  if (files === undefined || statSync(resolve(folder, files), { throwIfNoEntry: false })?.isDirectory()) return [];
  return [{ path: ['repository', 'files'], message: `there is no folder ${files}` }];
}
