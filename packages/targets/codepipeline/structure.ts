import type { PipelineDeclaration, SourceRevisionOverride } from '#aws/codepipeline';
import type { Finding } from '#core/finding';
import type { CodePipelineComponent } from '#core/flow/targets/codepipeline';
import type { Artifacts } from '#core/release';

/** The parts of a pipeline’s structure that a release has to do with. */
export interface Structure {
  readonly name: string;
  readonly version: number;
  readonly isV2: boolean;
  readonly mode: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL';
  readonly stages: readonly string[];
  /** Those that deploy, in their order. */
  readonly deploying: readonly string[];
  /** Those that roll back by themselves when they fail. */
  readonly rollsBack: ReadonlySet<string>;
  readonly sources: readonly Source[];
  readonly variables: readonly string[];
}

export interface Source {
  readonly action: string;
  /** What its revision is called where one is given. */
  readonly revisionType: SourceRevisionOverride['revisionType'];
  /** Whether a push starts the pipeline, as far as its configuration says. */
  readonly detectsChanges: boolean;
}

type Stage = NonNullable<PipelineDeclaration['stages']>[number];

/** `stages`: those that deploy, where the component says so. */
export function readStructure(declaration: PipelineDeclaration, stages: readonly string[] = []): Structure {
  const { name = '', version = 1, pipelineType, executionMode = 'SUPERSEDED', variables = [], triggers } = declaration;
  const declared = declaration.stages ?? [];
  const behind = declared.filter(stage => !isSource(stage)).map(nameOf);
  const withDeploy = declared.filter(stage => categoriesOf(stage).includes('Deploy')).map(nameOf);
  const found = withDeploy.length > 0 ? withDeploy : behind.slice(-1);
  return {
    name,
    version,
    isV2: pipelineType === 'V2',
    mode: executionMode,
    stages: declared.map(nameOf),
    deploying: stages.length > 0 ? behind.filter(stage => stages.includes(stage)) : found,
    rollsBack: new Set(declared.filter(rollsBackByItself).map(nameOf)),
    sources: declared
      .filter(isSource)
      .flatMap(stage => (stage.actions ?? []).map(action => sourceOf(action, triggers))),
    variables: variables.flatMap(variable => variable.name ?? []),
  };
}

function nameOf({ name }: Stage): string {
  return name ?? '';
}

function categoriesOf({ actions = [] }: Stage): readonly (string | undefined)[] {
  return actions.map(action => action.actionTypeId?.category);
}

function isSource(stage: Stage): boolean {
  return categoriesOf(stage).includes('Source');
}

function rollsBackByItself({ onFailure }: Stage): boolean {
  return [onFailure?.result, ...(onFailure?.conditions ?? []).map(condition => condition.result)].includes('ROLLBACK');
}

type Action = NonNullable<Stage['actions']>[number];

function sourceOf({ name, actionTypeId, configuration }: Action, triggers: PipelineDeclaration['triggers']): Source {
  return {
    action: name ?? '',
    revisionType: revisionTypes[actionTypeId?.provider ?? ''] ?? 'COMMIT_ID',
    detectsChanges: configuration?.DetectChanges !== 'false' || (triggers ?? []).length > 0,
  };
}

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-overrides.html */
const revisionTypes: Readonly<Record<string, Source['revisionType']>> = {
  ECR: 'IMAGE_DIGEST',
  S3: 'S3_OBJECT_VERSION_ID',
};

/** What is wanted of a pipeline: which source action takes which revision. */
export interface Wanted {
  readonly source: Source;
  readonly revision: string;
}

export type WantedResult =
  | { readonly ok: true; readonly wanted: Wanted }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Holds the component against the pipeline; every mistake is told at once. `commit`: of the release. */
export function wantedOf(
  component: Pick<CodePipelineComponent, 'sourceAction' | 'revision' | 'variables' | 'stages'>,
  structure: Structure,
  commit: string,
  artifacts: Artifacts,
): WantedResult {
  const { name, sources, stages, variables, isV2 } = structure;
  const findings: Finding[] = [];
  const wrong = (message: string, next: string) =>
    findings.push({ reason: 'input-invalid', message, evidence: { pipeline: name }, next });
  const { sourceAction, variables: given } = component;
  const names = sources.map(source => source.action);
  const source = sourceAction === undefined ? sources[0] : sources.find(each => each.action === sourceAction);
  if (sourceAction !== undefined && source === undefined) {
    wrong(
      `The pipeline ${name} has no source action ${sourceAction}; it has ${names.join(', ')}.`,
      'Correct `source-action`.',
    );
  } else if (sourceAction === undefined && sources.length > 1) {
    wrong(
      `The pipeline ${name} has several source actions: ${names.join(', ')}.`,
      'Say with `source-action` which one takes the release.',
    );
  }
  for (const stage of component.stages.filter(each => !stages.includes(each))) {
    wrong(`The pipeline ${name} has no stage ${stage}; it has ${stages.join(', ')}.`, 'Correct `stages`.');
  }
  if (Object.keys(given).length > 0 && !isV2) {
    wrong(
      `The pipeline ${name} is of type V1, which takes no variables.`,
      'Remove `variables`, or make it a pipeline of type V2.',
    );
  }
  for (const variable of Object.keys(given).filter(each => isV2 && !variables.includes(each))) {
    const known = variables.length > 0 ? variables.join(', ') : 'none';
    wrong(`The pipeline ${name} does not declare the variable ${variable}; it has ${known}.`, 'Correct `variables`.');
  }
  const revision = component.revision ?? defaultRevision(source, commit, artifacts);
  if (revision === undefined || revision === '') {
    wrong(`Nothing says which revision the pipeline ${name} is to take.`, 'Give `revision`.');
  }
  if (findings.length > 0 || source === undefined || revision === undefined) return { ok: false, findings };
  return { ok: true, wanted: { source, revision } };
}

function defaultRevision(source: Source | undefined, commit: string, artifacts: Artifacts): string | undefined {
  switch (source?.revisionType) {
    case 'IMAGE_DIGEST':
      return artifacts.image;
    case 'S3_OBJECT_VERSION_ID':
    case 'S3_OBJECT_KEY':
      return undefined;
    default:
      return commit;
  }
}
