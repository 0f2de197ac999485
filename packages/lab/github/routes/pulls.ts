/** https://docs.github.com/rest/pulls */
import { created, ok, paged } from '../http/answers.ts';
import { get, post, type Route } from '../http/route.ts';
import { showCommit } from '../show/commits.ts';
import { showDiff } from '../show/diffs.ts';
import { showFullPull, showPull, showReview } from '../show/pulls.ts';
import { addPull, findPull, pullsOf } from '../world/pulls.ts';
import { NotModelled } from '../world/refusal.ts';
import { commitAt } from './commits.ts';

const read = [['pull-requests', 'read']] as const;

export const pullRoutes: readonly Route[] = [
  get('/repos/{owner}/{repo}/pulls', read, ({ lab, repository, query }) => {
    const found = pullsOf(repository).filter(
      ({ issue, pull }) =>
        (query.state === 'all' || issue.state === (query.state ?? 'open')) &&
        (query.head === undefined || query.head === `${repository.owner.login}:${pull.head}`) &&
        (query.base === undefined || query.base === pull.base),
    );
    const { sort = 'created', direction = sort === 'created' ? 'desc' : 'asc' } = query;
    if (sort !== 'created' && sort !== 'updated') throw new NotModelled(`the order of pull requests by ${sort}`);
    const by = sort === 'updated' ? 'updatedAt' : 'createdAt';
    const sorted = found.toSorted((a, b) => a.issue[by] - b.issue[by] || a.issue.number - b.issue.number);
    return paged(direction === 'asc' ? sorted : sorted.toReversed(), query, ({ issue, pull }) =>
      showPull(lab, repository, issue, pull),
    );
  }),
  post('/repos/{owner}/{repo}/pulls', [['pull-requests', 'write']], ({ lab, repository, by, body }) => {
    if (body.issue !== undefined || body.head_repo !== undefined || body.head.includes(':'))
      throw new NotModelled('pull requests from forks and from issues');
    const { issue, pull } = addPull(lab, repository, by, {
      title: body.title ?? '',
      body: body.body ?? null,
      head: body.head,
      base: body.base,
      draft: body.draft ?? false,
    });
    const shown = showFullPull(lab, repository, issue, pull);
    return created(shown, shown.url);
  }),
  get('/repos/{owner}/{repo}/pulls/{pull_number}', read, ({ lab, repository, path }) => {
    const { issue, pull } = findPull(repository, path.pull_number);
    return ok(showFullPull(lab, repository, issue, pull));
  }),
  get('/repos/{owner}/{repo}/pulls/{pull_number}/reviews', read, ({ lab, repository, path, query }) => {
    const { issue, pull } = findPull(repository, path.pull_number);
    return paged(pull.reviews, query, review => showReview(lab, repository, issue, review));
  }),
  // What its branch has changed since it left the base.
  get('/repos/{owner}/{repo}/pulls/{pull_number}/files', read, ({ lab, repository, path, query }) => {
    const { pull } = findPull(repository, path.pull_number);
    const left = repository.git.mergeBase(pull.baseSha, pull.headSha);
    return paged(showDiff(lab, repository, left, pull.headSha, 3000), query, file => file);
  }),
  get('/repos/{owner}/{repo}/pulls/{pull_number}/commits', read, ({ lab, repository, path, query }) => {
    const { pull } = findPull(repository, path.pull_number);
    const commits = repository.git.history(pull.headSha, { without: pull.baseSha }).toReversed();
    return paged(commits, query, sha => showCommit(lab, repository, commitAt(repository, sha)));
  }),
  // Pull requests that brought the commit: merged ones by their merge or one of their commits, open ones by theirs.
  get('/repos/{owner}/{repo}/commits/{commit_sha}/pulls', read, ({ lab, repository, path, query }) => {
    const { git } = repository;
    commitAt(repository, path.commit_sha);
    const found = pullsOf(repository).filter(
      ({ pull }) =>
        pull.mergeCommit === path.commit_sha ||
        git.history(pull.headSha, { without: pull.baseSha }).includes(path.commit_sha),
    );
    return paged(found, query, ({ issue, pull }) => showPull(lab, repository, issue, pull));
  }),
];
