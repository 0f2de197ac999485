import type { AwsLab } from '../../../assembly/aws.ts';
import type { AppBehaviour } from '../../../aws/ecs/behaviour.ts';
import { shares } from '../../../aws/lambda/routing.ts';
import type { FunctionPlace } from '../../../aws/lambda/world.ts';
import { usualRequests } from '../../traffic.ts';

/** ms of an answer whose application says no latency. */
const usualDuration = 80;

/** What an alias has measured at a time: every version that it sent requests to then answers its share as its `http` says. */
export function trafficOf(aws: Pick<AwsLab, 'lambda'>, place: FunctionPlace, alias: string) {
  const mean = meanBehind(aws, place, alias);
  return {
    invocations: () => usualRequests,
    /** Reported as 0 as well: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
    errors: (time: number) => Math.round(usualRequests * mean(time, failingShare)),
    duration: (time: number) => mean(time, durationOf),
  };
}

/** A number of each version that an alias sent requests to at a time, by their shares. */
export function meanBehind(aws: Pick<AwsLab, 'lambda'>, place: FunctionPlace, alias: string) {
  const mixAt = (time: number): readonly { readonly behaviour: AppBehaviour; readonly share: number }[] => {
    const fn = aws.lambda.function(place);
    const then = aws.lambda.alias(place, alias).history.findLast(({ since }) => since <= time);
    if (then === undefined) return [];
    return [...shares(then)].flatMap(([number, share]) => {
      const behaviour = fn.versions.get(number)?.code.behaviour;
      return behaviour === undefined ? [] : { behaviour, share };
    });
  };
  return (time: number, value: (behaviour: AppBehaviour) => number) =>
    mixAt(time).reduce((sum, { behaviour, share }) => sum + value(behaviour) * share, 0);
}

/** Milliseconds. */
export function durationOf({ http }: AppBehaviour): number {
  return http?.latency ?? usualDuration;
}

function failingShare({ http, init }: AppBehaviour): number {
  if (init !== undefined) return 1;
  return (http?.status ?? 200) >= 500 ? 1 : (http?.errors ?? 0) / 100;
}
