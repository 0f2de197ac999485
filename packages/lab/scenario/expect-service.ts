import { serviceNow, versionsOf } from './look.ts';
import type { Expectation } from './schema.ts';
import { differs } from './shortfall.ts';
import { noRunOfStep, runOfStep, type Stage } from './stage.ts';

type Wanted = NonNullable<Expectation['service']>;

export function serviceShortfalls(stage: Stage, wanted: Wanted): readonly string[] {
  const found = serviceNow(stage, wanted);
  const name = wanted.service;
  return [
    ...differs(`${name}, running tasks`, wanted.running, found.running),
    ...differs(`${name}, revision`, wanted.revision, found.revision),
    ...(wanted.version === undefined ? [] : differs(`${name}, versions`, [wanted.version], versionsOf(found.service))),
    ...differs(
      `${name}, rollouts`,
      wanted.rollouts,
      found.service.deployments.slice(1).map(deployment => deployment.status),
    ),
    ...Object.entries(wanted['definition-has'] ?? {}).flatMap(([pointer, value]) =>
      differs(`${name}, its definition, ${pointer}`, value, at(found.service.definition.input, pointer)),
    ),
    ...lagShortfalls(stage, wanted, found.service.deployments.at(-1)?.finishedAt),
  ];
}

/** How long after the end of the rollout the run ended: its waiting is over when the rollout is. */
function lagShortfalls(stage: Stage, wanted: Wanted, end: number | undefined): readonly string[] {
  const most = wanted['followed-within'];
  if (most === undefined) return [];
  const run = runOfStep(stage);
  if (run === undefined) return [noRunOfStep(stage)];
  const lag = (run.completedAt ?? Number.POSITIVE_INFINITY) - (end ?? Number.POSITIVE_INFINITY);
  return lag >= 0 && lag <= most ? [] : [`the run ended ${lag / 1000} s after the rollout of ${wanted.service}`];
}

/** The value at a JSON pointer; undefined where there is none. */
function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
      value,
    );
}
