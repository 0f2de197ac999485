import type { Lab } from '../world/lab.ts';
import type { ReleaseState, RepositoryState } from '../world/state.ts';
import { showUser } from './people.ts';
import { apiOf, pageOf } from './repository.ts';
import { nodeId, optionalTime, type Schemas, time } from './schemas.ts';

export function showRelease(lab: Lab, repository: RepositoryState, release: ReleaseState): Schemas['release'] {
  const url = `${apiOf(lab, repository)}/releases/${release.id}`;
  const page = pageOf(lab, repository);
  const tag = encodeURIComponent(release.tag);
  return {
    id: release.id,
    node_id: nodeId('RE', repository.id, release.id),
    url,
    html_url: `${page}/releases/tag/${release.draft ? `untagged-${release.id}` : tag}`,
    assets_url: `${url}/assets`,
    upload_url: `https://uploads.github.com/repos/${repository.fullName}/releases/${release.id}/assets{?name,label}`,
    tarball_url: release.draft ? null : `${apiOf(lab, repository)}/tarball/${tag}`,
    zipball_url: release.draft ? null : `${apiOf(lab, repository)}/zipball/${tag}`,
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    created_at: time(release.createdAt),
    published_at: optionalTime(release.publishedAt),
    updated_at: time(release.updatedAt),
    author: showUser(lab, release.author),
    assets: [],
  };
}
