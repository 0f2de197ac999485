import { componentOf } from '#core/flow/component-of';
import type { Flow } from '#core/flow/parse';
import type { Release } from '#core/release';
import type { Destination } from '#core/version/environment-for';
import type { CommitFacts } from '#github/commits';

/** A tag names the version; a branch’s version is its commit. */
export function releaseOf(
  destination: Extract<Destination, { ok: true }>,
  commit: CommitFacts,
  flow: Pick<Flow, 'components'>,
): Release {
  const { sha, tree } = commit;
  const { tag, pattern } = destination;
  if (tag === undefined || pattern.kind !== 'tag') return { version: sha.slice(0, 12), sha, tree };
  // `v1.3.0-stage` is 1.3.0 on its way; a release candidate is a version of its own.
  const version = pattern.numbered ? tag.version : tag.core;
  const component = componentOf(flow, tag);
  return { version, tag: tag.tag, ...(component === undefined ? {} : { component }), sha, tree };
}
