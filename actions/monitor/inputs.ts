import { type CommonInputs, getCommonInputs, refuseWithoutPlan } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';
import { type Limit, parseLimit } from '#core/flow/limit';
import {
  type AlarmSelector,
  type ApiStage,
  type FunctionAlias,
  readAlarm,
  readApiStage,
  readFunction,
} from '#core/flow/names';

export interface Inputs extends CommonInputs {
  /** A plan of validate-tag, whose environment says what to watch; inputs that are given win over it. */
  readonly plan?: string;
  /** Milliseconds. */
  readonly duration?: number;
  readonly limits: readonly Limit[];
  readonly alarms: readonly AlarmSelector[];
  readonly cluster?: string;
  readonly services: readonly string[];
  readonly targetGroups: readonly string[];
  readonly loadBalancers: readonly string[];
  readonly databases: readonly string[];
  readonly apis: readonly ApiStage[];
  readonly functions: readonly FunctionAlias[];
  readonly region?: string;
  readonly role?: string;
}

export function getInputs(input: InputReader): Inputs {
  const plan = input.optional('plan');
  const duration = input.optionalDuration('for');
  const cluster = input.optional('cluster');
  const services = input.list('service');
  const region = input.optional('region');
  const role = input.optional('role');
  if (plan === undefined) refuseWithoutPlan(input, 'environment', 'flow');
  if (plan === undefined && input.optional('for') === undefined) {
    input.problem('for', 'is missing.', 'Write how long to watch, such as `10m` or `1h`.');
  }
  if (cluster === undefined && services.length > 0) input.problem('cluster', 'is missing: it says where `service` is.');
  if (cluster !== undefined && services.length === 0)
    input.problem('service', 'is missing: `cluster` alone says nothing.');
  return {
    ...getCommonInputs(input),
    limits: readEach(input, 'fail-if', parseLimit),
    alarms: readEach(input, 'alarms', readAlarm),
    services,
    targetGroups: input.list('target-group'),
    loadBalancers: input.list('load-balancer'),
    databases: input.list('database'),
    apis: readEach(input, 'api', readApiStage),
    functions: readEach(input, 'function', readFunction),
    ...(plan === undefined ? {} : { plan }),
    ...(duration === undefined ? {} : { duration }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(region === undefined ? {} : { region }),
    ...(role === undefined ? {} : { role }),
  };
}

type Read<T> = (text: string) => { ok: true; value: T } | { ok: false; message: string; hint?: string | undefined };

function readEach<T>(input: InputReader, name: string, read: Read<T>): readonly T[] {
  return input.list(name).flatMap(text => {
    const reading = read(text);
    if (reading.ok) return [reading.value];
    input.problem(name, `“${text}”: ${reading.message}.`, reading.hint);
    return [];
  });
}
