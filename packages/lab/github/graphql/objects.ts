/** Git objects, refs and people as GraphQL shows them. Members that are not here are not modelled and say so. */
import { readTag, readTree, type Signature } from '../git/contents.ts';
import { entryAt } from '../git/trees.ts';
import { accountOf, showVerification } from '../show/commits.ts';
import { pageOf } from '../show/repository.ts';
import { nodeId, optionalTime, time } from '../show/schemas.ts';
import type { Account, RepositoryState } from '../world/state.ts';
import { type ConnectionArguments, connection } from './connection.ts';
import type { Asked } from './context.ts';

export function actorNode({ lab }: Asked, account: Account) {
  return {
    __typename: account.type,
    id: nodeId(account.type === 'Organization' ? 'O' : account.type === 'Bot' ? 'BOT' : 'U', account.id),
    // GraphQL names a bot without its brackets.
    login: account.login.replace('[bot]', ''),
    databaseId: account.id,
    url: `${lab.serverUrl}/${account.login}`,
    ...(account.type === 'Bot' ? {} : { name: account.name }),
  };
}

export function refNode(asked: Asked, repository: RepositoryState, ref: string) {
  const [, prefix = '', name = ''] = /^(refs\/(?:heads|tags)\/|refs\/[^/]+\/)(.*)$/.exec(ref) ?? [];
  return {
    __typename: 'Ref',
    id: nodeId('REF', repository.id, ref),
    name,
    prefix,
    repository: () => asked.repositoryNode(repository),
    target: () => objectNode(asked, repository, repository.git.refs.get(ref)),
  };
}

/** Bytes of text that a blob shows. That large ones are cut is documented (`isTruncated`), where is not. */
const mostText = 512_000;

/** What an expression like `main:README.md` or a sha names. */
export function objectNode(asked: Asked, repository: RepositoryState, sha: string | undefined): object | null {
  const object = sha === undefined ? undefined : repository.git.objects.read(sha);
  if (sha === undefined || !object) return null;
  const head = {
    id: nodeId('OBJ', repository.id, sha),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    repository: () => asked.repositoryNode(repository),
  };
  if (object.type === 'commit') return commitNode(asked, repository, sha, head);
  if (object.type === 'tree') return { __typename: 'Tree', ...head, entries: () => entries(asked, repository, sha) };
  if (object.type === 'tag') return tagNode(asked, repository, sha, head);
  const binary = object.body.includes(0);
  return {
    __typename: 'Blob',
    ...head,
    byteSize: object.body.length,
    isBinary: binary,
    isTruncated: object.body.length > mostText,
    text: binary ? null : object.body.subarray(0, mostText).toString(),
  };
}

function commitNode(asked: Asked, repository: RepositoryState, sha: string, head: object) {
  const { git } = repository;
  const commit = git.commit(sha);
  if (!commit) return null;
  const [headline = '', ...rest] = commit.message.split('\n');
  const url = `${pageOf(asked.lab, repository)}/commit/${sha}`;
  return {
    __typename: 'Commit',
    ...head,
    url,
    commitUrl: url,
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trimStart(),
    authoredDate: time(commit.author.time),
    committedDate: time(commit.committer.time),
    committedViaWeb: repository.signed.has(sha),
    author: () => gitActor(asked, commit.author),
    committer: () => gitActor(asked, commit.committer),
    authoredByCommitter: commit.author.email === commit.committer.email,
    tree: () => objectNode(asked, repository, commit.tree),
    parents: (given: ConnectionArguments) =>
      connection('parents', commit.parents, given, parent => objectNode(asked, repository, parent) ?? {}),
    history: (given: ConnectionArguments & { readonly path?: string | null }) =>
      connection(
        'history',
        git.history(sha, given.path == null ? {} : { path: given.path }),
        given,
        each => objectNode(asked, repository, each) ?? {},
      ),
    file: ({ path }: { readonly path: string }) => {
      const entry = entryAt(git.objects, commit.tree, path);
      return entry ? treeEntry(asked, repository, path.split('/').at(-1) ?? '', entry.mode, entry.sha) : null;
    },
    signature: () => signature(asked, repository, sha),
  };
}

function tagNode(asked: Asked, repository: RepositoryState, sha: string, head: object) {
  const tag = readTag(repository.git.objects, sha);
  if (!tag) return null;
  return {
    __typename: 'Tag',
    ...head,
    name: tag.tag,
    message: tag.message,
    tagger: () => gitActor(asked, tag.tagger),
    target: () => objectNode(asked, repository, tag.object),
  };
}

function entries(asked: Asked, repository: RepositoryState, sha: string) {
  return (readTree(repository.git.objects, sha) ?? []).map(entry =>
    treeEntry(asked, repository, entry.name, entry.mode, entry.sha),
  );
}

function treeEntry(asked: Asked, repository: RepositoryState, name: string, mode: string, sha: string) {
  return {
    __typename: 'TreeEntry',
    name,
    mode: Number.parseInt(mode, 8),
    type: mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob',
    oid: sha,
    size: repository.git.objects.read(sha)?.body.length ?? 0,
    object: () => objectNode(asked, repository, sha),
  };
}

function gitActor(asked: Asked, signed: Signature) {
  const account = accountOf(asked.lab, signed);
  const user = account?.type === 'User' ? actorNode(asked, account) : null;
  return { __typename: 'GitActor', name: signed.name, email: signed.email, date: time(signed.time), user };
}

function signature(asked: Asked, repository: RepositoryState, sha: string) {
  const verification = showVerification(repository, sha);
  if (!verification.verified) return null;
  return {
    __typename: 'GpgSignature',
    email: asked.lab.accounts.webFlow.email,
    isValid: true,
    state: 'VALID',
    signature: verification.signature,
    payload: verification.payload,
    signer: actorNode(asked, asked.lab.accounts.webFlow),
    verifiedAt: optionalTime(repository.signed.get(sha)),
    wasSignedByGitHub: true,
  };
}
