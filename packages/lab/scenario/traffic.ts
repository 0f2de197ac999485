import type { AwsLab } from '../assembly/aws.ts';
import type { AppBehaviour, HttpReply } from '../aws/ecs/behaviour.ts';
import { targetAt } from '../aws/ecs/target-health.ts';
import type { ServicePlace } from '../aws/ecs/world.ts';

/** Nobody sends them: what a service of some use would get. */
export const usualRequests = 600;

/** Seconds of an answer whose application says no latency. */
const usualLatency = 0.08;

/**
 * What a load balancer has measured at a time: the application of every task that ran then answers its share of the requests as
 * its `http` says. Every route that it declares gets as many of them as everything else together.
 * Source of what is reported when: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function trafficOf(aws: Pick<AwsLab, 'ecs'>, place: ServicePlace, requestsAMinute = usualRequests) {
  const running = (time: number): readonly AppBehaviour[] =>
    aws.ecs
      .tasksOf(place)
      .filter(
        ({ startedAt, executionStoppedAt }) =>
          startedAt !== undefined &&
          startedAt <= time &&
          !(executionStoppedAt !== undefined && executionStoppedAt <= time),
      )
      .flatMap(task => task.containers.flatMap(container => container.behaviour ?? []));
  const isServed = (time: number) => aws.ecs.tasksOf(place).some(task => targetAt(task, time) === 'healthy');
  return {
    /** Only what reaches a target: without a healthy one the load balancer answers by itself, as that of the lab does. */
    requests(time: number): number | undefined {
      if (requestsAMinute === 0) return undefined;
      return isServed(time) ? requestsAMinute : 0;
    },
    /** `HTTPCode_Target_5XX_Count`, reported only when there are any. */
    errors(time: number): number | undefined {
      const failing = isServed(time) ? Math.round(requestsAMinute * mean(running(time).map(failingShare))) : 0;
      return failing === 0 ? undefined : failing;
    },
    /** `HTTPCode_ELB_5XX_Count`, reported only when there are any: 503 where nobody could be asked. */
    ownErrors: (time: number): number | undefined =>
      isServed(time) || requestsAMinute === 0 ? undefined : requestsAMinute,
    /** No sample for a minute without requests. */
    latency: (time: number): number | undefined => {
      if (requestsAMinute === 0 || !isServed(time)) return undefined;
      const all = running(time).map(({ http }) => (http?.latency === undefined ? usualLatency : http.latency / 1000));
      return all.length === 0 ? usualLatency : mean(all);
    },
  };
}

/** Of its requests: every route that it declares gets as many as everything else together. */
export function failingShare({ http }: AppBehaviour): number {
  return mean([http ?? {}, ...Object.values(http?.routes ?? {})].map(failingShareOf));
}

function failingShareOf({ status = 200, errors = 0 }: HttpReply): number {
  return status >= 500 ? 1 : errors / 100;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
