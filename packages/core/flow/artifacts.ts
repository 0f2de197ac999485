import { isRecord } from './raw.ts';
import type { Declaration } from './targets/target.ts';

/** What a component needs of the build, by its declaration. */
export type NeededArtifact =
  /** The digest of an image: the build hands it over. */
  | { readonly kind: 'image' }
  /** Files in a workflow artifact of this name, uploaded by the run of the build. */
  | { readonly kind: 'files'; readonly name: string };

/** Undefined for a component that is whole in the release’s commit. */
export function neededArtifact({ repository, artifact, parameters }: Declaration): NeededArtifact | undefined {
  // A parameter of a stack may be the digest that the build hands over.
  const inParameters =
    isRecord(parameters) && Object.values(parameters).some(each => isRecord(each) && 'from-build' in each);
  if (repository !== undefined || inParameters) return { kind: 'image' };
  return typeof artifact === 'string' ? { kind: 'files', name: artifact } : undefined;
}
