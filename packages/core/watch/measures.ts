import type { Limit } from '../flow/limit.ts';
import type { MetricName } from '../flow/metrics.ts';
import type { Measure } from './measure.ts';
import { apiErrors, apiLatency, lambdaDuration, lambdaErrors } from './serverless.ts';
import { minute, type Signal, sumOf } from './signal.ts';
import type { Balanced, Subjects } from './subjects.ts';
import { windowOf } from './window.ts';

/** A limit measured on every subject that it can be about; none when there is no such subject. */
export function measuresOf(limit: Limit, subjects: Subjects): readonly Measure[] {
  const { services, balanced, databases, apis, functions } = subjects;
  switch (limit.metric) {
    case 'ecs-cpu':
      return services.map(service => ecs(limit, service, 'CPUUtilization'));
    case 'ecs-memory':
      return services.map(service => ecs(limit, service, 'MemoryUtilization'));
    case 'rds-connections':
      return databases.map(name => gauge(limit, name, [database(name, 'DatabaseConnections', 'Maximum')]));
    case 'rds-storage':
      return databases.map(name => gauge(limit, name, [database(name, 'FreeStorageSpace', 'Minimum')]));
    case 'alb-5xx':
      return balanced.map(each => serverErrors(limit, each));
    case 'response-time':
      return balanced.map(each => responseTime(limit, each));
    case 'unhealthy-targets':
      return balanced.filter(({ targetGroups }) => targetGroups.length > 0).map(each => unhealthy(limit, each));
    case 'api-5xx':
      return apis.map(api => apiErrors(limit, api));
    case 'api-latency':
      return apis.map(api => apiLatency(limit, api));
    case 'lambda-errors':
      return functions.map(fn => lambdaErrors(limit, fn));
    case 'lambda-duration':
      return functions.map(fn => lambdaDuration(limit, fn));
  }
}

/** What a limit is about, for the message that says that it is missing. */
export function subjectWords(metric: MetricName): { readonly what: string; readonly inputs: string } {
  switch (metric) {
    case 'ecs-cpu':
    case 'ecs-memory':
      return { what: 'an ECS service', inputs: '`cluster` and `service`' };
    case 'rds-connections':
    case 'rds-storage':
      return { what: 'a database', inputs: '`database`' };
    case 'alb-5xx':
    case 'response-time':
      return { what: 'a load balancer', inputs: '`target-group` or `load-balancer`' };
    case 'unhealthy-targets':
      return { what: 'a target group', inputs: '`target-group`' };
    case 'api-5xx':
    case 'api-latency':
      return { what: 'a REST API', inputs: '`api`' };
    case 'lambda-errors':
    case 'lambda-duration':
      return { what: 'a Lambda function', inputs: '`function`' };
  }
}

type Service = Subjects['services'][number];

function ecs(limit: Limit, { cluster, service }: Service, name: string): Measure {
  const dimensions = { ClusterName: cluster, ServiceName: service };
  return gauge(limit, service, [{ namespace: 'AWS/ECS', name, statistic: 'Average', dimensions }]);
}

function database(name: string, metric: string, statistic: Signal['statistic']): Signal {
  return { namespace: 'AWS/RDS', name: metric, statistic, dimensions: { DBInstanceIdentifier: name } };
}

/** One value a minute; of several signals the sum, when all of them have it. */
function gauge(limit: Limit, subject: string, signals: readonly Signal[]): Measure {
  return {
    ...{ limit, subject, signals, window: minute, inARow: 1, reported: 'always', grows: false },
    value: (read, minutes) => {
      const values = signals.flatMap(signal => minutes.flatMap(at => read(signal).get(at) ?? []));
      return values.length < signals.length ? undefined : values.reduce((sum, value) => sum + value, 0);
    },
  };
}

/** One look of the load balancer may catch a task that is just being replaced: two in a row do not. */
function unhealthy(limit: Limit, { name, targetGroups }: Balanced): Measure {
  const signals = targetGroups.map(({ targetGroup, loadBalancer }) =>
    balancer('UnHealthyHostCount', 'Minimum', { TargetGroup: targetGroup, LoadBalancer: loadBalancer }),
  );
  return { ...gauge(limit, name, signals), inARow: 2 };
}

/**
 * 5xx counts exist only for minutes that have some; that there were none is known only where requests were counted. What the load
 * balancer answers itself (no healthy target, time-out) is counted for it as a whole, and is not among the requests.
 */
function serverErrors(limit: Limit, each: Balanced): Measure {
  const requests = perTarget(each, 'RequestCount', 'Sum');
  const ofTargets = perTarget(each, 'HTTPCode_Target_5XX_Count', 'Sum');
  const ofBalancers = balancersOf(each).map(name => balancer('HTTPCode_ELB_5XX_Count', 'Sum', { LoadBalancer: name }));
  const counts = limit.threshold.unit === 'count';
  return {
    ...{ limit, subject: each.name, inARow: 1, reported: 'with-traffic', grows: counts },
    signals: [...requests, ...ofTargets, ...ofBalancers],
    window: windowOf(limit),
    value: (read, minutes) => {
      const sum = (signals: readonly Signal[]) => sumOf(read, signals, minutes);
      const own = sum(ofBalancers);
      const errors = sum(ofTargets) + own;
      const answers = Math.max(sum(requests) + own, errors);
      if (answers === 0) return undefined;
      return counts ? errors : (100 * errors) / answers;
    },
  };
}

/** CloudWatch has it in seconds. Weighted by its samples, so that a minute of one slow request does not weigh as a busy one. */
function responseTime(limit: Limit, each: Balanced): Measure {
  const times = perTarget(each, 'TargetResponseTime', 'Sum');
  const counts = perTarget(each, 'TargetResponseTime', 'SampleCount');
  return {
    ...{ limit, subject: each.name, window: minute, inARow: 1, reported: 'with-traffic', grows: false },
    signals: [...times, ...counts],
    value: (read, minutes) => {
      const samples = sumOf(read, counts, minutes);
      return samples === 0 ? undefined : (1000 * sumOf(read, times, minutes)) / samples;
    },
  };
}

function perTarget(each: Balanced, name: string, statistic: Signal['statistic']): readonly Signal[] {
  if (each.targetGroups.length === 0) {
    return each.loadBalancers.map(loadBalancer => balancer(name, statistic, { LoadBalancer: loadBalancer }));
  }
  return each.targetGroups.map(({ targetGroup, loadBalancer }) =>
    balancer(name, statistic, { TargetGroup: targetGroup, LoadBalancer: loadBalancer }),
  );
}

function balancersOf({ targetGroups, loadBalancers }: Balanced): readonly string[] {
  return [...new Set([...targetGroups.map(({ loadBalancer }) => loadBalancer), ...loadBalancers])];
}

function balancer(name: string, statistic: Signal['statistic'], dimensions: Signal['dimensions']): Signal {
  return { namespace: 'AWS/ApplicationELB', name, statistic, dimensions };
}
