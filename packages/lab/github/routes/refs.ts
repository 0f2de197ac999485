/** https://docs.github.com/rest/git/refs */
import { created, noContent, ok } from '../http/answers.ts';
import { get, patch, post, remove } from '../http/route.ts';
import { showRef } from '../show/refs.ts';
import { deleteRef, push } from '../world/pushes.ts';
import { notFound, Refusal } from '../world/refusal.ts';

export const refRoutes = [
  get('/repos/{owner}/{repo}/git/ref/{ref}', [['contents', 'read']], ({ lab, repository, path }) => {
    const ref = `refs/${path.ref}`;
    const sha = repository.git.refs.get(ref);
    if (sha === undefined) throw notFound();
    return ok(showRef(lab, repository, ref, sha));
  }),
  get('/repos/{owner}/{repo}/git/matching-refs/{ref}', [['contents', 'read']], ({ lab, repository, path }) => {
    const found = [...repository.git.refs].filter(([ref]) => ref.startsWith(`refs/${path.ref}`));
    return ok(found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([ref, sha]) => showRef(lab, repository, ref, sha)));
  }),
  post('/repos/{owner}/{repo}/git/refs', [['contents', 'write']], ({ lab, repository, by, body }) => {
    if (!/^refs\/[^/]+\/.+/.test(body.ref))
      throw new Refusal(422, 'Reference name must start with refs/ and have at least two slashes');
    if (![...repository.git.refs.keys()].some(ref => ref.startsWith('refs/heads/')))
      throw new Refusal(409, 'Git Repository is empty.');
    if (repository.git.refs.has(body.ref)) throw new Refusal(422, 'Reference already exists');
    push(lab, repository, [{ ref: body.ref, sha: body.sha }], by);
    const shown = showRef(lab, repository, body.ref, body.sha);
    return created(shown, shown.url);
  }),
  patch('/repos/{owner}/{repo}/git/refs/{ref}', [['contents', 'write']], ({ lab, repository, by, path, body }) => {
    const ref = `refs/${path.ref}`;
    if (!repository.git.refs.has(ref)) throw new Refusal(422, 'Reference does not exist');
    push(lab, repository, [{ ref, sha: body.sha, force: body.force ?? false }], by);
    return ok(showRef(lab, repository, ref, body.sha));
  }),
  remove('/repos/{owner}/{repo}/git/refs/{ref}', [['contents', 'write']], ({ lab, repository, by, path }) => {
    deleteRef(lab, repository, `refs/${path.ref}`, by);
    return noContent;
  }),
];
