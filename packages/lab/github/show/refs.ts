import type { Tag } from '../git/contents.ts';
import type { Lab } from '../world/lab.ts';
import type { RepositoryState } from '../world/state.ts';
import { showSignature } from './commits.ts';
import { apiOf } from './repository.ts';
import { nodeId, type Schemas, time } from './schemas.ts';

export function showRef(lab: Lab, repository: RepositoryState, ref: string, sha: string): Schemas['git-ref'] {
  const api = `${apiOf(lab, repository)}/git`;
  const type = repository.git.objects.read(sha)?.type ?? 'commit';
  return {
    ref,
    node_id: nodeId('REF', repository.id, ref),
    url: `${api}/${ref}`,
    object: { sha, type, url: `${api}/${type}s/${sha}` },
  };
}

export function showTag(lab: Lab, repository: RepositoryState, tag: Tag): Schemas['git-tag'] {
  const api = `${apiOf(lab, repository)}/git`;
  return {
    node_id: nodeId('TA', repository.id, tag.sha),
    tag: tag.tag,
    sha: tag.sha,
    url: `${api}/tags/${tag.sha}`,
    message: tag.message,
    tagger: showSignature(tag.tagger),
    object: { sha: tag.object, type: tag.type, url: `${api}/${tag.type}s/${tag.object}` },
    verification: showTagVerification(repository, tag),
  };
}

/** GitHub signs no tags, not even those made over the API; people do, before they push. */
function showTagVerification(repository: RepositoryState, { sha }: Tag): Schemas['verification'] {
  const found = repository.tagSignatures.get(sha);
  if (!found) return { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };
  const { armour, reason, at } = found;
  const verified = reason === 'valid';
  const payload = repository.git.objects.read(sha)?.body.toString().replace(armour, '') ?? '';
  return { verified, reason, signature: armour, payload, verified_at: verified ? time(at) : null };
}
