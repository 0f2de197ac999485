import type { Sources } from '../aws/codepipeline/ports.ts';
import type { CodePipelineWorld } from '../aws/codepipeline/world.ts';
import type { GitHubWorld } from '../github/ports.ts';

/** GitHub as pipelines read it, through a connection that may see every repository. */
export function sourcesOf(world: Pick<GitHubWorld, 'repository' | 'hasRepository'>): Sources {
  const find = (name: string) => (world.hasRepository(name) ? world.repository(name) : undefined);
  return {
    head: (repository, branch) => find(repository)?.resolve(`refs/heads/${branch}`),
    has: (repository, sha) => find(repository)?.resolve(sha) === sha,
    summary: (repository, sha) => find(repository)?.message(sha)?.split('\n')[0] ?? '',
    readFile: (repository, sha, path) => find(repository)?.readFile(sha, path)?.toString('utf8'),
  };
}

/** A push starts the pipelines that follow its branch, as a connection’s webhook does. */
export function startPipelinesOnPush(
  world: Pick<GitHubWorld, 'onEvent'>,
  pipelines: Pick<CodePipelineWorld, 'pushed'>,
): () => void {
  return world.onEvent(({ name, repository, ref, sha }) => {
    if (name === 'push' && ref.startsWith('refs/heads/')) {
      pipelines.pushed(repository, ref.slice('refs/heads/'.length), sha);
    }
  });
}
