import type { Limit } from '../flow/limit.ts';
import type { ApiStage, FunctionAlias } from '../flow/names.ts';
import type { Measure } from './measure.ts';
import { type Signal, sumOf } from './signal.ts';
import { windowOf } from './window.ts';

/** Limits on REST APIs and Lambda functions. Both measure only where there is traffic. */

/**
 * Every request is a sample of `5XXError`, 1 or 0, and of `Count`: so a minute in which either lacks is unknown, not good.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function apiErrors(limit: Limit, api: ApiStage): Measure {
  const errors = ofApi(api, '5XXError', 'Sum');
  return share(limit, apiText(api), errors, ofApi(api, 'Count', 'SampleCount'));
}

/** `Latency` is in ms, from the request to the last byte. Weighted by its samples, as that of load balancers. */
export function apiLatency(limit: Limit, api: ApiStage): Measure {
  const times = ofApi(api, 'Latency', 'Sum');
  const counts = ofApi(api, 'Latency', 'SampleCount');
  return {
    ...withTraffic(limit, apiText(api), [times, counts]),
    value: (read, minutes) => {
      const samples = sumOf(read, [counts], minutes);
      return samples === 0 ? undefined : sumOf(read, [times], minutes) / samples;
    },
  };
}

/**
 * `Errors` has a sample for every invocation, as `Invocations` has.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function lambdaErrors(limit: Limit, fn: FunctionAlias): Measure {
  return share(limit, functionText(fn), ofFunction(fn, 'Errors', 'Sum'), ofFunction(fn, 'Invocations', 'Sum'));
}

/** `Duration` is in ms, without the start of the code. The longest one: an average hides those who run into their timeout. */
export function lambdaDuration(limit: Limit, fn: FunctionAlias): Measure {
  const longest = ofFunction(fn, 'Duration', 'Maximum');
  return {
    ...withTraffic(limit, functionText(fn), [longest]),
    value: (read, minutes) => {
      const values = minutes.flatMap(at => read(longest).get(at) ?? []);
      return values.length === 0 ? undefined : Math.max(...values);
    },
  };
}

type Uncounted = Omit<Measure, 'value'>;

function withTraffic(limit: Limit, subject: string, signals: readonly Signal[]): Uncounted {
  const window = windowOf(limit);
  return { limit, subject, signals, window, inARow: 1, reported: 'with-traffic', grows: false };
}

/** Errors as a number, or as a share of all. Only minutes count in which both are known. */
function share(limit: Limit, subject: string, errors: Signal, all: Signal): Measure {
  const counts = limit.threshold.unit === 'count';
  return {
    ...withTraffic(limit, subject, [errors, all]),
    grows: counts,
    value: (read, minutes) => {
      const known = minutes.filter(at => read(errors).has(at) && read(all).has(at));
      const total = sumOf(read, [all], known);
      if (total === 0) return undefined;
      const failed = sumOf(read, [errors], known);
      return counts ? failed : (100 * failed) / total;
    },
  };
}

function ofApi({ api, stage }: ApiStage, name: string, statistic: Signal['statistic']): Signal {
  return { namespace: 'AWS/ApiGateway', name, statistic, dimensions: { ApiName: api, Stage: stage } };
}

/** `Resource` is a version or an alias; without it the function is measured as a whole. */
function ofFunction({ name, alias }: FunctionAlias, metric: string, statistic: Signal['statistic']): Signal {
  const resource = alias === undefined ? {} : { Resource: `${name}:${alias}` };
  return { namespace: 'AWS/Lambda', name: metric, statistic, dimensions: { FunctionName: name, ...resource } };
}

function apiText({ api, stage }: ApiStage): string {
  return `${api}/${stage}`;
}

function functionText({ name, alias }: FunctionAlias): string {
  return alias === undefined ? name : `${name}:${alias}`;
}
