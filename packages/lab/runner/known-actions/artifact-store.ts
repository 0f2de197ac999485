import { ZipFile } from 'yazl';
import type { RunnerRepository } from '../github-port.ts';

/** Artifacts of all runs. A name is taken for the whole run, over its attempts. */
export interface ArtifactStore {
  /** Hands the archive to GitHub. Throws when the run has one of this name, unless `overwrite`. */
  upload(repository: RunnerRepository, upload: Upload): Promise<Artifact>;
  list(runId: number): readonly Artifact[];
}

export interface Upload {
  readonly runId: number;
  readonly name: string;
  readonly files: ArtifactFiles;
  readonly overwrite: boolean;
  /** Lab time. */
  readonly at: number;
  /** Days. */
  readonly retention: number;
}

/** Path in the artifact → content. */
export type ArtifactFiles = ReadonlyMap<string, Buffer>;

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly files: ArtifactFiles;
  /** SHA-256 of the archive, in hexadecimal digits. */
  readonly digest: string;
}

export function createArtifactStore(): ArtifactStore {
  const artifacts: Artifact[] = [];
  return {
    async upload(repository, { runId, name, files, overwrite, at, retention }) {
      const taken = artifacts.findIndex(one => one.runId === runId && one.name === name);
      if (taken >= 0 && !overwrite) {
        throw new Error(
          'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run',
        );
      }
      if (taken >= 0) artifacts.splice(taken, 1);
      const { id, digest } = repository.addArtifact({ runId, name, archive: await zip(files, at), retention });
      const artifact: Artifact = { id, name, runId, files, digest: digest.replace('sha256:', '') };
      artifacts.push(artifact);
      return artifact;
    },
    list: runId => artifacts.filter(one => one.runId === runId),
  };
}

async function zip(files: ArtifactFiles, at: number): Promise<Buffer> {
  const file = new ZipFile();
  const options = { mtime: new Date(at), mode: 0o100644 };
  for (const [path, content] of files) file.addBuffer(content, path, options);
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
