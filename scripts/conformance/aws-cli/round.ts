import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { openAws, unmodelled } from '../sam/lab.ts';
import { runTool } from '../sam/run-tool.ts';

const account = '111111111111';
const region = 'ap-southeast-2';
const key = 'AKIACONFORMANCE00CLI';

/** What is asked, and what the CLI prints (`--output text`, trimmed). */
type Question = readonly [words: string, answer: string];

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;

/** Every service, by a client whose wire format is not that of the SDK for JavaScript. `--query` reads the answer as the CLI has parsed it. */
const questions: readonly Question[] = [
  ['sts get-caller-identity --query [Account,Arn]', `${account}\tarn:aws:iam::${account}:user/conformance`],
  ['ecs list-clusters --query clusterArns', arn('ecs', 'cluster/shop-cluster')],
  [
    'ecs describe-services --cluster shop-cluster --services shop-api --query services[0].[status,runningCount,desiredCount]',
    'ACTIVE\t2\t2',
  ],
  ['ecs list-tasks --cluster shop-cluster --service-name shop-api --query length(taskArns)', '2'],
  ['ecr describe-repositories --query repositories[].repositoryName', 'shop-api'],
  ['ecr describe-images --repository-name shop-api --query length(imageDetails)', '1'],
  ['lambda get-function-configuration --function-name shop-worker --query Environment.Variables.STAGE', 'prod'],
  ['lambda get-alias --function-name shop-worker --name live --query FunctionVersion', '1'],
  ['lambda list-versions-by-function --function-name shop-worker --query Versions[].Version', '$LATEST\t1'],
  ['cloudwatch describe-alarms --query MetricAlarms[].[AlarmName,StateValue]', 'shop-errors\tOK'],
  ['logs describe-log-groups --query logGroups[].logGroupName', '/aws/codebuild/stack\t/ecs/shop-api'],
  ['cloudformation describe-stacks --query Stacks[].[StackName,StackStatus]', 'shop-topics\tCREATE_COMPLETE'],
  [
    'cloudformation describe-stacks --stack-name shop-topics --query Stacks[0].Outputs[0].OutputValue',
    arn('sns', 'shop-prod'),
  ],
  [
    'cloudformation list-stack-resources --stack-name shop-topics --query StackResourceSummaries[].LogicalResourceId',
    'Topic',
  ],
  ['codepipeline get-pipeline --name shop-pipeline --query pipeline.stages[].name', 'Source\tDeploy'],
  ['codepipeline get-pipeline-state --name shop-pipeline --query stageStates[].stageName', 'Source\tDeploy'],
  ['elbv2 describe-target-groups --query TargetGroups[].TargetGroupName', 'shop-api'],
  ['cloudfront get-distribution --id E1SHOPWEB --query Distribution.Status', 'Deployed'],
  [
    'ec2 describe-instance-status --query InstanceStatuses[].[InstanceId,InstanceState.Name,InstanceStatus.Status]',
    'i-0123456789abcdef0\trunning\tok',
  ],
  ['s3api list-buckets --query Buckets[].Name', 'shop-web'],
  ['s3api head-object --bucket shop-web --key index.html --query ContentLength', '13'],
];

/** What is refused, and how the CLI says it. */
const refused: readonly Question[] = [
  [
    'cloudformation describe-stacks --stack-name nowhere',
    'An error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id nowhere does not exist',
  ],
  [
    'lambda get-function --function-name nowhere',
    'An error occurred (ResourceNotFoundException) when calling the GetFunction operation',
  ],
  [
    'ecs describe-services --cluster nowhere --services shop-api',
    'An error occurred (ClusterNotFoundException) when calling the DescribeServices operation',
  ],
  ['s3api list-objects-v2 --bucket shop-nowhere', 'An error occurred (NoSuchBucket)'],
];

/** The real AWS CLI in front of the lab. Answers what does not hold. */
export async function roundWithAwsCli(program: string, suite: string): Promise<readonly string[]> {
  const open = await openAws(suite, 'scripts/conformance/aws-cli/round.world.yml', [{ key, account }]);
  const folder = mkdtempSync(join(tmpdir(), 'release-actions-aws-'));
  const env = {
    ...{ PATH: [dirname(program), process.env.PATH].join(delimiter), HOME: folder, AWS_PAGER: '' },
    ...{ AWS_ENDPOINT_URL: open.lab.variables.AWS_ENDPOINT_URL ?? '', AWS_DEFAULT_REGION: region },
    ...{ AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: 'nobody checks it here', AWS_MAX_ATTEMPTS: '1' },
  };
  const short: string[] = [];
  const ask = async (words: readonly string[]) => runTool([program, ...words], { cwd: folder, env });
  try {
    for (const [words, answer] of questions) {
      const { exitCode, said } = await ask([...words.split(' '), '--output', 'text']);
      const found = said.trim().replaceAll('\n', '\t');
      if (exitCode !== 0 || found !== answer)
        short.push(`aws ${words}: expected ${answer}, found (${exitCode}) ${found}`);
    }
    for (const [words, answer] of refused) {
      const { exitCode, said } = await ask(words.split(' '));
      if (exitCode === 0 || !said.includes(answer))
        short.push(`aws ${words}: expected ${answer}, found (${exitCode}) ${said}`);
    }
    short.push(...(await files(folder, ask)));
    return [...short, ...unmodelled(open)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await open.lab.close();
  }
}

type Ask = (words: readonly string[]) => ReturnType<typeof runTool>;

/** Files to a bucket and back, as people move them. */
async function files(folder: string, ask: Ask): Promise<readonly string[]> {
  const short: string[] = [];
  const run = async (words: string, wanted: string) => {
    const { exitCode, said } = await ask(words.split(' '));
    if (exitCode !== 0 || !said.includes(wanted))
      short.push(`aws ${words}: expected ${wanted}, found (${exitCode}) ${said}`);
  };
  mkdirSync(join(folder, 'site/assets'), { recursive: true });
  writeFileSync(join(folder, 'site/index.html'), '<h1>Another shop</h1>');
  writeFileSync(join(folder, 'site/assets/new.js'), 'another()');
  await run('s3 ls', 'shop-web');
  await run('s3 ls s3://shop-web/', 'PRE assets/');
  await run('s3 cp site/index.html s3://shop-web/copied.html', 'upload: site/index.html to s3://shop-web/copied.html');
  await run('s3 cp s3://shop-web/copied.html back.html', 'download: s3://shop-web/copied.html to ./back.html');
  const back = readFileSync(join(folder, 'back.html'), 'utf8');
  if (back !== '<h1>Another shop</h1>') short.push(`aws s3 cp: what came back is ${back}`);
  await run('s3 sync site s3://shop-web --delete', 'upload: site/assets/new.js to s3://shop-web/assets/new.js');
  await run('s3 ls --recursive s3://shop-web/', 'assets/new.js');
  const { said } = await ask(['s3', 'ls', '--recursive', 's3://shop-web/']);
  if (/app\.js|copied/.test(said)) short.push(`aws s3 sync --delete: these are there still: ${said}`);
  await run('s3 sync site s3://shop-web --delete', '');
  await run('s3 rm s3://shop-web/index.html', 'delete: s3://shop-web/index.html');
  return short;
}
