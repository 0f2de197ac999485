import type { AwsLab } from '../assembly/aws.ts';
import type { AppBehaviour } from '../aws/ecs/behaviour.ts';
import type { ServicePlace } from '../aws/ecs/world.ts';

/** Nobody sends them: what a service of some use would get. */
const usualRequests = 600;

/** Seconds of an answer whose application says no latency. */
const usualLatency = 0.08;

/**
 * What a load balancer has measured at a time: the application of every task that ran then answers its share of the requests as
 * its `http` says. Its routes are left out: nobody says how many of the requests go there.
 */
export function trafficOf(aws: Pick<AwsLab, 'ecs'>, place: ServicePlace, requestsAMinute = usualRequests) {
  const running = (time: number): readonly AppBehaviour[] =>
    [...aws.ecs.service(place).tasks]
      .filter(
        ({ startedAt, executionStoppedAt }) =>
          startedAt !== undefined &&
          startedAt <= time &&
          !(executionStoppedAt !== undefined && executionStoppedAt <= time),
      )
      .flatMap(task => task.containers.flatMap(container => container.behaviour ?? []));
  return {
    /** Reported only when there are any: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
    errors(time: number): number | undefined {
      const failing = Math.round(requestsAMinute * mean(running(time).map(failingShare)));
      return failing === 0 ? undefined : failing;
    },
    /** RequestCount and TargetResponseTime have no sample for a minute without requests. */
    requests: (): number | undefined => (requestsAMinute === 0 ? undefined : requestsAMinute),
    latency: (time: number): number | undefined => {
      if (requestsAMinute === 0) return undefined;
      const all = running(time).map(({ http }) => (http?.latency === undefined ? usualLatency : http.latency / 1000));
      return all.length === 0 ? usualLatency : mean(all);
    },
  };
}

function failingShare({ http }: AppBehaviour): number {
  return (http?.status ?? 200) >= 500 ? 1 : (http?.errors ?? 0) / 100;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
