import type { Commit, Signature } from '../git/contents.ts';
import type { Lab } from '../world/lab.ts';
import type { Account, RepositoryState } from '../world/state.ts';
import { showUser } from './people.ts';
import { apiOf, pageOf } from './repository.ts';
import { nodeId, type Schemas, time } from './schemas.ts';

/** A commit as git sees it (`git-commit`): `GET /git/commits/{sha}`. */
export function showGitCommit(lab: Lab, repository: RepositoryState, commit: Commit): Schemas['git-commit'] {
  const api = `${apiOf(lab, repository)}/git`;
  return {
    sha: commit.sha,
    node_id: nodeId('C', repository.id, commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: commitPage(lab, repository, commit.sha),
    author: showSignature(commit.author),
    committer: showSignature(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: commitPage(lab, repository, sha),
    })),
    verification: showVerification(repository, commit.sha),
  };
}

/** A commit as GitHub's pages see it (`commit`): with the accounts behind the addresses. */
export function showCommit(lab: Lab, repository: RepositoryState, commit: Commit): Schemas['commit'] {
  const api = apiOf(lab, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('C', repository.id, commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: commitPage(lab, repository, commit.sha),
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      author: showSignature(commit.author),
      committer: showSignature(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: showVerification(repository, commit.sha),
    },
    author: showAccount(lab, accountOf(lab, commit.author)),
    committer: showAccount(lab, accountOf(lab, commit.committer)),
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: commitPage(lab, repository, sha),
    })),
  };
}

/** Inside runs (`simple-commit`). */
export function showSimpleCommit(commit: Commit): Schemas['simple-commit'] {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: time(commit.committer.time),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

export function showSignature({ name, email, time: at }: Signature) {
  return { name, email, date: time(at) };
}

/** GitHub signs what it commits itself; nobody else in the lab signs. */
export function showVerification(repository: RepositoryState, sha: string): Schemas['verification'] {
  const at = repository.signed.get(sha);
  if (at === undefined)
    return { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };
  return {
    verified: true,
    reason: 'valid',
    signature: `-----BEGIN PGP SIGNATURE-----\n\n${Buffer.from(sha).toString('base64')}\n-----END PGP SIGNATURE-----\n`,
    payload: repository.git.objects.read(sha)?.body.toString() ?? '',
    verified_at: time(at),
  };
}

/** GitHub finds accounts by the commit's address. */
export function accountOf(lab: Lab, { email }: Signature): Account | undefined {
  return lab.accounts.byEmail(email);
}

function showAccount(lab: Lab, account: Account | undefined): Schemas['simple-user'] | null {
  return account ? showUser(lab, account) : null;
}

function commitPage(lab: Lab, repository: RepositoryState, sha: string): string {
  return `${pageOf(lab, repository)}/commit/${sha}`;
}
