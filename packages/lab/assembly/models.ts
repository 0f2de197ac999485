import * as apigateway from '@aws-sdk/client-api-gateway';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudfront from '@aws-sdk/client-cloudfront';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as codebuild from '@aws-sdk/client-codebuild';
import * as codepipeline from '@aws-sdk/client-codepipeline';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ecr from '@aws-sdk/client-ecr';
import * as ecs from '@aws-sdk/client-ecs';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as sns from '@aws-sdk/client-sns';
import * as sts from '@aws-sdk/client-sts';
import { actionOf, openDesks } from '../wire/directory.ts';

/** The services that the lab has, as their SDK packages describe them: what a call, or an action of IAM, may be called. */
const models = {
  apigateway,
  cloudformation,
  cloudfront,
  cloudwatch,
  codebuild,
  codepipeline,
  dynamodb,
  ecr,
  ecs,
  elbv2,
  lambda,
  logs,
  s3,
  sns,
  sts,
};

const desks = openDesks(
  Object.entries(models).map(([id, model]) => ({ id, model, operations: {} })),
  new Set(),
);

/** Their SDKs take long to load, most of a second that of EC2, so they are not asked: these may be named. */
const unread: readonly (readonly [string, readonly string[]])[] = [
  ['ec2', ['DescribeInstanceStatus']],
  ['iam', ['GetRole']],
  ['rds', ['DescribeDBInstances', 'DescribeDBSnapshots', 'DescribeDBClusters', 'DescribeDBClusterSnapshots']],
];

/** Every operation that AWS has, modelled or not, by the service’s short name. */
export const operationNames: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...desks.map(({ service, model }) => [service.id, new Set(model.operations.keys())] as const),
  ...unread.map(([id, operations]) => [id, new Set(operations)] as const),
]);

/** As IAM names them: `elasticloadbalancing:DescribeTargetHealth`. */
export const iamActions: readonly string[] = [
  ...desks.flatMap(desk => [...desk.model.operations.keys()].map(operation => actionOf(desk, operation))),
  ...unread.flatMap(([id, operations]) => operations.map(operation => `${id}:${operation}`)),
];
