import type { Applications } from '../assembly/build-actions.ts';
import type { AppBehaviour, Crash } from '../aws/ecs/behaviour.ts';
import type { Behaviour, World } from './schema.ts';

/**
 * What an image does when it runs: what every version of its application does, and what its own version does besides. Undefined
 * when the scenario says neither.
 */
export function applicationsOf(scenario: World): Applications {
  return (name, version, account) => {
    const application = scenario.applications[name];
    const said = application?.versions?.[version];
    if (application === undefined || (said === undefined && application.default === undefined)) return undefined;
    const { 'only-in': only, ...own } = said ?? {};
    const applies = only === undefined || only === account;
    return behaviourOf(version, { ...application.default, ...(applies ? own : {}) });
  };
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
