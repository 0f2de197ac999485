/** https://docs.github.com/rest/checks/runs and …/commits/statuses */
import { created, ok, paged } from '../http/answers.ts';
import { get, patch, post, type Route } from '../http/route.ts';
import { showCheck, showJobAsCheck, showSimpleStatus, showStatus } from '../show/checks.ts';
import { apiOf, showRepository } from '../show/repository.ts';
import { addCheckRun, addStatus, jobsAt, statusesOf } from '../world/checks.ts';
import type { Lab } from '../world/lab.ts';
import { NotModelled, notFound, Refusal } from '../world/refusal.ts';
import { commitNamed } from '../world/revisions.ts';
import type { RepositoryState } from '../world/state.ts';

export const checkRoutes: readonly Route[] = [
  get('/repos/{owner}/{repo}/commits/{ref}/check-runs', [['checks', 'read']], ({ lab, repository, path, query }) => {
    if (query.filter === 'all' || query.app_id !== undefined)
      throw new NotModelled('filter=all and app_id of check runs');
    const found = checksAt(lab, repository, commitNamed(repository, path.ref)).filter(
      check =>
        (query.check_name === undefined || check.name === query.check_name) &&
        (query.status === undefined || check.status === query.status),
    );
    return paged(
      found,
      query,
      check => check,
      (check_runs, total) => ({ total_count: total, check_runs }),
    );
  }),
  get('/repos/{owner}/{repo}/check-runs/{check_run_id}', [['checks', 'read']], ({ lab, repository, path }) =>
    ok(findCheck(lab, repository, path.check_run_id)),
  ),
  get(
    '/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
    [['checks', 'read']],
    ({ lab, repository, path, query }) => {
      const { url } = findCheck(lab, repository, path.check_run_id);
      const job = repository.runs
        .flatMap(({ attempts }) => attempts.flatMap(({ jobs }) => jobs))
        .find(({ id }) => id === path.check_run_id);
      return paged(job?.annotations ?? [], query, each => ({
        path: each.path,
        start_line: each.startLine,
        end_line: each.endLine,
        start_column: null,
        end_column: null,
        annotation_level: each.level,
        title: each.title ?? null,
        message: each.message,
        raw_details: null,
        blob_href: url,
      }));
    },
  ),
  post('/repos/{owner}/{repo}/check-runs', [['checks', 'write']], ({ lab, repository, caller, body }) => {
    if (caller.kind !== 'job') throw new Refusal(403, 'You must authenticate via a GitHub App.');
    const sha = commitNamed(repository, body.head_sha);
    if ('actions' in body || body.output?.annotations || body.output?.images)
      throw new NotModelled('actions, annotations and images of check runs');
    const check = addCheckRun(lab, repository, {
      sha,
      name: body.name,
      externalId: body.external_id ?? '',
      status: body.status === 'in_progress' ? 'in_progress' : 'queued',
      conclusion: 'conclusion' in body && typeof body.conclusion === 'string' ? body.conclusion : null,
      detailsUrl: body.details_url ?? null,
      output: {
        title: body.output?.title ?? null,
        summary: body.output?.summary ?? null,
        text: body.output?.text ?? null,
      },
    });
    const shown = showCheck(lab, repository, check);
    return created(shown, shown.url);
  }),
  patch('/repos/{owner}/{repo}/check-runs/{check_run_id}', [['checks', 'write']], ({ lab, repository, path, body }) => {
    const check = repository.checkRuns.find(each => each.id === path.check_run_id);
    if (!check) throw notFound();
    const now = lab.clock.now();
    if (typeof body.conclusion === 'string')
      Object.assign(check, { conclusion: body.conclusion, status: 'completed', completedAt: now });
    else if (body.status === 'in_progress' || body.status === 'queued') check.status = body.status;
    check.detailsUrl = body.details_url ?? check.detailsUrl;
    if (body.output)
      check.output = {
        title: body.output.title ?? check.output.title,
        summary: body.output.summary,
        text: body.output.text ?? null,
      };
    return ok(showCheck(lab, repository, check));
  }),
  post('/repos/{owner}/{repo}/statuses/{sha}', [['statuses', 'write']], ({ lab, repository, by, path, body }) => {
    const status = addStatus(lab, repository, by.account, {
      sha: commitNamed(repository, path.sha),
      state: body.state,
      context: body.context ?? 'default',
      description: body.description ?? null,
      targetUrl: body.target_url ?? null,
    });
    const shown = showStatus(lab, repository, status);
    return created(shown, shown.url);
  }),
  get('/repos/{owner}/{repo}/commits/{ref}/statuses', [['statuses', 'read']], ({ lab, repository, path, query }) => {
    const sha = commitNamed(repository, path.ref);
    const found = repository.statuses.filter(each => each.sha === sha);
    return paged(found.toReversed(), query, status => showStatus(lab, repository, status));
  }),
  get('/repos/{owner}/{repo}/commits/{ref}/status', [['statuses', 'read']], ({ lab, repository, path, query }) => {
    const sha = commitNamed(repository, path.ref);
    const latest = statusesOf(repository, sha);
    const failed = latest.some(({ state }) => state === 'failure' || state === 'error');
    const pending = latest.length === 0 || latest.some(({ state }) => state === 'pending');
    const commitUrl = `${apiOf(lab, repository)}/commits/${sha}`;
    return paged(
      latest,
      query,
      status => showSimpleStatus(lab, repository, status),
      (statuses, total) => ({
        state: failed ? 'failure' : pending ? 'pending' : 'success',
        statuses,
        sha,
        total_count: total,
        repository: showRepository(lab, repository),
        commit_url: commitUrl,
        url: `${commitUrl}/status`,
      }),
    );
  }),
];

function checksAt(lab: Lab, repository: RepositoryState, sha: string) {
  return [
    ...jobsAt(repository, sha).map(({ run, job }) => showJobAsCheck(lab, repository, run, job)),
    ...repository.checkRuns.filter(check => check.sha === sha).map(check => showCheck(lab, repository, check)),
  ];
}

function findCheck(lab: Lab, repository: RepositoryState, id: number) {
  const own = repository.checkRuns.find(check => check.id === id);
  if (own) return showCheck(lab, repository, own);
  for (const { run, attempts } of repository.runs) {
    const job = attempts.flatMap(({ jobs }) => jobs).find(each => each.id === id);
    if (job) return showJobAsCheck(lab, repository, run, job);
  }
  throw notFound();
}
