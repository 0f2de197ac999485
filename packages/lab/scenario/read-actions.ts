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

/** What making a change set takes that somebody else executes, as docs/targets/cloudformation.md says: the same test holds these. */
export const showActions: readonly string[] = [
  'cloudformation:DescribeStacks',
  'cloudformation:ListStackResources',
  'cloudformation:GetTemplate',
  'cloudformation:CreateChangeSet',
  'cloudformation:DescribeChangeSet',
  'cloudformation:ListChangeSets',
  'cloudformation:DeleteChangeSet',
  'cloudformation:DetectStackDrift',
  'cloudformation:DescribeStackResourceDrifts',
  'cloudformation:GetTemplateSummary',
  'cloudformation:DescribeStackDriftDetectionStatus',
  's3:GetObject',
  's3:PutObject',
];
