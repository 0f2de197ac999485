import type * as z from 'zod/mini';
import type { AwsLab } from '../../../assembly/aws.ts';
import type { AppBehaviour } from '../../../aws/ecs/behaviour.ts';
import type { World } from '../../schema.ts';
import { failingShare, usualRequests } from '../../traffic.ts';
import { durationOf, meanBehind } from '../lambda/traffic.ts';
import type { restApi } from './schema.ts';

/** Makes the APIs of a scenario, in front of the functions that are there. */
export function prepareApis(aws: AwsLab, { aws: world }: World): void {
  for (const spec of world.apis ?? []) prepareApi(aws, world.region, spec);
}

type Spec = z.output<typeof restApi>;

function prepareApi(aws: AwsLab, region: string, spec: Spec): void {
  const { account, name, stage, function: fn, alias, host } = spec;
  const place = { account, region, name: fn };
  aws.lambda.alias(place, alias);
  const api = aws.apigateway.createApi({ account, region, name, stage, integration: { function: place, alias } });
  aws.apigateway.map(host, api, stage);
  measure(aws, region, spec);
}

/**
 * Every request is a sample of each metric; of errors it is 1 or 0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
function measure(aws: AwsLab, region: string, { account, name, stage, function: fn, alias }: Spec): void {
  const mean = meanBehind(aws, { account, region, name: fn }, alias);
  const failed = (time: number) => Math.round(usualRequests * mean(time, failingOf));
  const series: Readonly<Record<string, (time: number, nth: number) => number>> = {
    Count: () => 1,
    '4XXError': () => 0,
    '5XXError': (time, nth) => (nth < failed(time) ? 1 : 0),
    Latency: time => mean(time, durationOf),
  };
  const dimensions = { ApiName: name, Stage: stage };
  for (const [metric, sample] of Object.entries(series)) {
    const at = (time: number) => Array.from({ length: usualRequests }, (_, nth) => sample(time, nth));
    aws.cloudwatch.at(account, region).putSeries({ namespace: 'AWS/ApiGateway', name: metric, dimensions, at });
  }
}

/** Code that does not start is a 502 to whoever asks. */
function failingOf(behaviour: AppBehaviour): number {
  return behaviour.init === undefined ? failingShare(behaviour) : 1;
}
