import { planOf } from '#action-kit/common-inputs';
import { formatDuration } from '#core/duration';
import { type Finding, FindingError } from '#core/finding';
import type { Limit } from '#core/flow/limit';
import type { AlarmSelector } from '#core/flow/names';
import { componentsOf, type Plan } from '#core/plan/plan';
import { minute } from '#core/watch/signal';
import { windowOf } from '#core/watch/window';
import type { Named } from '#verify/watch/find-subjects';
import type { Inputs } from './inputs.ts';

/** What is watched, whichever input said so. Times are milliseconds. */
export interface Work {
  readonly duration: number;
  readonly limits: readonly Limit[];
  readonly alarms: readonly AlarmSelector[];
  readonly named: Named;
  readonly region?: string;
  readonly role?: string;
  readonly plan?: Plan;
}

export function planFor(inputs: Inputs): Plan | undefined {
  return inputs.plan === undefined ? undefined : planOf(inputs.plan, inputs.environment, inputs.flow);
}

export function readWork(inputs: Inputs, plan: Plan | undefined, defaultRegion: string | undefined): Work {
  const watch = plan?.environment.watch;
  const region = inputs.region ?? plan?.environment.region ?? (defaultRegion || undefined);
  const role = inputs.role ?? plan?.environment.role;
  const duration = inputs.duration ?? watch?.for;
  const work: Work = {
    duration: duration ?? 0,
    limits: inputs.limits.length > 0 ? inputs.limits : (watch?.limits ?? []),
    alarms: inputs.alarms.length > 0 ? inputs.alarms : (watch?.alarms ?? []),
    named: namedBy(inputs, plan),
    ...(region === undefined ? {} : { region }),
    ...(role === undefined ? {} : { role }),
    ...(plan === undefined ? {} : { plan }),
  };
  const problems = [
    ...(duration === undefined ? [wrong('for', `The environment ${plan?.environment.name} has no \`watch\`.`)] : []),
    ...(region === undefined ? [wrong('region', 'No AWS region is known.', 'Give `region`, or set AWS_REGION.')] : []),
    ...nothingToWatch(work),
    ...elsewhere(work),
    ...(duration === undefined ? [] : tooShort(work)),
  ];
  if (problems.length > 0) throw new FindingError(problems);
  return work;
}

function namedBy(inputs: Inputs, plan: Plan | undefined): Named {
  const { cluster, services, targetGroups, loadBalancers, databases, apis, functions } = inputs;
  const watch = plan?.environment.watch;
  const ofPlan = plan === undefined ? [] : componentsOf(plan);
  const digestOf = (component: string) => {
    const digest = plan?.artifacts[component]?.image;
    return digest === undefined ? {} : { digest };
  };
  return {
    services:
      cluster !== undefined
        ? services.map(service => ({ cluster, service }))
        : ofPlan.flatMap(component =>
            component.target === 'ecs'
              ? component.services.map(service => ({
                  ...digestOf(component.name),
                  cluster: component.cluster,
                  service,
                }))
              : [],
          ),
    targetGroups: given(targetGroups, watch?.targetGroups),
    loadBalancers: given(loadBalancers, watch?.loadBalancers),
    databases: given(databases, watch?.databases),
    apis: given(apis, watch?.apis),
    functions: given(functions, watch?.functions),
    released: ofPlan.flatMap(component =>
      component.target === 'lambda' ? [{ name: functionName(component.function), alias: component.alias }] : [],
    ),
  };
}

/** A component may name its function by its ARN; metrics have its name. */
function functionName(reference: string): string {
  return reference.replace(/^arn:.*:function:/, '');
}

/** What an input names wins over the flow file. */
function given<T>(input: readonly T[], planned: readonly T[] = []): readonly T[] {
  return input.length > 0 ? input : planned;
}

function nothingToWatch({ limits, alarms, named }: Work): readonly Finding[] {
  if (limits.length + alarms.length + named.services.length > 0) return [];
  return [wrong('fail-if', 'There is nothing to watch.', 'Give `fail-if`, `alarms`, or `cluster` and `service`.')];
}

/** One watch reads one place. Reading another one silently in the wrong place would find nothing and say so an hour later. */
function elsewhere({ plan, region, role, limits, named }: Work): readonly Finding[] {
  const watchesReleased = named.functions.length === 0 && limits.some(({ metric }) => metric.startsWith('lambda-'));
  return (plan === undefined ? [] : componentsOf(plan)).flatMap(component => {
    if (component.target !== 'ecs' && !(component.target === 'lambda' && watchesReleased)) return [];
    const other = [
      ...(component.region !== undefined && component.region !== region ? [component.region] : []),
      ...(component.role !== undefined && component.role !== role ? [component.role] : []),
    ];
    if (other.length === 0) return [];
    const message = `The component ${component.name} is in another place (${other.join(', ')}) than the environment.`;
    return [
      wrong(
        'plan',
        message,
        'Watch it in a step of its own, with `region` and `role`, `cluster` and `service`, or `function`.',
      ),
    ];
  });
}

/** Metrics come by the minute: a watch must hold a whole window of each limit, wherever in a minute it begins. */
function tooShort({ duration, limits }: Work): readonly Finding[] {
  return limits.flatMap(limit => {
    const least = windowOf(limit) + minute;
    if (duration >= least) return [];
    const message = `${formatDuration(duration)} is too short for \`${limit.text}\`, which needs ${formatDuration(least)}.`;
    return [wrong('for', message)];
  });
}

function wrong(input: string, message: string, next?: string): Finding {
  const where = { kind: 'input', input } as const;
  return { reason: 'input-invalid', message, evidence: {}, where, ...(next === undefined ? {} : { next }) };
}
