import { api, docs } from './documentation.ts';

/** Differences between the lab and moto, and the documentation that says who is right. */
export interface ListedDifference {
  /** What is different, by the step in which it shows. `*` stands for anything in either. */
  readonly on: Readonly<Record<string, string | readonly string[]>>;
  /** `open`: the documentation decides neither way, and nothing that anybody here reads depends on it. */
  readonly right: 'lab' | 'open';
  readonly because: string;
  readonly documentation: string;
}

type On = ListedDifference['on'];
const lab = (on: On, because: string, documentation: string) => ({ on, right: 'lab' as const, because, documentation });
const open = (on: On, because: string, documentation: string) => ({
  on,
  right: 'open' as const,
  because,
  documentation,
});

/** By service. Where moto was right, the lab was mended, and there is no difference. */
export const differences: Readonly<Record<string, readonly ListedDifference[]>> = {
  apigateway: [
    lab(
      { '*stage*': ['*cacheClusterStatus', '*tracingEnabled', '*createdDate', '*lastUpdatedDate'] },
      'members of a stage',
      `${api.apigateway}/API_Stage.html`,
    ),
    lab(
      { 'a deployment that is not there': ['error', 'status'] },
      'NotFoundException, 404',
      `${api.apigateway}/API_GetDeployment.html`,
    ),
  ],
  s3: [
    lab(
      { '*': 'ServerSideEncryption' },
      'every object is encrypted, with AES256 unless asked otherwise, and says so',
      `${docs}/AmazonS3/latest/userguide/default-encryption-faq.html`,
    ),
    lab(
      { 'the second page': 'ContinuationToken' },
      'a token that was sent is answered, too',
      `${api.s3}/API_ListObjectsV2.html`,
    ),
    lab(
      { 'a bucket of somebody else': 'outcome' },
      'the bucket has another owner than the caller expects: 403',
      `${docs}/AmazonS3/latest/userguide/bucket-owner-condition.html`,
    ),
  ],
  lambda: [
    lab(
      { '*': ['*RevisionId', '*LoggingConfig.Log*'] },
      'members of every configuration',
      `${api.lambda}/API_FunctionConfiguration.html`,
    ),
    open(
      { 'its version by the alias': 'FunctionArn' },
      'the ARN of what was asked for, or of what the alias points to: the page says only “the function’s ARN”',
      `${api.lambda}/API_GetFunctionConfiguration.html`,
    ),
    open(
      { 'other code, only tried': 'CodeSha256' },
      'that a trial answers the digest of what was tried is what people see, and not written down',
      `${api.lambda}/API_UpdateFunctionCode.html`,
    ),
    lab(
      {
        'other code': 'LastUpdateStatus*',
        'other variables': 'LastUpdateStatus*',
        'a version': 'State*',
      },
      'an update is InProgress and a version Pending before they are what they become',
      `${docs}/lambda/latest/dg/functions-states.html`,
    ),
    lab(
      {
        'a version for other code than there is': 'outcome',
        'a version': 'Description',
        'the version is there': 'Description',
        'nothing new to publish': 'Description',
        'the versions': 'Versions[2].Description',
      },
      'a version is published only of the code that was meant, with the description that was given',
      `${api.lambda}/API_PublishVersion.html`,
    ),
    lab(
      { 'three versions at once': 'outcome', 'a weight for a version that is not there': 'outcome' },
      'an alias points to at most two versions, and both are published',
      `${docs}/lambda/latest/dg/configuring-alias-routing.html`,
    ),
    open(
      { 'a version twice': 'outcome' },
      'two versions are two, but no error is named for one that is given twice',
      `${docs}/lambda/latest/dg/configuring-alias-routing.html`,
    ),
    lab(
      { 'more than all of the requests': 'outcome' },
      'a weight is between 0 and 1',
      `${api.lambda}/API_AliasRoutingConfiguration.html`,
    ),
    lab(
      { 'as somebody else has seen it': 'outcome' },
      'only the alias with that RevisionId is changed: PreconditionFailedException',
      `${api.lambda}/API_UpdateAlias.html`,
    ),
    lab(
      { 'an alias that is there': 'error', 'an alias that looks like a version': 'outcome' },
      'it exists already: ResourceConflictException; a name is not made of digits alone',
      `${api.lambda}/API_CreateAlias.html`,
    ),
    lab(
      { 'the aliases of a version': 'Aliases*' },
      'FunctionVersion asks for the aliases of that version only',
      `${api.lambda}/API_ListAliases.html`,
    ),
    lab(
      { 'too little memory': 'outcome', 'too much time': 'outcome' },
      'between 128 and 10,240 MB, up to 900 seconds',
      `${api.lambda}/API_UpdateFunctionConfiguration.html`,
    ),
    open(
      { 'a layer that is not there': ['error', 'status'] },
      'the page has both InvalidParameterValueException and ResourceNotFoundException, and does not say which',
      `${api.lambda}/API_UpdateFunctionConfiguration.html`,
    ),
  ],
  cloudformation: [
    lab(
      {
        'is made': ['Parameters.length', 'IncludeNestedStacks'],
        'changes nothing': ['Parameters.length', 'IncludeNestedStacks'],
        'changes something': ['Parameters.length', 'IncludeNestedStacks'],
        'is a change': 'IncludeNestedStacks',
      },
      'members of a change set: the values of all parameters, whether nested stacks are in it',
      `${api.cloudformation}/API_DescribeChangeSet.html`,
    ),
    lab(
      {
        'the stack waits for it': [
          'Stacks[0].StackStatusReason',
          'Stacks[0].Drift*',
          'Stacks[0].LastOperations.length',
        ],
        'the stack is made': [
          'Stacks[0].ChangeSetId',
          'Stacks[0].Outputs.length',
          'Stacks[0].Drift*',
          '*.LastOperations*',
        ],
        'the stack is changed': [
          '*.ChangeSetId',
          '*.LastUpdatedTime',
          '*.Outputs.length',
          '*.Drift*',
          '*.LastOperations*',
        ],
        'a stack is remembered by its id': ['*.ChangeSetId', '*.*Time', '*.Drift*', '*.LastOperations*'],
      },
      'members of a stack, its outputs among them',
      `${api.cloudformation}/API_Stack.html`,
    ),
    lab(
      {
        'a change set that is not there': ['error', 'status'],
        'it is gone': ['error', 'status'],
        'execution of none': ['error', 'status'],
      },
      'ChangeSetNotFound, 404',
      `${api.cloudformation}/API_DescribeChangeSet.html`,
    ),
    lab(
      { 'its template': 'StagesAvailable.length' },
      'the stages that can be asked for; Processed is there for every stack',
      `${api.cloudformation}/API_GetTemplate.html`,
    ),
    lab(
      { 'its resources': '*.StackResourceDriftStatus' },
      'a required member of the drift information of a resource',
      `${api.cloudformation}/API_StackResourceDriftInformationSummary.html`,
    ),
    lab(
      { 'execution of nothing': 'outcome' },
      'a failed change set cannot be executed: InvalidChangeSetStatus',
      `${api.cloudformation}/API_ExecuteChangeSet.html`,
    ),
    lab(
      {
        'a stack that is there is not made': 'outcome',
        'another template': 'StackId',
        'changes something': ['StackId', 'Changes*'],
        'the name is taken': 'outcome',
        'a parameter': 'StackId',
        'is a change': ['StackId', 'Changes*'],
        'a parameter that the template does not have': 'outcome',
      },
      'CREATE is for a new stack, UPDATE changes the one that is there and says how; a name is used once: AlreadyExists',
      `${api.cloudformation}/API_CreateChangeSet.html`,
    ),
    lab(
      { 'a template': 'Parameters.length' },
      'the parameters of the template are answered',
      `${api.cloudformation}/API_ValidateTemplate.html`,
    ),
  ],
  cloudfront: [
    lab(
      {
        'an invalidation': 'Invalidation.Status',
        'is done': 'Invalidation.Status',
        'all of them': ['*.Quantity', '*.Items.length', '*.Status'],
      },
      'InProgress, then Completed; one invalidation was made here',
      `${api.cloudfront}/API_Invalidation.html`,
    ),
    lab(
      {
        'the same once more': ['Invalidation.Id', 'Invalidation.Status', 'Location'],
        'the same reference for something else': 'outcome',
      },
      'a reference that was used is answered with what it has made, and refused for other paths',
      `${api.cloudfront}/API_InvalidationBatch.html`,
    ),
    lab(
      { 'fewer than it says': 'outcome', 'a path that is none': 'outcome' },
      'InconsistentQuantities; a path begins with /: InvalidArgument',
      `${api.cloudfront}/API_CreateInvalidation.html`,
    ),
  ],
  cloudwatch: [
    lab(
      { 'alarms by name': '*.StateValue', 'alarms by prefix': '*.StateValue' },
      'a new alarm is INSUFFICIENT_DATA at once',
      `${api.cloudwatch}/API_PutMetricAlarm.html`,
    ),
    lab(
      { '*': '*.StateTransitionedTimestamp' },
      'when the state last changed',
      `${api.cloudwatch}/API_MetricAlarm.html`,
    ),
    lab(
      { 'by both': 'outcome' },
      'names and a prefix cannot be asked for together',
      `${api.cloudwatch}/API_DescribeAlarms.html`,
    ),
    open(
      { '*': 'MetricDataResults[0].Label' },
      'where no label is asked for, CloudWatch makes one up: the page does not say which',
      `${api.cloudwatch}/API_MetricDataQuery.html`,
    ),
  ],
  dynamodb: [
    lab(
      { '*': ['*TableId', '*.BillingMode*'] },
      'members of a table and of the source of a backup',
      `${api.dynamodb}/API_TableDescription.html`,
    ),
    lab(
      {
        'a restore': ['*.TableStatus', '*.RestoreInProgress'],
        'is done': ['*.TableStatus', '*.RestoreInProgress'],
      },
      'a restore takes its time, and the table is CREATING meanwhile',
      `${docs}/amazondynamodb/latest/developerguide/pointintimerecovery_restores.html`,
    ),
    lab(
      {
        'of a table without recovery': 'outcome',
        'of no table': 'error',
        'to a time that has not come': 'outcome',
        'under a name that is none': 'outcome',
      },
      'PointInTimeRecoveryUnavailable, TableNotFound, InvalidRestoreTime; a name has three letters or more',
      `${api.dynamodb}/API_RestoreTableToPointInTime.html`,
    ),
    lab(
      { 'a backup': '*.BackupStatus', 'a backup without a name to speak of': 'outcome' },
      'it is made asynchronously: CREATING; a name has three letters or more',
      `${api.dynamodb}/API_CreateBackup.html`,
    ),
    open(
      { '*': '*.BackupSizeBytes' },
      'the size is updated every six hours or so: that of an empty table is not said',
      `${api.dynamodb}/API_BackupDetails.html`,
    ),
  ],
  ec2: [
    lab(
      { 'an id that is none': 'error' },
      'InvalidInstanceID.Malformed',
      `${docs}/AWSEC2/latest/APIReference/errors-overview.html`,
    ),
  ],
  ecr: [
    lab(
      { 'the digest of its manifest': 'is' },
      'the digest is the hash of the manifest, byte for byte, or nobody could pull by it',
      'https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests',
    ),
    lab(
      { 'an image by *': ['*.artifactMediaType', '*.imageStatus'] },
      'members of an image',
      `${api.ecr}/API_ImageDetail.html`,
    ),
    open(
      { 'an image by *': '*.imageSizeInBytes' },
      'whether its configuration counts with its layers is not said',
      `${api.ecr}/API_ImageDetail.html`,
    ),
    lab(
      { 'a tag that cannot move': 'error' },
      'a tag of an immutable repository that is there: ImageTagAlreadyExistsException',
      `${api.ecr}/API_PutImage.html`,
    ),
  ],
  elbv2: [
    lab(
      { '*': '*.HealthCheckPort' },
      'the port, as in the example, also where the group says traffic-port',
      `${api.elbv2}/API_DescribeTargetHealth.html`,
    ),
    lab(
      {
        'of a group that nothing forwards to': '*.TargetHealth.*',
        'of a target that is not registered': '*.TargetHealth.*',
      },
      'unused, with Target.NotInUse or Target.NotRegistered',
      `${api.elbv2}/API_TargetHealth.html`,
    ),
    lab(
      { 'a load balancer': '*.Scheme' },
      'internet-facing unless asked otherwise',
      `${api.elbv2}/API_CreateLoadBalancer.html`,
    ),
    lab(
      { 'where it forwards': '*.TargetGroupArn' },
      'a single group stands beside the configuration, too, as in the example',
      `${api.elbv2}/API_DescribeListeners.html`,
    ),
  ],
  logs: [
    lab(
      { 'a part of it': 'messages.length' },
      'events at endTime or later are not included',
      `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html`,
    ),
  ],
  rds: [
    lab({ '*': '*.PercentProgress' }, 'a member of every snapshot', `${api.rds}/API_DBSnapshot.html`),
    lab(
      { 'that without its type': 'outcome', 'a page that is too small': 'outcome' },
      'the identifier of an automated snapshot needs SnapshotType; a page has 20 records or more',
      `${api.rds}/API_DescribeDBSnapshots.html`,
    ),
  ],
  iam: [
    lab(
      { 'a name that is none': ['error', 'status'] },
      'a name has a pattern, which has no blanks',
      `${api.iam}/API_GetRole.html`,
    ),
  ],
  sns: [
    lab(
      { 'a topic': 'SubscriptionsPending', 'who hears of it': '*.SubscriptionArn' },
      'an address has to confirm: until then it is pending, and has no ARN',
      `${api.sns}/API_Subscribe.html`,
    ),
    lab(
      {
        'a subject of 100 characters': 'outcome',
        'a subject of two lines': 'outcome',
        'JSON without a default': 'outcome',
      },
      'less than 100 characters, no line breaks; a JSON message has a default',
      `${api.sns}/API_Publish.html`,
    ),
    open(
      { nothing: 'outcome', 'an attribute *': 'error', 'a number that is none': 'error' },
      'a message is required, not that it says something; of two errors for a bad attribute the page names both',
      `${api.sns}/API_Publish.html`,
    ),
  ],
  sts: [
    lab(
      { 'a role that is not there': 'outcome' },
      'nobody assumes it: AccessDenied',
      `${docs}/IAM/latest/UserGuide/troubleshoot_roles.html`,
    ),
    lab(
      { 'for *er than a session may be': 'outcome' },
      'a session lasts 15 minutes to 12 hours',
      `${api.sts}/API_AssumeRole.html`,
    ),
  ],
};
