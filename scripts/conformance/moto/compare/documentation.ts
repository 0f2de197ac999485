/** Where AWS documents its services. */
export const docs = 'https://docs.aws.amazon.com';

/** Their API references. */
export const api = {
  apigateway: `${docs}/apigateway/latest/api`,
  lambda: `${docs}/lambda/latest/api`,
  cloudformation: `${docs}/AWSCloudFormation/latest/APIReference`,
  cloudfront: `${docs}/cloudfront/latest/APIReference`,
  cloudwatch: `${docs}/AmazonCloudWatch/latest/APIReference`,
  dynamodb: `${docs}/amazondynamodb/latest/APIReference`,
  ecr: `${docs}/AmazonECR/latest/APIReference`,
  elbv2: `${docs}/elasticloadbalancing/latest/APIReference`,
  iam: `${docs}/IAM/latest/APIReference`,
  rds: `${docs}/AmazonRDS/latest/APIReference`,
  s3: `${docs}/AmazonS3/latest/API`,
  sns: `${docs}/sns/latest/api`,
  sts: `${docs}/STS/latest/APIReference`,
};
