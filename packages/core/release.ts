/** A version of the product, pinned to the commit and the tree that make it what it is. */
export interface Release {
  /** `1.3.0` for a tag; for a branch the first twelve characters of the commit. */
  readonly version: string;
  /** The tag that asked for it, if a tag did. */
  readonly tag?: string;
  /** Of a tag that releases one component, as `api-v1.3.0` does: which. Each has versions of its own. */
  readonly component?: string;
  readonly sha: string;
  /** The tree of the commit: a merge can make a new commit of the same content. */
  readonly tree: string;
}

/** The same commit, or another commit of the same tree. What is not known is never the same. */
export function sameContent(one: Release, other: Release): boolean {
  return (one.sha !== '' && one.sha === other.sha) || (one.tree !== '' && one.tree === other.tree);
}

/** The same version, of the same component where it is of one, and of the same commit; nothing is the same as nothing. */
export function isSame(one: Release | undefined, other: Release | undefined): boolean {
  return one?.sha === other?.sha && one?.version === other?.version && one?.component === other?.component;
}

/** As people call it: `1.3.0`, or `api 1.3.0` where each component has versions of its own. */
export function nameOf({ component, version }: Release): string {
  return component === undefined ? version : `${component} ${version}`;
}

/** Whether somebody who says this means that release: its version, or its tag. A `v` in front is gone already. */
export function isCalled({ version, tag }: Release, said: string): boolean {
  return version === said || tag === said || tag === `v${said}`;
}

/** The workflow run that did something; readers who must trust an event look this up at GitHub. */
export interface RunReference {
  readonly repository: string;
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
  /** Who set it off: `triggering_actor` where it differs from `actor`. */
  readonly actor: string;
}

/**
 * What the build handed over for a component, by kind: `image` is the digest of an image; files in a workflow artifact have `artifact-id`,
 * `run` (which made it) and `digest`, the SHA-256 of the archive.
 */
export type Artifacts = Readonly<Record<string, string>>;

/** The digest that makes it what it is; undefined where nothing was handed over. */
export function digestOf({ image, digest }: Artifacts = {}): string | undefined {
  return image ?? digest;
}

/** Where files are kept: the same files may have been uploaded twice. */
const whereabouts = new Set(['artifact', 'artifact-id', 'run']);

/** The same content, wherever it is kept. What is not known is never the same as what is. */
export function sameArtifacts(one: Artifacts = {}, other: Artifacts = {}): boolean {
  const keys = [...Object.keys(one), ...Object.keys(other)].filter(key => !whereabouts.has(key));
  return keys.every(key => one[key] === other[key]);
}

/** The artifacts of all components. */
export type Build = Readonly<Record<string, Artifacts>>;

export function sameBuild(one: Build, other: Build): boolean {
  return [...Object.keys(one), ...Object.keys(other)].every(key => sameArtifacts(one[key], other[key]));
}
