import { createApiGateway } from '../aws/apigateway/apigateway.ts';
import { type Answerer, createAppHandler } from '../aws/app/handler.ts';
import { createCloudFormation } from '../aws/cloudformation/cloudformation.ts';
import { createCloudFront } from '../aws/cloudfront/cloudfront.ts';
import { createSiteHandler } from '../aws/cloudfront/site-handler.ts';
import { createCloudWatch } from '../aws/cloudwatch/cloudwatch.ts';
import { createCodeBuild } from '../aws/codebuild/codebuild.ts';
import { createCodePipeline } from '../aws/codepipeline/codepipeline.ts';
import type { Sources } from '../aws/codepipeline/ports.ts';
import { createDynamoDb } from '../aws/dynamodb/dynamodb.ts';
import type { Ec2World } from '../aws/ec2/world.ts';
import { createEcr } from '../aws/ecr/ecr.ts';
import type { AppBehaviour } from '../aws/ecs/behaviour.ts';
import { createEcs } from '../aws/ecs/ecs.ts';
import type { EcsSettings } from '../aws/ecs/settings.ts';
import { createElbv2 } from '../aws/elbv2/elbv2.ts';
import { createHttpApis } from '../aws/http-api/http-apis.ts';
import type { IamOptions } from '../aws/iam/iam.ts';
import type { IamWorld } from '../aws/iam/world.ts';
import { createLambda } from '../aws/lambda/lambda.ts';
import { objectsIn } from '../aws/lambda/objects.ts';
import type { LambdaSettings } from '../aws/lambda/settings.ts';
import { createLogs } from '../aws/logs/logs.ts';
import type { RdsWorld } from '../aws/rds/world.ts';
import { createS3 } from '../aws/s3/s3.ts';
import { createSns } from '../aws/sns/sns.ts';
import { createSts } from '../aws/sts/sts.ts';
import type { LabClock } from '../clock/clock.ts';
import { createAwsHandler } from '../wire/handler.ts';
import { asFaults, createCountedFaults } from './faults.ts';
import { operationNames } from './models.ts';
import type { OidcIssuer } from './oidc.ts';
import { stackFunctions } from './stack-functions.ts';
import { stackPorts } from './stack-ports.ts';

type Packages = (name: string, version: string, account: string) => AppBehaviour | undefined;

export interface AwsLabOptions {
  readonly clock: LabClock;
  readonly keepWaiting: () => () => void;
  readonly oidc: Pick<OidcIssuer, 'verify'>;
  readonly settings?: Partial<EcsSettings>;
  readonly lambda?: Partial<LambdaSettings>;
  readonly futureFields?: readonly string[];
  /** The repositories that pipelines take their sources from. */
  readonly sources?: Sources;
  /** Loaded only where there are instances. */
  readonly ec2?: Ec2World | undefined;
  /** Loaded only where there are databases. */
  readonly rds?: RdsWorld | undefined;
  /** Loaded only where somebody looks at roles. */
  readonly iam?: ((options: IamOptions) => IamWorld) | undefined;
  readonly onDefect: (defect: Error) => void;
}

const noSources: Sources = {
  head: () => undefined,
  has: () => false,
  summary: () => '',
  readFile: () => undefined,
};

/** Every emulated service, joined to one AWS: ECS pulls from ECR, writes to Logs, watches alarms, feeds target groups. */
export function createAws({
  clock,
  keepWaiting,
  oidc,
  settings,
  lambda: lambdaSettings,
  futureFields,
  sources = noSources,
  ec2,
  rds,
  iam,
  onDefect,
}: AwsLabOptions) {
  const sts = createSts({ clock, verify: oidc.verify });
  const ecr = createEcr({ clock });
  const logs = createLogs({ clock });
  const cloudwatch = createCloudWatch({ clock });
  const elb = createElbv2({ clock });
  const s3 = createS3({ clock });
  const cloudfront = createCloudFront({ clock });
  const dynamodb = createDynamoDb({ clock });
  const sns = createSns({ clock });
  /** By digest: what the image does in an account. */
  const behaviours = new Map<string, (account: string) => AppBehaviour | undefined>();
  const said = (known: AppBehaviour | undefined, what: string): AppBehaviour => {
    if (known === undefined) onDefect(new Error(`nobody has said what ${what}`));
    return known ?? { version: 'unknown' };
  };
  const imageBehaviour = (digest: string, account: string) =>
    said(behaviours.get(digest)?.(account), `the image ${digest} does in ${account}`);
  const ecs = createEcs({
    clock,
    images: {
      resolve(account, region, reference) {
        const found = ecr.resolve(account, region, reference);
        return found === 'not-found' ? { failure: 'not-found' } : found;
      },
    },
    logs: {
      groupExists: (account, region, group) => logs.at(account, region).hasGroup(group),
      createGroup: (account, region, group) => logs.at(account, region).createGroup(group),
      append: (account, region, group, stream, time, message) =>
        logs.at(account, region).append(group, stream, time, message),
    },
    alarms: {
      state: (account, region, name) => cloudwatch.at(account, region).alarmState(name),
      watch: (account, region, name, changed) => cloudwatch.at(account, region).watchAlarm(name, changed),
    },
    targets: { group: arn => elb.group(arn) },
    behaviour: imageBehaviour,
    ...(settings === undefined ? {} : { settings }),
  });
  const logWriter = {
    createGroup: (account: string, region: string, group: string) => logs.at(account, region).createGroup(group),
    append: (account: string, region: string, group: string, stream: string, time: number, message: string) =>
      logs.at(account, region).append(group, stream, time, message),
  };
  const codebuild = createCodeBuild({ clock, logs: logWriter });
  const codepipeline = createCodePipeline({ clock, sources, builds: codebuild, logs: logWriter });
  let packages: Packages = () => undefined;
  const lambda = createLambda({
    clock,
    images: ecr,
    objects: objectsIn(s3),
    logs: logWriter,
    imageBehaviour,
    packageBehaviour: (name, version, account) =>
      said(packages(name, version, account), `the package “${name}” ${version} does in ${account}`),
    ...(lambdaSettings === undefined ? {} : { settings: lambdaSettings }),
  });
  const apigateway = createApiGateway({
    clock,
    invoke: ({ function: place, alias }, path, asked) => lambda.world.answer(place, alias, path, asked),
  });
  const httpApis = createHttpApis(lambda.made);
  const made = { ...httpApis.makers, 'AWS::Lambda::Function': stackFunctions(lambda.made) };
  const cloudformation = createCloudFormation({ clock, onDefect, ports: stackPorts({ s3, dynamodb, sns }, made) });
  const faults = createCountedFaults();
  const services = [
    sts,
    ecr,
    logs,
    cloudwatch,
    elb,
    s3,
    cloudfront,
    ecs,
    cloudformation,
    codebuild,
    codepipeline,
    lambda,
    apigateway,
    dynamodb,
    sns,
    ...(ec2 === undefined ? [] : [ec2]),
    ...(rds === undefined ? [] : [rds]),
    ...(iam === undefined ? [] : [iam({ roleOf: sts.role, madeAt: clock.now() })]),
  ].map(world => world.service);
  for (const { id } of services) if (!operationNames.has(id)) throw new Error(`models.ts does not know ${id}`);
  const handler = createAwsHandler({
    services,
    clock,
    credentials: sts.credentials,
    faults: asFaults(faults),
    keepWaiting,
    onDefect,
    ...(futureFields === undefined ? {} : { futureFields }),
  });
  const answerers: Answerer[] = [lambda.world.respond, apigateway.respond, httpApis.respond];
  const balancers = createAppHandler({ world: ecs.world, others: answerers, clock, keepWaiting });
  const application = createSiteHandler({ world: cloudfront, clock, otherwise: balancers });
  return {
    sts,
    ecr,
    logs,
    cloudwatch,
    elb,
    s3,
    cloudfront,
    ecs: ecs.world,
    cloudformation: cloudformation.world,
    pipelines: codepipeline.world,
    ec2,
    rds,
    dynamodb,
    sns,
    lambda: lambda.world,
    apigateway,
    httpApis,
    behaviours,
    /** Whatever else answers under a host: a scenario adds it. */
    answerers,
    /** By host: the versions behind it, of what a scenario has added. */
    websites: new Map<string, () => readonly string[]>(),
    now: () => clock.now(),
    /** What archives do, by name and version of the package.json in them. */
    explainPackages: (known: Packages) => {
      packages = known;
    },
    faults,
    handler,
    application,
  };
}

export type AwsLab = ReturnType<typeof createAws>;
