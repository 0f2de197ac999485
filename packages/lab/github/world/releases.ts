/** https://docs.github.com/rest/releases/releases; immutable ones: https://docs.github.com/code-security/concepts/supply-chain-security/immutable-releases */
import { basePayload } from '../events/payloads.ts';
import type { ReleaseOnPage } from '../ports.ts';
import { showRelease } from '../show/releases.ts';
import type { Lab } from './lab.ts';
import { push } from './pushes.ts';
import { invalid, Refusal } from './refusal.ts';
import { resolveCommit } from './revisions.ts';
import type { By, ReleaseState, RepositoryState } from './state.ts';

export interface ReleaseChange {
  readonly tag?: string;
  readonly target?: string;
  readonly name?: string | null;
  readonly body?: string | null;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly makeLatest?: boolean;
}

export function addRelease(
  lab: Lab,
  repository: RepositoryState,
  by: By,
  spec: ReleaseChange & { readonly tag: string },
): ReleaseState {
  if (!spec.draft) assertTagFree(repository, spec.tag);
  const now = lab.clock.now();
  const release: ReleaseState = {
    id: lab.nextId('release'),
    tag: spec.tag,
    target: spec.target ?? repository.defaultBranch,
    name: spec.name ?? null,
    body: spec.body ?? null,
    draft: true,
    prerelease: spec.prerelease ?? false,
    makeLatest: spec.makeLatest ?? true,
    immutable: false,
    author: by.account,
    createdAt: now,
    publishedAt: null,
    updatedAt: now,
  };
  if (!spec.draft) publish(lab, repository, by, release);
  repository.releases.push(release);
  return release;
}

export function changeRelease(
  lab: Lab,
  repository: RepositoryState,
  by: By,
  release: ReleaseState,
  change: ReleaseChange,
): void {
  const touched = change.tag !== undefined && change.tag !== release.tag;
  if (release.immutable && (touched || change.draft === true || change.target !== undefined)) {
    throw new Refusal(422, 'Cannot change an immutable release');
  }
  if (touched && change.draft === false) assertTagFree(repository, change.tag ?? release.tag);
  release.tag = change.tag ?? release.tag;
  release.target = change.target ?? release.target;
  release.name = change.name ?? release.name;
  release.body = change.body ?? release.body;
  release.prerelease = change.prerelease ?? release.prerelease;
  release.makeLatest = change.makeLatest ?? release.makeLatest;
  release.updatedAt = lab.clock.now();
  if (change.draft === false && release.draft) publish(lab, repository, by, release);
}

/** The newest by version is not asked for: the latest is the last one published that may be it. */
export function latestRelease(repository: RepositoryState): ReleaseState | undefined {
  const able = repository.releases.filter(each => !each.draft && !each.prerelease && each.makeLatest);
  return able.toSorted((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0) || b.id - a.id)[0];
}

export function releasesOnPage(repository: RepositoryState): readonly ReleaseOnPage[] {
  const latest = latestRelease(repository);
  return repository.releases.map(release => {
    const { tag, body, draft, prerelease } = release;
    return { tag, body: body ?? '', draft, prerelease, latest: release === latest };
  });
}

/** Makes the tag when it is missing: at the target, which may be a branch or a sha. */
function publish(lab: Lab, repository: RepositoryState, by: By, release: ReleaseState): void {
  const ref = `refs/tags/${release.tag}`;
  if (!repository.git.refs.has(ref)) {
    const sha = resolveCommit(repository, release.target);
    if (sha === undefined) throw invalid('Release', 'target_commitish', 'invalid');
    push(lab, repository, [{ ref, sha }], by);
  }
  const now = lab.clock.now();
  release.draft = false;
  release.publishedAt = now;
  release.updatedAt = now;
  release.immutable = repository.immutableReleases;
  const sha = repository.git.peel(repository.git.refs.get(ref) ?? '');
  if (by.runId !== undefined || sha === undefined) return;
  for (const action of ['published', 'released'] as const) {
    if (action === 'released' && release.prerelease) continue;
    const payload = {
      action,
      release: showRelease(lab, repository, release),
      ...basePayload(lab, repository, by.account),
    };
    lab.emit({
      name: 'release',
      action,
      repository: repository.fullName,
      at: now,
      ref,
      sha,
      actor: by.account.login,
      payload,
    });
  }
}

function assertTagFree(repository: RepositoryState, tag: string): void {
  if (repository.releases.some(each => !each.draft && each.tag === tag))
    throw invalid('Release', 'tag_name', 'already_exists');
}
