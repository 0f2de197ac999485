import { type GitHub, GitHubCallError, orFinding } from './client.ts';

/** A workflow artifact as GitHub keeps it: an archive, for as long as the repository’s settings say. */
export interface WorkflowArtifact {
  readonly id: number;
  readonly name: string;
  /** `sha256:…` of the archive; undefined for one that upload-artifact 3 or earlier has made. */
  readonly digest: string | undefined;
  readonly expired: boolean;
  readonly run: number;
}

const permission = 'actions: read';

/** The newest of this name that the run has uploaded; undefined when there is none. */
export async function artifactOfRun(github: GitHub, run: number, name: string): Promise<WorkflowArtifact | undefined> {
  const found = await orFinding(permission, () =>
    github.request<{ readonly artifacts: readonly Shown[] }>(
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
      { run_id: run, name, per_page: 100 },
    ),
  );
  const [newest] = found.artifacts.toSorted((one, other) => other.id - one.id);
  return newest === undefined ? undefined : read(newest);
}

/** Undefined when GitHub knows it no longer. */
export function artifactById(github: GitHub, id: number): Promise<WorkflowArtifact | undefined> {
  return orFinding(permission, async () => {
    try {
      const route = 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}';
      return read(await github.request<Shown>(route, { artifact_id: id }));
    } catch (error) {
      if (error instanceof GitHubCallError && error.status === 404) return undefined;
      throw error;
    }
  });
}

/** The archive. GitHub answers with an address that is good for a minute; the client follows it, and leaves the token behind. */
export async function downloadArtifact(github: GitHub, id: number): Promise<Buffer> {
  const route = 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}';
  const parameters = { artifact_id: id, archive_format: 'zip' };
  return Buffer.from(await orFinding(permission, () => github.request<ArrayBuffer>(route, parameters)));
}

interface Shown {
  readonly id: number;
  readonly name: string;
  readonly digest?: string | null;
  readonly expired: boolean;
  readonly workflow_run?: { readonly id?: number } | null;
}

function read({ id, name, digest, expired, workflow_run: run }: Shown): WorkflowArtifact {
  return { id, name, digest: digest ?? undefined, expired, run: run?.id ?? 0 };
}
