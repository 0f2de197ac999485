import type * as model from '@aws-sdk/client-codepipeline';
import type * as z from 'zod/mini';
import type { AwsLab } from '../../../assembly/aws.ts';
import type { ActionBehaviour } from '../../../aws/codepipeline/state.ts';
import type { World } from '../../schema.ts';
import type { pipeline } from './schema.ts';

type Pipeline = z.output<typeof pipeline>;
type Action = Pipeline['stages'][number]['actions'][number];

const categories = {
  CodeStarSourceConnection: 'Source',
  CodeBuild: 'Build',
  Commands: 'Compute',
  CloudFormation: 'Deploy',
  CodeDeploy: 'Deploy',
  Manual: 'Approval',
} as const;

/** Makes the pipelines of a scenario. The repository that they take their sources from is there already. */
export function preparePipelines({ pipelines }: AwsLab, { aws, repository }: World): void {
  for (const spec of aws.pipelines ?? []) {
    const place = { account: spec.account, region: aws.region };
    pipelines.create(place, {
      declaration: declarationOf(spec, aws.region, repository.name),
      behaviours: new Map(
        spec.stages.flatMap(stage =>
          stage.actions.map(action => [`${stage.name}/${action.name}`, behaviourOf(action)] as const),
        ),
      ),
      ...(spec['starts-after-push'] === undefined ? {} : { startsAfterPush: spec['starts-after-push'] }),
      pollingDisabled: spec['polling-disabled'] === true,
    });
    if (spec.ran !== false) pipelines.runInThePast(place, spec.name);
  }
}

export function behaviourOf({
  takes = 20_000,
  log = [],
  fails,
}: Pick<Action, 'takes' | 'log' | 'fails'>): ActionBehaviour {
  if (fails === undefined) return { takes, log };
  const { when, code = 'JobFailed', message, log: lastWords = [] } = fails;
  return { takes, log, fails: { ...(when === undefined ? {} : { when }), code, message, log: lastWords } };
}

function declarationOf(spec: Pipeline, region: string, repository: string) {
  const { account, name, branch = 'main', type = 'V2', mode = 'SUPERSEDED', variables = {} } = spec;
  const source = {
    ConnectionArn: `arn:aws:codeconnections:${region}:${account}:connection/00000000-0000-4000-8000-000000000001`,
    FullRepositoryId: repository,
    BranchName: branch,
    DetectChanges: String(spec['starts-after-push'] !== undefined),
  };
  return {
    name,
    roleArn: `arn:aws:iam::${account}:role/pipeline`,
    artifactStore: { type: 'S3' as const, location: `codepipeline-${region}-${account}` },
    pipelineType: type,
    executionMode: mode,
    variables: Object.entries(variables).map(([variable, defaultValue]) => ({ name: variable, defaultValue })),
    stages: spec.stages.map(
      ({ name: stage, actions, 'on-failure': onFailure }): model.StageDeclaration => ({
        name: stage,
        actions: actions.map(action => actionOf(action, source)),
        ...(onFailure === undefined ? {} : { onFailure: { result: 'ROLLBACK' } }),
      }),
    ),
  };
}

function actionOf(
  { name, provider, configuration = {}, 'run-order': runOrder = 1 }: Action,
  source: Readonly<Record<string, string>>,
): model.ActionDeclaration {
  const isSource = provider === 'CodeStarSourceConnection';
  const own = isSource ? source : provider === 'CodeBuild' ? { ProjectName: name.toLowerCase() } : {};
  return {
    name,
    runOrder,
    actionTypeId: { category: categories[provider], owner: 'AWS', provider, version: '1' },
    configuration: { ...own, ...configuration },
    ...(isSource ? { outputArtifacts: [{ name: 'SourceArtifact' }] } : {}),
  };
}
