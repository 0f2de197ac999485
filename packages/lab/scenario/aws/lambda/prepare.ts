import type * as z from 'zod/mini';
import type { AwsLab } from '../../../assembly/aws.ts';
import type { Applications } from '../../../assembly/build-actions.ts';
import { makeZip } from '../../../aws/lambda/archive.ts';
import type { CodeSource, FunctionPlace } from '../../../aws/lambda/world.ts';
import { pushImage } from '../../images.ts';
import type { World } from '../../schema.ts';
import type { lambdaFunction } from './schema.ts';
import { trafficOf } from './traffic.ts';

type FunctionSpec = z.output<typeof lambdaFunction>;

/** Makes the functions of a scenario, with what their code stands in. */
export function prepareLambda(aws: AwsLab, { aws: world }: World, applications: Applications): void {
  const { region, functions = [], layers = [], 'code-objects': objects = [] } = world;
  aws.explainPackages(applications);
  for (const object of objects) {
    const { account, bucket: name, key } = object;
    if (!aws.s3.hasBucket(name)) aws.s3.createBucket({ account, name, region: object.region ?? region });
    aws.s3.put(name, key, archiveOf(object));
  }
  for (const { account, arn } of layers) aws.lambda.addLayer(account, region, arn);
  for (const spec of functions.flatMap(copiesOf)) prepareFunction(aws, region, spec, applications);
}

function copiesOf(spec: FunctionSpec): readonly FunctionSpec[] {
  const { copies, name } = spec;
  if (copies === undefined) return [spec];
  return Array.from({ length: copies }, (_, index) => ({ ...spec, name: `${name}-${index + 1}` }));
}

/** An archive is what its application and version say. */
export function archiveOf({
  application,
  version,
}: {
  readonly application: string;
  readonly version: string;
}): Buffer {
  return makeZip({ 'package.json': JSON.stringify({ name: application, version }) });
}

function prepareFunction(aws: AwsLab, region: string, spec: FunctionSpec, applications: Applications): void {
  const { account, name, alias, host, variables, layers = [], memory, state } = spec;
  const place = { account, region, name };
  for (const arn of layers) aws.lambda.addLayer(account, region, arn);
  const provisioned = spec['provisioned-concurrency'];
  aws.lambda.createFunction(place, {
    code: codeOf(aws, region, spec, applications),
    settings: {
      layers: layers.map(Arn => ({ Arn })),
      ...(variables === undefined ? {} : { variables }),
      ...(memory === undefined ? {} : { memory }),
    },
    variablesReadable: spec['variables-unreadable'] !== true,
    ...(alias === undefined ? {} : { alias }),
    ...(state === undefined ? {} : { state }),
    ...(provisioned === undefined ? {} : { provisioned }),
  });
  if (alias === undefined) return;
  if (host !== undefined) aws.lambda.expose(host, place, alias);
  measure(aws, place, alias);
}

function codeOf(aws: AwsLab, region: string, spec: FunctionSpec, applications: Applications): CodeSource {
  const { account, repository, application, version } = spec;
  if (repository === undefined) return { zip: archiveOf(spec) };
  if (!aws.ecr.hasRepository(account, region, repository)) aws.ecr.createRepository(account, region, repository);
  const digest = pushImage(aws, region, { account, repository, application, version }, applications);
  return { image: `${account}.dkr.ecr.${region}.amazonaws.com/${repository}@${digest}` };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html : of the function, and of the alias by `Resource`. */
function measure(aws: AwsLab, place: FunctionPlace, alias: string): void {
  const cloudwatch = aws.cloudwatch.at(place.account, place.region);
  const traffic = trafficOf(aws, place, alias);
  const namespace = 'AWS/Lambda';
  const perFunction = { FunctionName: place.name };
  const perAlias = { ...perFunction, Resource: `${place.name}:${alias}` };
  for (const dimensions of [perFunction, perAlias]) {
    cloudwatch.putSeries({ namespace, name: 'Invocations', dimensions, at: traffic.invocations });
    cloudwatch.putSeries({ namespace, name: 'Errors', dimensions, at: traffic.errors });
    cloudwatch.putSeries({ namespace, name: 'Duration', dimensions, at: traffic.duration });
  }
}
