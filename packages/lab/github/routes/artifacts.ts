/** https://docs.github.com/rest/actions/artifacts */
import { ok, paged } from '../http/answers.ts';
import { get, type Route } from '../http/route.ts';
import { showArtifact } from '../show/artifacts.ts';
import { findArtifact, signedPath } from '../world/artifacts.ts';
import { NotModelled } from '../world/refusal.ts';
import { findRun } from '../world/runs.ts';

const read = [['actions', 'read']] as const;

/** `storage`: the address of the storage that archives are fetched from. */
export function artifactRoutes(storage: () => string): readonly Route[] {
  return [
    get('/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', read, ({ lab, repository, path, query }) => {
      const { run } = findRun(repository, path.run_id);
      const found = repository.artifacts.filter(
        one => one.runId === run.id && (query.name === undefined || one.name === query.name),
      );
      return paged(
        query.direction === 'asc' ? found : found.toReversed(),
        query,
        one => showArtifact(lab, repository, one),
        (shown, total) => ({ total_count: total, artifacts: shown }),
      );
    }),
    get('/repos/{owner}/{repo}/actions/artifacts/{artifact_id}', read, ({ lab, repository, path }) =>
      ok(showArtifact(lab, repository, findArtifact(repository, path.artifact_id))),
    ),
    get('/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', read, ({ lab, repository, path }) => {
      if (path.archive_format !== 'zip') throw new NotModelled('archives that are no zip');
      const location = `${storage()}${signedPath(lab, repository, findArtifact(repository, path.artifact_id))}`;
      return { status: 302, headers: { location } };
    }),
  ];
}
