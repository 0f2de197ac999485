/** https://docs.github.com/rest/commits/commits, …/branches/branches, …/repos/repos#list-repository-activities */

import type { Commit } from '../git/contents.ts';
import { ok, type Paging, paged } from '../http/answers.ts';
import { get } from '../http/route.ts';
import { accountOf, showCommit } from '../show/commits.ts';
import { showDiff } from '../show/diffs.ts';
import { showUser } from '../show/people.ts';
import { showProtectionInShort } from '../show/protection.ts';
import { apiOf, pageOf } from '../show/repository.ts';
import { nodeId, time } from '../show/schemas.ts';
import type { Lab } from '../world/lab.ts';
import { isProtected, protectionFor } from '../world/protection.ts';
import { NotModelled, notFound, Refusal } from '../world/refusal.ts';
import { resolveCommit } from '../world/revisions.ts';
import type { RepositoryState } from '../world/state.ts';

export const commitRoutes = [
  get('/repos/{owner}/{repo}/commits/{ref}', [['contents', 'read']], ({ lab, repository, path, accept }) => {
    const sha = resolveCommit(repository, path.ref);
    if (sha === undefined) throw new Refusal(422, `No commit found for SHA: ${path.ref}`);
    if (accept.includes('sha')) throw new NotModelled(`the media type ${accept} of commits`);
    const commit = commitAt(repository, sha);
    const files = showDiff(lab, repository, commit.parents[0], sha);
    const sum = (key: 'additions' | 'deletions' | 'changes') => files.reduce((total, file) => total + file[key], 0);
    const stats = { additions: sum('additions'), deletions: sum('deletions'), total: sum('changes') };
    return ok({ ...showCommit(lab, repository, commit), stats, files });
  }),
  get('/repos/{owner}/{repo}/commits', [['contents', 'read']], ({ lab, repository, query }) => {
    const tip = resolveCommit(repository, query.sha ?? repository.defaultBranch);
    if (tip === undefined) throw query.sha === undefined ? new Refusal(409, 'Git Repository is empty.') : notFound();
    const history = repository.git.history(tip, query.path === undefined ? {} : { path: query.path });
    const commits = history.map(sha => commitAt(repository, sha)).filter(commit => asked(lab, commit, query));
    return paged(commits, query, commit => showCommit(lab, repository, commit));
  }),
  get('/repos/{owner}/{repo}/compare/{basehead}', [['contents', 'read']], ({ lab, repository, path, query }) => {
    const [baseName = '', headName, ...more] = path.basehead.split('...');
    if (headName === undefined || more.length > 0) throw notFound();
    const [base, head] = [resolveCommit(repository, baseName), resolveCommit(repository, headName)];
    if (base === undefined || head === undefined) throw notFound();
    return compare(lab, repository, { base, head, basehead: path.basehead }, query);
  }),
  get(
    '/repos/{owner}/{repo}/commits/{commit_sha}/branches-where-head',
    [['contents', 'read']],
    ({ lab, repository, path }) => {
      const found = branches(repository).filter(([, sha]) => sha === path.commit_sha);
      return ok(
        found.map(([name, sha]) => ({
          name,
          commit: link(lab, repository, sha),
          protected: isProtected(repository, name),
        })),
      );
    },
  ),
  get('/repos/{owner}/{repo}/branches', [['contents', 'read']], ({ lab, repository, query }) => {
    const found = branches(repository).filter(
      ([name]) => query.protected === undefined || isProtected(repository, name) === query.protected,
    );
    return paged(found, query, ([name, sha]) => ({
      name,
      commit: link(lab, repository, sha),
      protected: isProtected(repository, name),
    }));
  }),
  get('/repos/{owner}/{repo}/branches/{branch}', [['contents', 'read']], ({ lab, repository, path }) => {
    const sha = repository.git.refs.get(`refs/heads/${path.branch}`);
    if (sha === undefined) throw new Refusal(404, 'Branch not found');
    const self = `${apiOf(lab, repository)}/branches/${path.branch}`;
    return ok({
      name: path.branch,
      commit: showCommit(lab, repository, commitAt(repository, sha)),
      _links: { self, html: `${pageOf(lab, repository)}/tree/${path.branch}` },
      protected: isProtected(repository, path.branch),
      // Rulesets do not show here.
      protection: showProtectionInShort(protectionFor(repository, path.branch)),
      protection_url: `${self}/protection`,
    });
  }),
  get('/repos/{owner}/{repo}/tags', [['contents', 'read']], ({ lab, repository, query }) => {
    const tags = [...repository.git.refs].flatMap(([ref, sha]) =>
      ref.startsWith('refs/tags/') ? [[ref.slice(10), sha] as const] : [],
    );
    const sorted = tags.sort(([a], [b]) => b.localeCompare(a, 'en', { numeric: true }));
    return paged(sorted, query, ([name, sha]) => ({
      name,
      zipball_url: `${apiOf(lab, repository)}/zipball/refs/tags/${name}`,
      tarball_url: `${apiOf(lab, repository)}/tarball/refs/tags/${name}`,
      commit: link(lab, repository, repository.git.peel(sha) ?? sha),
      node_id: nodeId('REF', repository.id, `refs/tags/${name}`),
    }));
  }),
  get('/repos/{owner}/{repo}/activity', [['contents', 'read']], ({ lab, repository, query }) => {
    if (query.before !== undefined || query.after !== undefined || query.time_period !== undefined)
      throw new NotModelled('cursors and periods of the activity list');
    const { ref, actor, activity_type: type, direction } = query;
    const wanted = repository.activity.filter(
      each =>
        (ref === undefined || each.ref === ref || each.ref === `refs/heads/${ref}`) &&
        (actor === undefined || each.actor.login === actor) &&
        (type === undefined || each.type === type),
    );
    const sorted = direction === 'asc' ? wanted : wanted.toReversed();
    return ok(
      sorted
        .slice(0, Math.min(query.per_page ?? 30, 100))
        .map(({ id, before, after, ref: name, at, type: activity, actor: who }) => ({
          id,
          node_id: nodeId('PSH', repository.id, id),
          before,
          after,
          ref: name,
          timestamp: time(at),
          activity_type: activity,
          actor: showUser(lab, who),
        })),
    );
  }),
];

function compare(
  lab: Lab,
  repository: RepositoryState,
  { base, head, basehead }: { readonly base: string; readonly head: string; readonly basehead: string },
  query: Paging,
) {
  const { git } = repository;
  const mergeBase = git.mergeBase(base, head);
  if (mergeBase === undefined)
    throw new Refusal(404, `No common ancestor between ${basehead.replace('...', ' and ')}.`);
  const ahead = git.history(head, { without: base }).toReversed();
  const behind = git.history(base, { without: head }).length;
  const status = ahead.length === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged';
  const page = `${pageOf(lab, repository)}/compare`;
  const url = `${page}/${basehead}`;
  // Without paging the comparison holds 250 commits; files come on the first page only.
  const size = query.per_page ?? 250;
  return paged(
    ahead,
    { ...query, per_page: size },
    sha => showCommit(lab, repository, commitAt(repository, sha)),
    commits => ({
      url: `${apiOf(lab, repository)}/compare/${basehead}`,
      html_url: url,
      permalink_url: `${page}/${repository.owner.login}:${base.slice(0, 7)}...${repository.owner.login}:${head.slice(0, 7)}`,
      diff_url: `${url}.diff`,
      patch_url: `${url}.patch`,
      base_commit: showCommit(lab, repository, commitAt(repository, base)),
      merge_base_commit: showCommit(lab, repository, commitAt(repository, mergeBase)),
      status,
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits,
      files: (query.page ?? 1) === 1 ? showDiff(lab, repository, mergeBase, head) : [],
    }),
  );
}

interface CommitQuery {
  readonly author?: string;
  readonly committer?: string;
  readonly since?: string;
  readonly until?: string;
}

function asked(lab: Lab, { author, committer }: Commit, query: CommitQuery): boolean {
  const is = (who: Commit['author'], name: string | undefined) =>
    name === undefined || who.email === name || accountOf(lab, who)?.login === name;
  const at = committer.time;
  return (
    is(author, query.author) &&
    is(committer, query.committer) &&
    (query.since === undefined || at >= Date.parse(query.since)) &&
    (query.until === undefined || at <= Date.parse(query.until))
  );
}

export function commitAt(repository: RepositoryState, sha: string): Commit {
  const commit = repository.git.commit(sha);
  if (!commit) throw notFound();
  return commit;
}

function branches(repository: RepositoryState): readonly (readonly [name: string, sha: string])[] {
  const found = [...repository.git.refs].flatMap(([ref, sha]) =>
    ref.startsWith('refs/heads/') ? [[ref.slice(11), sha] as const] : [],
  );
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

function link(lab: Lab, repository: RepositoryState, sha: string) {
  return { sha, url: `${apiOf(lab, repository)}/commits/${sha}` };
}
