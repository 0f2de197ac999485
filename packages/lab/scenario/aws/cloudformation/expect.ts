import type { Expectation } from '../../schema.ts';
import { differs } from '../../shortfall.ts';
import { noRunOfStep, runOfStep, type Stage } from '../../stage.ts';

type Wanted = NonNullable<Expectation['stack']>;

export function stackShortfalls(stage: Stage, wanted: Wanted): readonly string[] {
  const { account, stack: name } = wanted;
  const found = stage.lab.aws.cloudformation.stack({ account, region: stage.scenario.aws.region }, name);
  if (found === undefined) return wanted.status === null ? [] : [`there is no stack ${name}`];
  const outputs = new Map(found.outputs.map(({ key, value }) => [key, value]));
  const waiting = [...found.changeSets.values()].filter(({ execution }) => !execution.startsWith('EXECUTE'));
  return [
    ...differs(`${name}, status`, wanted.status, found.status),
    ...Object.entries(wanted.outputs ?? {}).flatMap(([key, value]) =>
      differs(`${name}, output ${key}`, value, outputs.get(key)),
    ),
    ...Object.entries(wanted.parameters ?? {}).flatMap(([key, value]) =>
      differs(`${name}, parameter ${key}`, value, found.parameters.get(key)),
    ),
    ...differs(`${name}, resources`, wanted.resources?.toSorted(), [...found.resources.keys()].toSorted()),
    ...Object.entries(wanted['resource-has'] ?? {}).flatMap(([path, value]) => {
      const [logicalId = '', property = ''] = path.split('.');
      return differs(`${name}, ${path}`, value, found.resources.get(logicalId)?.properties[property]);
    }),
    ...differs(
      `${name}, tags`,
      wanted.tags,
      Object.fromEntries(found.tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ),
    ...differs(`${name}, change sets`, wanted['change-sets'], waiting.length),
    ...differs(
      `${name}, operations`,
      wanted.operations,
      found.operations
        .toReversed()
        .map(({ type }) => type)
        .slice(found.events[0]?.token === undefined && found.operations.at(-1)?.type === 'CREATE_STACK' ? 1 : 0),
    ),
    ...lagShortfalls(stage, wanted, found.events.at(-1)?.at),
  ];
}

/** How long after its last operation the run ended: its waiting is over when CloudFormation’s work is. */
function lagShortfalls(stage: Stage, wanted: Wanted, end: number | undefined): readonly string[] {
  const most = wanted['followed-within'];
  if (most === undefined) return [];
  const run = runOfStep(stage);
  if (run === undefined) return [noRunOfStep(stage)];
  const lag = (run.completedAt ?? Number.POSITIVE_INFINITY) - (end ?? Number.POSITIVE_INFINITY);
  return lag >= 0 && lag <= most ? [] : [`the run ended ${lag / 1000} s after the last operation of ${wanted.stack}`];
}
