/** https://docs.github.com/rest/git/commits, …/trees, …/blobs, …/tags */
import { readTag, readTree, type Signature, writeCommit, writeTag } from '../git/contents.ts';
import { changeTree, type FileEntry, walk } from '../git/trees.ts';
import { created, ok } from '../http/answers.ts';
import { get, post } from '../http/route.ts';
import { showGitCommit } from '../show/commits.ts';
import { showTag } from '../show/refs.ts';
import { apiOf } from '../show/repository.ts';
import { nodeId } from '../show/schemas.ts';
import type { Lab } from '../world/lab.ts';
import { NotModelled, notFound, Refusal } from '../world/refusal.ts';
import { resolveCommit } from '../world/revisions.ts';
import type { Account, RepositoryState } from '../world/state.ts';

interface GivenSignature {
  readonly name?: string;
  readonly email?: string;
  readonly date?: string;
}

export const objectRoutes = [
  get('/repos/{owner}/{repo}/git/commits/{commit_sha}', [['contents', 'read']], ({ lab, repository, path }) => {
    const commit = repository.git.commit(path.commit_sha);
    if (!commit) throw notFound();
    return ok(showGitCommit(lab, repository, commit));
  }),
  post('/repos/{owner}/{repo}/git/commits', [['contents', 'write']], ({ lab, repository, by, body }) => {
    const { objects } = repository.git;
    if (objects.read(body.tree)?.type !== 'tree') throw new Refusal(422, 'Tree SHA does not exist');
    const parents = body.parents ?? [];
    if (parents.some(sha => objects.read(sha)?.type !== 'commit'))
      throw new Refusal(422, 'Parent SHA does not exist or is not a commit object');
    if (body.signature !== undefined) throw new NotModelled('signatures given to POST /git/commits');
    const author = signatureOf(lab, body.author, by.account);
    const committer = body.committer ? signatureOf(lab, body.committer, by.account) : author;
    const sha = writeCommit(objects, { tree: body.tree, parents, message: body.message, author, committer });
    // A bot's commit without author or committer of its own is signed by GitHub.
    if (by.account.type === 'Bot' && !body.author && !body.committer) repository.signed.set(sha, lab.clock.now());
    const commit = repository.git.commit(sha);
    if (!commit) throw notFound();
    return created(showGitCommit(lab, repository, commit), `${apiOf(lab, repository)}/git/commits/${sha}`);
  }),
  get('/repos/{owner}/{repo}/git/trees/{tree_sha}', [['contents', 'read']], ({ lab, repository, path, query }) => {
    const commit = resolveCommit(repository, path.tree_sha);
    const sha = commit === undefined ? path.tree_sha : (repository.git.commit(commit)?.tree ?? path.tree_sha);
    return ok(showTree(lab, repository, sha, query.recursive !== undefined));
  }),
  post('/repos/{owner}/{repo}/git/trees', [['contents', 'write']], ({ lab, repository, body }) => {
    const { objects } = repository.git;
    if (body.base_tree !== undefined && objects.read(body.base_tree)?.type !== 'tree')
      throw new Refusal(422, 'base_tree is not a valid tree oid');
    const changes = new Map<string, FileEntry | null>();
    for (const { path, mode, sha, content } of body.tree) {
      if (path === undefined || mode === undefined) throw new Refusal(422, 'tree.path and tree.mode are required');
      if (sha !== undefined && content !== undefined)
        throw new Refusal(422, 'Must supply either tree.sha or tree.content');
      if (sha === null) changes.set(path, null);
      else if (content !== undefined) changes.set(path, { mode, sha: objects.write('blob', Buffer.from(content)) });
      else if (sha !== undefined && objects.read(sha))
        changes.set(path, { mode: mode === '040000' ? '40000' : mode, sha });
      else throw new Refusal(422, `tree.sha ${sha ?? ''} is not a valid object`);
    }
    if (changes.size === 0) throw new Refusal(422, 'Invalid tree info');
    return created(showTree(lab, repository, changeTree(objects, body.base_tree, changes), false));
  }),
  get('/repos/{owner}/{repo}/git/blobs/{file_sha}', [['contents', 'read']], ({ lab, repository, path }) => {
    const blob = repository.git.objects.read(path.file_sha);
    if (blob?.type !== 'blob') throw notFound();
    return ok({
      ...blobHead(lab, repository, path.file_sha),
      node_id: nodeId('B', repository.id, path.file_sha),
      size: blob.body.length,
      content: lines(blob.body.toString('base64')),
      encoding: 'base64',
    });
  }),
  post('/repos/{owner}/{repo}/git/blobs', [['contents', 'write']], ({ lab, repository, body }) => {
    const encoding = body.encoding ?? 'utf-8';
    if (encoding !== 'utf-8' && encoding !== 'base64') throw new Refusal(422, 'encoding is not included in the list');
    const sha = repository.git.objects.write('blob', Buffer.from(body.content, encoding));
    return created(blobHead(lab, repository, sha));
  }),
  get('/repos/{owner}/{repo}/git/tags/{tag_sha}', [['contents', 'read']], ({ lab, repository, path }) => {
    const tag = readTag(repository.git.objects, path.tag_sha);
    if (!tag) throw notFound();
    return ok(showTag(lab, repository, tag));
  }),
  post('/repos/{owner}/{repo}/git/tags', [['contents', 'write']], ({ lab, repository, by, body }) => {
    const { objects } = repository.git;
    if (objects.read(body.object)?.type !== body.type)
      throw new Refusal(422, 'Object does not exist or is not of that type');
    const tagger = signatureOf(lab, body.tagger, by.account);
    const sha = writeTag(objects, {
      object: body.object,
      type: body.type,
      tag: body.tag,
      tagger,
      message: body.message,
    });
    const tag = readTag(objects, sha);
    if (!tag) throw notFound();
    return created(showTag(lab, repository, tag), `${apiOf(lab, repository)}/git/tags/${sha}`);
  }),
];

function signatureOf(lab: Lab, given: GivenSignature | undefined, account: Account): Signature {
  const time = given?.date === undefined ? lab.clock.now() : Date.parse(given.date);
  return { name: given?.name ?? account.name, email: given?.email ?? account.email, time };
}

function blobHead(lab: Lab, repository: RepositoryState, sha: string) {
  return { sha, url: `${apiOf(lab, repository)}/git/blobs/${sha}` };
}

function showTree(lab: Lab, repository: RepositoryState, sha: string, recursive: boolean) {
  const { objects } = repository.git;
  const own = readTree(objects, sha);
  if (!own) throw notFound();
  const entries = recursive
    ? [...walk(objects, sha, { directories: true })]
    : own.map(({ name, ...entry }): [string, FileEntry] => [name, entry]);
  const api = `${apiOf(lab, repository)}/git`;
  const tree = entries.map(([path, { mode, sha: entry }]) => {
    const type = mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    const size = type === 'blob' ? { size: objects.read(entry)?.body.length ?? 0 } : {};
    return { path, mode: mode.padStart(6, '0'), type, sha: entry, ...size, url: `${api}/${type}s/${entry}` };
  });
  return { sha, url: `${api}/trees/${sha}`, tree, truncated: false };
}

/** GitHub breaks base64 after 60 characters. */
export function lines(base64: string): string {
  return base64.replace(/.{1,60}/g, '$&\n');
}
