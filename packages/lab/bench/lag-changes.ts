import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetName } from '#core/flow/targets/registry';
import { makeZip } from '../aws/lambda/archive.ts';
import { account, type Ended, place, type World } from './world.ts';

/** One change as it is set up in a world. */
export interface Change {
  /** The component, as inline YAML. JSON is YAML, too. */
  readonly component: Readonly<Record<string, unknown>>;
  /** Files of the workspace, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The call with which the service begins; without it, it begins with the action itself. */
  readonly begins?: string;
  /** When the service was really done, epoch ms of lab time. */
  over(ended: Ended, workspace: string): number;
}

/** Makes a change whose length is drawn from `random`. */
export type Prepare = (world: World, random: () => number) => Change;

const second = 1_000;

/** From `least` to `most` seconds, in ms. Short ones are as frequent as long ones, whatever "long" means for the service. */
function between(random: () => number, least: number, most: number): number {
  return Math.round(second * least * (most / least) ** random());
}

/** ECS has rollouts of its own: rollout-cases.ts. */
export const changes: { readonly [Name in Exclude<TargetName, 'ecs'>]: Prepare } = {
  /**
   * Code, version, and every second time what is provisioned. They follow one another, each begun by the action when it knows that the one
   * before is done: so the lags of all of them are in the time that it takes longer than Lambda itself.
   */
  lambda({ aws }, random) {
    const { settings } = aws.lambda;
    settings.zipUpdate = between(random, 1, 30);
    settings.publish = between(random, 1, 10);
    const provisioned = random() < 0.5;
    settings.provision = between(random, 20, 240);
    const code = (version: string) => ({ 'package.json': JSON.stringify({ name: 'api', version }) });
    aws.explainPackages((_name, version) => ({ version }));
    aws.lambda.createFunction(
      { ...place, name: 'api' },
      {
        code: { zip: makeZip(code('1.0.0')) },
        settings: {},
        alias: 'live',
        ...(provisioned ? { provisioned: 5 } : {}),
      },
    );
    const worked = settings.zipUpdate + settings.publish + (provisioned ? settings.provision : 0);
    return {
      component: { target: 'lambda', function: 'api', alias: 'live', zip: 'code' },
      files: { 'code/package.json': code('2.0.0')['package.json'] },
      begins: 'UpdateFunctionCode',
      over: ({ startedAt }) => startedAt + worked,
    };
  },

  'static-site'({ aws }, random) {
    const { s3, cloudfront } = aws;
    s3.createBucket({ ...place, name: 'web' });
    s3.put('web', 'index.html', 'one');
    const distribution = cloudfront.create({
      ...{ account, id: 'EWEB', hosts: [], bucket: s3.bucket('web') },
      invalidationTakes: between(random, 5, 600),
    });
    return {
      component: { target: 'static-site', bucket: 'web', folder: 'dist', distribution: 'EWEB' },
      files: { 'dist/index.html': 'two' },
      begins: 'CreateInvalidation',
      over() {
        const [made] = distribution.invalidations.values();
        return (made?.createdAt ?? Number.NaN) + distribution.invalidationTakes;
      },
    };
  },

  codepipeline({ aws }, random) {
    const stages = ['Source', 'Build', 'Deploy'];
    const providers = [
      { category: 'Source', provider: 'CodeStarSourceConnection' },
      { category: 'Build', provider: 'CodeBuild' },
      { category: 'Deploy', provider: 'CodeDeploy' },
    ] as const;
    const source = { ConnectionArn: 'arn:aws:codeconnections:ap-southeast-2:333333333333:connection/one' };
    const configurations = [
      { ...source, FullRepositoryId: 'acme/web', BranchName: 'main', DetectChanges: 'false' },
      { ProjectName: 'build' },
      {},
    ];
    aws.pipelines.create(place, {
      declaration: {
        name: 'web',
        roleArn: `arn:aws:iam::${account}:role/pipeline`,
        artifactStore: { type: 'S3', location: 'artifacts' },
        pipelineType: 'V2',
        stages: providers.map((type, nth) => ({
          name: stages[nth],
          actions: [
            {
              name: 'Act',
              actionTypeId: { ...type, owner: 'AWS', version: '1' },
              configuration: { ...configurations[nth] },
              ...(nth === 0 ? { outputArtifacts: [{ name: 'Source' }] } : {}),
            },
          ],
        })),
      },
      behaviours: new Map(stages.map(stage => [`${stage}/Act`, { takes: between(random, 5, 300), log: [] }])),
    });
    return {
      component: { target: 'codepipeline', pipeline: 'web', start: 'start' },
      files: {},
      begins: 'StartPipelineExecution',
      over: () => aws.pipelines.pipeline(place, 'web').executions.at(-1)?.updatedAt ?? Number.NaN,
    };
  },

  cloudformation({ aws }, random) {
    const template = (name: string) =>
      JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } } } });
    aws.cloudformation.putStack(place, { name: 'web', template: template('one') });
    aws.cloudformation.behave(place, 'web', 'Topic', { takes: between(random, 5, 600) });
    return {
      component: { target: 'cloudformation', stack: 'web', template: 'stack.json' },
      files: { 'stack.json': template('two') },
      begins: 'ExecuteChangeSet',
      over: () => aws.cloudformation.stack(place, 'web')?.events.at(-1)?.at ?? Number.NaN,
    };
  },

  /** A tool that says itself when it has done everything. */
  command(_world, random) {
    const takes = between(random, 1, 600);
    const tool = `import { writeFileSync } from 'node:fs';
await new Promise(resolve => setTimeout(resolve, ${takes}));
writeFileSync('over', String(Date.now()));
`;
    return {
      component: { target: 'command', tool: 'script', deploy: [process.execPath, 'tool.mjs'] },
      files: { 'tool.mjs': tool },
      over: (_ended, workspace) => Number(readFileSync(join(workspace, 'over'), 'utf8')),
    };
  },
};
