import type { Work } from './work.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html : a function may name another group than its own. */
export function logGroupOf({ configuration, plan }: Pick<Work, 'configuration' | 'plan'>): string {
  const name = configuration?.FunctionName ?? plan.name.split(':').at(-1) ?? plan.name;
  return configuration?.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
}
