import type { Applications } from '../assembly/build-actions.ts';
import type { AppBehaviour, Crash } from '../aws/ecs/behaviour.ts';
import { applicationsIn } from './aws/places.ts';
import type { Behaviour, World } from './schema.ts';

/**
 * What an image does when it runs: what every version of its application does, and what its own version does besides. Undefined
 * for an application that the scenario does not have, and for a version that it does not speak of.
 */
export function applicationsOf(scenario: World): Applications {
  const named = new Set(imagesOf(scenario).map(({ application, version }) => `${application}@${version}`));
  return (name, version, account) => {
    const application = scenario.applications[name];
    if (application === undefined) return undefined;
    const said = application.versions?.[version];
    if ((said ?? application.default) === undefined && !named.has(`${name}@${version}`)) return undefined;
    const { 'only-in': only, ...own } = said ?? {};
    const applies = only === undefined || only === account;
    return behaviourOf(version, { ...application.default, ...(applies ? own : {}) });
  };
}

/** Every image that a scenario names: whoever names one without a word on what it does means that it simply runs. */
function imagesOf({ aws, steps = [] }: World) {
  const pushed = steps.flatMap(step => [step, ...(step.meanwhile ?? [])].flatMap(deed => deed['push-image'] ?? []));
  return [...applicationsIn(aws), ...pushed];
}

function behaviourOf(version: string, behaviour: Behaviour): AppBehaviour {
  const { crash, http, commands, pull, log, unhealthy } = behaviour;
  return {
    version,
    ...present('startsAfter', behaviour['starts-after']),
    ...present('healthyAfter', behaviour['healthy-after']),
    ...present('unhealthy', unhealthy),
    ...present('crash', crash === undefined ? undefined : crashOf(crash)),
    ...present('outOfMemory', behaviour['out-of-memory']),
    ...present('pull', pull),
    ...present('missingSecret', behaviour['missing-secret']),
    ...present('log', log),
    ...present('init', behaviour['init-error']),
    ...present('http', http),
    ...present('commands', commands === undefined ? undefined : commandsOf(commands)),
  } as AppBehaviour;
}

function crashOf({ after, 'exit-code': exitCode, ...rest }: NonNullable<Behaviour['crash']>): Crash {
  return (after === undefined ? { ...rest, beforeRunning: true, exitCode } : { ...rest, after, exitCode }) as Crash;
}

function commandsOf(commands: NonNullable<Behaviour['commands']>) {
  return Object.fromEntries(
    Object.entries(commands).map(([words, { 'exit-code': exitCode, ...rest }]) => [words, { ...rest, exitCode }]),
  );
}

/** Absent members stay absent, as exact optional types want them. */
function present<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: V });
}
