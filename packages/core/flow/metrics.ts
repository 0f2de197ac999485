/** What a limit can measure. The adapters that read the numbers live elsewhere; this says what may be written. */
export interface MetricDefinition {
  readonly meaning: string;
  readonly units: readonly ThresholdUnit[];
  /** On which side of the limit the trouble is. */
  readonly trouble: 'above' | 'below';
  /** Whether a number of things needs the time in which they are counted. */
  readonly window: 'required-for-counts' | 'none';
  readonly example: string;
}

/** Percent is 0–100, time is milliseconds, size is bytes. */
export type ThresholdUnit = 'count' | 'percent' | 'milliseconds' | 'bytes';

export const metrics = {
  'ecs-cpu': {
    meaning: 'average CPU of an ECS service, of what its tasks reserve',
    units: ['percent'],
    trouble: 'above',
    window: 'none',
    example: 'ecs-cpu > 80%',
  },
  'ecs-memory': {
    meaning: 'average memory of an ECS service, of what its tasks reserve',
    units: ['percent'],
    trouble: 'above',
    window: 'none',
    example: 'ecs-memory > 80%',
  },
  'alb-5xx': {
    meaning: 'answers with a 5xx status behind the load balancer, as a number or as a share of all answers',
    units: ['count', 'percent'],
    trouble: 'above',
    window: 'required-for-counts',
    example: 'alb-5xx > 10 per 5m',
  },
  'unhealthy-targets': {
    meaning: 'targets that the load balancer takes for unhealthy',
    units: ['count'],
    trouble: 'above',
    window: 'none',
    example: 'unhealthy-targets > 0',
  },
  'response-time': {
    meaning: 'average response time of the targets of the load balancer',
    units: ['milliseconds'],
    trouble: 'above',
    window: 'none',
    example: 'response-time >= 1s',
  },
  'api-5xx': {
    meaning: 'answers with a 5xx status of a REST API, as a number or as a share of all answers',
    units: ['count', 'percent'],
    trouble: 'above',
    window: 'required-for-counts',
    example: 'api-5xx > 5%',
  },
  'api-latency': {
    meaning: 'average time that a REST API takes to answer',
    units: ['milliseconds'],
    trouble: 'above',
    window: 'none',
    example: 'api-latency >= 1s',
  },
  'lambda-errors': {
    meaning: 'invocations of a Lambda function that fail, as a number or as a share of all',
    units: ['count', 'percent'],
    trouble: 'above',
    window: 'required-for-counts',
    example: 'lambda-errors > 5%',
  },
  'lambda-duration': {
    meaning: 'the longest invocation of a Lambda function',
    units: ['milliseconds'],
    trouble: 'above',
    window: 'none',
    example: 'lambda-duration > 10s',
  },
  'rds-connections': {
    meaning: 'open connections of the database',
    units: ['count'],
    trouble: 'above',
    window: 'none',
    example: 'rds-connections > 80',
  },
  'rds-storage': {
    meaning: 'free storage of the database',
    units: ['bytes'],
    trouble: 'below',
    window: 'none',
    example: 'rds-storage < 5GB',
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof metrics;

export const metricNames = Object.keys(metrics).filter(isMetricName);

export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(metrics, name);
}
