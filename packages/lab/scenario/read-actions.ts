/** What gates may look at, as docs/gates.md says: a test holds the two against each other. */
export const readActions: readonly string[] = [
  'cloudwatch:DescribeAlarms',
  'cloudwatch:DescribeAlarmHistory',
  'cloudformation:DescribeStacks',
  'dynamodb:DescribeContinuousBackups',
  'dynamodb:ListBackups',
  'ecr:BatchGetImage',
  'ecs:DescribeTaskDefinition',
  'lambda:GetFunction',
  'rds:DescribeDBInstances',
  'rds:DescribeDBClusters',
  'rds:DescribeDBSnapshots',
  'rds:DescribeDBClusterSnapshots',
  's3:GetObject',
  's3:ListBucket',
  's3:GetBucketVersioning',
];
