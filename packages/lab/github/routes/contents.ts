/** https://docs.github.com/rest/repos/contents */

import { readTree } from '../git/contents.ts';
import { entryAt, type FileEntry } from '../git/trees.ts';
import { type Answer, ok } from '../http/answers.ts';
import { get } from '../http/route.ts';
import { apiOf, pageOf } from '../show/repository.ts';
import type { Lab } from '../world/lab.ts';
import { NotModelled, notFound, Refusal } from '../world/refusal.ts';
import { resolveCommit } from '../world/revisions.ts';
import type { RepositoryState } from '../world/state.ts';
import { lines } from './objects.ts';

/** Larger files come raw only, and above 100 MB not at all. */
const largest = 1024 * 1024;

export const contentRoutes = [
  get('/repos/{owner}/{repo}/contents/{path}', [['contents', 'read']], ({ lab, repository, path, query, accept }) => {
    const ref = query.ref ?? repository.defaultBranch;
    const commit = resolveCommit(repository, ref);
    if (commit === undefined) throw new Refusal(404, `No commit found for the ref ${ref}`);
    const tree = repository.git.commit(commit)?.tree ?? '';
    const entry = entryAt(repository.git.objects, tree, path.path);
    if (!entry) throw notFound();
    const place = { lab, repository, ref, path: path.path };
    if (accept.includes('html')) throw new NotModelled(`the media type ${accept} of contents`);
    if (entry.mode === '40000') return directory(place, entry, accept.includes('object'));
    if (entry.mode !== '100644' && entry.mode !== '100755')
      throw new NotModelled('symbolic links and submodules as contents');
    return file(place, entry, accept);
  }),
];

/** A file as it is now, without its content. */
export function showFile(place: Place) {
  const { git } = place.repository;
  const commit = git.commit(resolveCommit(place.repository, place.ref) ?? '');
  const entry = commit ? entryAt(git.objects, commit.tree, place.path) : undefined;
  if (!entry) throw notFound();
  return head(place, 'file', entry.sha, git.objects.read(entry.sha)?.body.length ?? 0);
}

interface Place {
  readonly lab: Lab;
  readonly repository: RepositoryState;
  readonly ref: string;
  readonly path: string;
}

function file(place: Place, entry: FileEntry, accept: string): Answer {
  const body = place.repository.git.objects.read(entry.sha)?.body ?? Buffer.alloc(0);
  // Raw is text and the description has no schema for it.
  if (accept.includes('raw')) return { status: 200, raw: body, contentType: 'application/vnd.github.raw' };
  const small = body.length <= largest;
  const shown = {
    ...head(place, 'file', entry.sha, body.length),
    content: small ? lines(body.toString('base64')) : '',
    encoding: small ? 'base64' : 'none',
  };
  return accept.includes('object')
    ? { status: 200, body: shown, contentType: 'application/vnd.github.object' }
    : ok(shown);
}

function directory(place: Place, entry: FileEntry, asObject: boolean): Answer {
  const { objects } = place.repository.git;
  const entries = (readTree(objects, entry.sha) ?? []).map(({ mode, name, sha }) => {
    const inner = { ...place, path: place.path === '' ? name : `${place.path}/${name}` };
    const size = mode === '40000' ? 0 : (objects.read(sha)?.body.length ?? 0);
    return head(inner, mode === '40000' ? 'dir' : mode === '120000' ? 'symlink' : 'file', sha, size);
  });
  if (!asObject) return ok(entries);
  return {
    status: 200,
    body: { ...head(place, 'dir', entry.sha, 0), entries },
    contentType: 'application/vnd.github.object',
  };
}

function head({ lab, repository, ref, path }: Place, type: 'file' | 'dir' | 'symlink', sha: string, size: number) {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const self = `${apiOf(lab, repository)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${apiOf(lab, repository)}/git/${type === 'dir' ? 'trees' : 'blobs'}/${sha}`;
  const html = `${pageOf(lab, repository)}/${type === 'dir' ? 'tree' : 'blob'}/${ref}/${encoded}`;
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha,
    size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: type === 'dir' ? null : `https://raw.githubusercontent.com/${repository.fullName}/${ref}/${encoded}`,
    type,
    _links: { self, git, html },
  };
}
