import { isExpired } from '../world/artifacts.ts';
import type { Lab } from '../world/lab.ts';
import { findRun } from '../world/runs.ts';
import type { ArtifactState, RepositoryState } from '../world/state.ts';
import { apiOf } from './repository.ts';
import { nodeId, time } from './schemas.ts';

export function showArtifact(lab: Lab, repository: RepositoryState, artifact: ArtifactState) {
  const { id, name, archive, digest, createdAt, expiresAt, runId } = artifact;
  const url = `${apiOf(lab, repository)}/actions/artifacts/${id}`;
  const { run } = findRun(repository, runId);
  return {
    id,
    node_id: nodeId('MDg6QXJ0aWZhY3Q', repository.id, id),
    name,
    size_in_bytes: archive.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: isExpired(lab, artifact),
    digest,
    created_at: time(createdAt),
    updated_at: time(createdAt),
    expires_at: time(expiresAt),
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: run.ref.replace(/^refs\/(heads|tags)\//, ''),
      head_sha: run.sha,
    },
  };
}
