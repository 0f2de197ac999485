import { happens } from './behaviour.ts';
import type { Engine } from './engine.ts';
import type { Realm, Revision, TaskContainer } from './state.ts';
import { pullError } from './texts.ts';

/**
 * Version consistency: at the start of a deployment tags become digests, and every task of the revision runs those.
 * What cannot be resolved now is tried again by every task that starts.
 */
export function resolveRevision(engine: Engine, realm: Realm, revision: Revision): void {
  for (const container of revision.definition.input.containerDefinitions ?? []) {
    const { name = '', image = '', versionConsistency } = container;
    if (versionConsistency === 'disabled') continue;
    const found = engine.ports.images.resolve(realm.account, realm.region, image);
    if ('digest' in found) revision.digests.set(name, found.digest);
  }
}

/** Pulls one container's image. Returns the reason why not, in Fargate's words. */
export function pull(engine: Engine, realm: Realm, container: TaskContainer, revision?: Revision): string | undefined {
  const { name = '', image = '' } = container.definition;
  const pinned = revision?.digests.get(name);
  const reference = pinned === undefined ? image : `${repositoryOf(image)}@${pinned}`;
  const found = engine.ports.images.resolve(realm.account, realm.region, reference);
  if ('failure' in found) return pullError(reference, found.failure, found.message);
  if (container.definition.versionConsistency !== 'disabled') revision?.digests.set(name, found.digest);
  const behaviour = engine.ports.behaviour(found.digest, realm.account);
  const start = (engine.starts.get(found.digest) ?? 0) + 1;
  engine.starts.set(found.digest, start);
  container.digest = found.digest;
  container.behaviour = behaviour;
  container.start = start;
  if (behaviour.pull !== undefined && happens(behaviour.pull, start))
    return pullError(reference, behaviour.pull.failure);
  return undefined;
}

/** The reference without its tag or digest; a port of the registry's host is not a tag. */
export function repositoryOf(image: string): string {
  const named = image.split('@')[0] ?? image;
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  return colon === -1 ? named : named.slice(0, colon);
}
