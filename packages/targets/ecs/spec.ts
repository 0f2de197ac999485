import type { JsonObject } from '#aws/raw-json';
import { FindingError } from '#core/finding';
import type { EcsComponent } from '#core/flow/targets/ecs';
import type { Artifacts } from '#core/release';

/** A component on ECS with nothing left to look up but the account. */
export interface EcsSpec {
  readonly cluster: string;
  /** One or many services that run one task definition (amazon-ecs-deploy-task-definition#420). */
  readonly services: readonly string[];
  readonly definition: DefinitionSource;
  readonly desiredCount?: number;
  /** A one-off task on the new definition before any service moves: a command of the container that gets the image. */
  readonly before?: readonly string[];
  /** For the whole change, in ms. */
  readonly timeout: number;
}

export type DefinitionSource =
  /** An existing revision, deployed as it is (amazon-ecs-deploy-task-definition#882). */
  | { readonly kind: 'revision'; readonly reference: string }
  /** A new revision: `base` with the image of one container replaced. */
  | { readonly kind: 'image'; readonly container: string; readonly image: ImageSource; readonly base: DefinitionBase };

export type ImageSource =
  | { readonly kind: 'reference'; readonly reference: string }
  /** A repository in the registry of the service's own account and region. */
  | { readonly kind: 'digest'; readonly repository: string; readonly digest: string };

export type DefinitionBase =
  /** The revision that the service runs. */
  | { readonly kind: 'running' }
  /** The newest revision of a family: it may be one that was rolled back, or one made by another tool. */
  | { readonly kind: 'latest'; readonly family?: string }
  /** A definition from a file of the repository. */
  | { readonly kind: 'file'; readonly definition: JsonObject; readonly file: string };

export interface SpecSources {
  /** What the build handed over for this component: `image` is a digest. */
  readonly artifacts: Artifacts;
  readonly readFile: (path: string) => string;
}

/** Joins the component with what the build handed over. Throws a `FindingError` for what is missing. */
export function ecsSpec(component: EcsComponent, sources: SpecSources): EcsSpec {
  const { cluster, services, timeout, before, desiredCount } = component;
  return {
    cluster,
    services,
    timeout,
    definition: definitionSource(component, sources),
    ...(before === undefined ? {} : { before }),
    ...(desiredCount === undefined ? {} : { desiredCount }),
  };
}

function definitionSource(component: EcsComponent, sources: SpecSources): DefinitionSource {
  const { taskDefinition, container } = component;
  if (taskDefinition.base === 'as-it-is') return { kind: 'revision', reference: taskDefinition.revision };
  if (container === undefined) {
    throw invalid(`The component ${component.name} says no container, so nothing says which image is new.`);
  }
  return {
    kind: 'image',
    container,
    image: imageSource(component, sources.artifacts),
    base: baseOf(component, sources),
  };
}

function imageSource({ image, name }: EcsComponent, artifacts: Artifacts): ImageSource {
  switch (image.from) {
    case 'image':
      return { kind: 'reference', reference: image.image };
    case 'repository': {
      const digest = artifacts.image;
      if (digest !== undefined) return { kind: 'digest', repository: image.repository, digest };
      const message = `No image digest was handed over for the component ${name}, and none is recorded for this commit.`;
      throw new FindingError([{ reason: 'artifact-unknown', message, evidence: { component: name } }]);
    }
    case 'task-definition':
      throw invalid(`The component ${name} says neither a repository nor an image.`);
  }
}

function baseOf({ taskDefinition }: EcsComponent, { readFile }: SpecSources): DefinitionBase {
  switch (taskDefinition.base) {
    case 'file':
      return { kind: 'file', file: taskDefinition.file, definition: parseDefinition(taskDefinition.file, readFile) };
    case 'latest':
      return { kind: 'latest', ...(taskDefinition.family === undefined ? {} : { family: taskDefinition.family }) };
    default:
      return { kind: 'running' };
  }
}

function parseDefinition(file: string, readFile: (path: string) => string): JsonObject {
  const text = readFile(file);
  try {
    const definition: unknown = JSON.parse(text);
    if (typeof definition === 'object' && definition !== null && 'family' in definition) return { ...definition };
  } catch (cause) {
    throw invalid(`The task definition ${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  throw invalid(`The task definition ${file} has no family.`);
}

function invalid(message: string): FindingError {
  return new FindingError([{ reason: 'input-invalid', message, evidence: {} }]);
}
