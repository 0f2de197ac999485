import type { Comparison } from './comparison.ts';
import { apigateway } from './services/apigateway.ts';
import { cloudformation } from './services/cloudformation.ts';
import { cloudfront } from './services/cloudfront.ts';
import { cloudwatch } from './services/cloudwatch.ts';
import { dynamodb } from './services/dynamodb.ts';
import { ec2 } from './services/ec2.ts';
import { ecr } from './services/ecr.ts';
import { elbv2 } from './services/elbv2.ts';
import { iam } from './services/iam.ts';
import { lambda } from './services/lambda.ts';
import { logs } from './services/logs.ts';
import { rds } from './services/rds.ts';
import { s3 } from './services/s3.ts';
import { sns } from './services/sns.ts';
import { sts } from './services/sts.ts';

export const comparisons: readonly Comparison[] = [
  s3,
  lambda,
  cloudformation,
  cloudfront,
  cloudwatch,
  dynamodb,
  ec2,
  ecr,
  elbv2,
  iam,
  logs,
  rds,
  sns,
  sts,
  apigateway,
];
