/** What runs upload, and the signed addresses under which an archive can be had for a minute. */
import { createHash } from 'node:crypto';
import type { NewArtifact } from '../ports.ts';
import type { Lab } from './lab.ts';
import { notFound, Refusal } from './refusal.ts';
import type { ArtifactState, RepositoryState } from './state.ts';

const day = 24 * 3_600_000;
/** The address that a download is sent to is good for a minute. Source: REST, “Download an artifact”. */
const addressLives = 60_000;

export function addArtifact(lab: Lab, repository: RepositoryState, { runId, name, archive, retention }: NewArtifact) {
  const taken = repository.artifacts.findIndex(one => one.runId === runId && one.name === name);
  if (taken >= 0) repository.artifacts.splice(taken, 1);
  const createdAt = lab.clock.now();
  const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
  const artifact = { runId, name, archive, digest, createdAt, expiresAt: createdAt + retention * day };
  const id = lab.nextId('artifact');
  repository.artifacts.push({ id, ...artifact });
  return { id, digest };
}

export function findArtifact(repository: RepositoryState, id: unknown): ArtifactState {
  const found = repository.artifacts.find(one => one.id === id);
  if (found === undefined) throw notFound();
  return found;
}

export function isExpired(lab: Lab, { expiresAt }: ArtifactState): boolean {
  return lab.clock.now() >= expiresAt;
}

/** The path and query at the storage that stands behind GitHub. */
export function signedPath(lab: Lab, repository: RepositoryState, artifact: ArtifactState): string {
  if (isExpired(lab, artifact)) throw new Refusal(410, 'Artifact has expired');
  const until = lab.clock.now() + addressLives;
  return `/${repository.id}/${artifact.id}.zip?se=${until}&sig=${signatureOf(repository.id, artifact.id, until)}`;
}

/** The archive behind a signed path; why not, where there is none. */
export function openSignedPath(lab: Lab, url: URL): Buffer | 'forbidden' | 'not-found' {
  const { repository, artifact } = /^\/(?<repository>\d+)\/(?<artifact>\d+)\.zip$/.exec(url.pathname)?.groups ?? {};
  const until = Number(url.searchParams.get('se'));
  const signature = signatureOf(Number(repository), Number(artifact), until);
  if (url.searchParams.get('sig') !== signature || lab.clock.now() > until) return 'forbidden';
  const state = [...lab.repositories.values()].find(one => one.id === Number(repository));
  return state?.artifacts.find(one => one.id === Number(artifact))?.archive ?? 'not-found';
}

/** Nobody guesses it by accident; it keeps no secret. */
function signatureOf(...parts: readonly number[]): string {
  return createHash('sha256')
    .update(`storage ${parts.join(' ')}`)
    .digest('hex')
    .slice(0, 40);
}
