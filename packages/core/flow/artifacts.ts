import type { Declaration } from './targets/target.ts';

/** What a component needs of the build, by its declaration. */
export type NeededArtifact =
  /** The digest of an image: the build hands it over. */
  | { readonly kind: 'image' }
  /** Files in a workflow artifact of this name, uploaded by the run of the build. */
  | { readonly kind: 'files'; readonly name: string };

/** Undefined for a component that is whole in the release’s commit. */
export function neededArtifact({ repository, artifact }: Declaration): NeededArtifact | undefined {
  if (repository !== undefined) return { kind: 'image' };
  return typeof artifact === 'string' ? { kind: 'files', name: artifact } : undefined;
}
