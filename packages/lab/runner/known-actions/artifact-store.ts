/** Artifacts of all runs, in memory. A name is taken for the whole run, over its attempts. */
export interface ArtifactStore {
  /** Throws when the run has one of this name, unless `overwrite`. */
  upload(
    runId: number,
    name: string,
    files: ArtifactFiles,
    options: { readonly overwrite: boolean; readonly at: number },
  ): Artifact;
  list(runId: number): readonly Artifact[];
}

/** Path in the artifact → content. */
export type ArtifactFiles = ReadonlyMap<string, Buffer>;

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly files: ArtifactFiles;
  readonly createdAt: number;
}

export function createArtifactStore(): ArtifactStore {
  const artifacts: Artifact[] = [];
  let lastId = 0;
  return {
    upload(runId, name, files, { overwrite, at }) {
      const taken = artifacts.findIndex(one => one.runId === runId && one.name === name);
      if (taken >= 0 && !overwrite) {
        throw new Error(
          'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run',
        );
      }
      if (taken >= 0) artifacts.splice(taken, 1);
      lastId += 1;
      const artifact: Artifact = { id: lastId, name, runId, files, createdAt: at };
      artifacts.push(artifact);
      return artifact;
    },
    list: runId => artifacts.filter(one => one.runId === runId),
  };
}
