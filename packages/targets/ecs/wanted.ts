import type { Ecs, Service } from '#aws/ecs';
import { AwsCallError } from '#aws/errors';
import type { JsonObject } from '#aws/raw-json';
import type { Finding } from '#core/finding';
import { containerNames, imagesOf, registrable, sameDefinition, withImages } from './definition.ts';
import type { DefinitionSource, ImageSource } from './spec.ts';

/** The task definition that a service is to run: a revision that exists, or one that has to be registered first. */
export type Wanted =
  | { readonly kind: 'existing'; readonly arn: string; readonly definition: JsonObject }
  | { readonly kind: 'new'; readonly family: string; readonly definition: JsonObject };

export type WantedResult =
  | { readonly ok: true; readonly wanted: Wanted }
  | { readonly ok: false; readonly finding: Finding };

/** Works out the definition that is wanted for a service; registers nothing. */
export async function wantedDefinition(ecs: Ecs, source: DefinitionSource, service: Service): Promise<WantedResult> {
  const running = service.taskDefinition ?? '';
  if (source.kind === 'revision') return existingRevision(ecs, source.reference);
  const base = await baseDefinition(ecs, source, running);
  if ('reason' in base) return { ok: false, finding: base };
  const names = containerNames(base.definition);
  if (!names.includes(source.container)) {
    const message = `The task definition ${base.name} has no container ${source.container}; it has ${names.join(', ')}.`;
    return {
      ok: false,
      finding: { reason: 'container-not-found', message, evidence: { container: source.container, names: [...names] } },
    };
  }
  const definition = withImages(registrable(base.definition, base.tags), {
    [source.container]: imageReference(source.image, service.serviceArn ?? ''),
  });
  return {
    ok: true,
    wanted: await unlessItExists(ecs, definition, source.base.kind === 'file' ? [running] : [running, base.name]),
  };
}

/** A snapshot's definition: as it is while it can still be deployed and says which digests it means, else pinned anew. */
export async function wantedOfSnapshot(
  ecs: Ecs,
  taskDefinition: string,
  images: Readonly<Record<string, string>>,
): Promise<WantedResult> {
  const found = await describe(ecs, taskDefinition);
  if ('reason' in found) return { ok: false, finding: found };
  const pinned = Object.entries(imagesOf(found.definition)).every(([name, image]) => image === (images[name] ?? image));
  if (pinned && found.definition.status === 'ACTIVE') {
    return { ok: true, wanted: { kind: 'existing', arn: taskDefinition, definition: found.definition } };
  }
  const definition = withImages(registrable(found.definition, found.tags), images);
  return { ok: true, wanted: await unlessItExists(ecs, definition, []) };
}

/** A repository's name alone means the registry of the account and region that the service is in. */
function imageReference(image: ImageSource, serviceArn: string): string {
  if (image.kind === 'reference') return image.reference;
  const [, partition, , region, account] = serviceArn.split(':');
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  // As Docker reads it: a first part with a dot or a port is a registry; a dot elsewhere belongs to the name.
  const registry = /^[^/]+[.:][^/]*\//.test(image.repository) ? '' : `${account}.dkr.ecr.${region}.${domain}/`;
  return `${registry}${image.repository}@${image.digest}`;
}

interface Base {
  readonly name: string;
  readonly definition: JsonObject;
  readonly tags: readonly JsonObject[];
}

async function baseDefinition(
  ecs: Ecs,
  source: Extract<DefinitionSource, { kind: 'image' }>,
  running: string,
): Promise<Base | Finding> {
  switch (source.base.kind) {
    case 'running':
      return describe(ecs, running);
    case 'latest':
      return describe(ecs, source.base.family ?? familyOf(running));
    case 'file':
      return { name: source.base.file, definition: source.base.definition, tags: tagsOf(source.base.definition) };
  }
}

async function existingRevision(ecs: Ecs, reference: string): Promise<WantedResult> {
  const found = await describe(ecs, reference);
  if ('reason' in found) return { ok: false, finding: found };
  if (found.definition.status !== 'ACTIVE') {
    const message = `The task definition ${reference} is ${String(found.definition.status)}; only ACTIVE ones can be deployed.`;
    return { ok: false, finding: { reason: 'not-found', message, evidence: { taskDefinition: reference } } };
  }
  return { ok: true, wanted: { kind: 'existing', arn: found.name, definition: found.definition } };
}

/**
 * Reuses a revision that already says the same: the one that runs, the one that it is built on, or the newest of the
 * family, which a run that was killed after registering left behind.
 */
async function unlessItExists(ecs: Ecs, definition: JsonObject, candidates: readonly string[]): Promise<Wanted> {
  const family = String(definition.family);
  for (const candidate of new Set([...candidates, family])) {
    const existing = await describe(ecs, candidate);
    if ('reason' in existing || existing.definition.status !== 'ACTIVE') continue;
    if (sameDefinition(definition, existing.definition, existing.tags)) {
      return { kind: 'existing', arn: existing.name, definition: existing.definition };
    }
  }
  return { kind: 'new', family, definition };
}

async function describe(ecs: Ecs, reference: string): Promise<Base | Finding> {
  try {
    const { definition, tags } = await ecs.describeTaskDefinition(reference);
    return { name: String(definition.taskDefinitionArn), definition, tags };
  } catch (error) {
    // ECS answers ClientException for a definition that does not exist.
    if (!(error instanceof AwsCallError) || error.kind !== 'refused') throw error;
    return {
      reason: 'not-found',
      message: `There is no task definition ${reference}: ${error.message}`,
      evidence: { taskDefinition: reference },
      where: { kind: 'call', call: error.action },
    };
  }
}

/** `arn:…:task-definition/family:7` or `family:7` → `family` */
export function familyOf(reference: string): string {
  return (reference.split('/').at(-1) ?? reference).replace(/:\d+$/, '');
}

function tagsOf(definition: JsonObject): readonly JsonObject[] {
  const tags = definition.tags;
  return Array.isArray(tags) ? (tags as JsonObject[]) : [];
}
