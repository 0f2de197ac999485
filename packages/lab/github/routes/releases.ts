/** https://docs.github.com/rest/releases/releases */
import { created, noContent, ok, paged } from '../http/answers.ts';
import { get, patch, post, type Route, remove } from '../http/route.ts';
import { showRelease } from '../show/releases.ts';
import { pageOf } from '../show/repository.ts';
import { NotModelled, notFound, Refusal } from '../world/refusal.ts';
import { addRelease, changeRelease, latestRelease } from '../world/releases.ts';
import { resolveCommit } from '../world/revisions.ts';
import type { ReleaseState, RepositoryState } from '../world/state.ts';

const read = [['contents', 'read']] as const;
const write = [['contents', 'write']] as const;

export const releaseRoutes: readonly Route[] = [
  post('/repos/{owner}/{repo}/releases', write, ({ lab, repository, by, body }) => {
    if (body.discussion_category_name !== undefined) throw new NotModelled('discussions of releases');
    if (body.make_latest === 'legacy') throw new NotModelled('make_latest: legacy');
    const notes = body.generate_release_notes
      ? generateNotes(lab.serverUrl, repository, body.tag_name, undefined, body.target_commitish)
      : undefined;
    const release = addRelease(lab, repository, by, {
      tag: body.tag_name,
      name: body.name ?? notes?.name ?? null,
      body: [body.body, notes?.body].filter(Boolean).join('\n\n') || null,
      draft: body.draft ?? false,
      prerelease: body.prerelease ?? false,
      makeLatest: body.make_latest !== 'false',
      ...(body.target_commitish === undefined ? {} : { target: body.target_commitish }),
    });
    const shown = showRelease(lab, repository, release);
    return created(shown, shown.url);
  }),
  get('/repos/{owner}/{repo}/releases', read, ({ lab, repository, caller, query }) => {
    // Drafts are for those who may push.
    const mayPush = caller.kind === 'person' || caller.permissions.contents === 'write';
    const found = repository.releases.filter(release => mayPush || !release.draft);
    return paged(found.toReversed(), query, release => showRelease(lab, repository, release));
  }),
  get('/repos/{owner}/{repo}/releases/latest', read, ({ lab, repository }) => {
    const release = latestRelease(repository);
    if (!release) throw notFound();
    return ok(showRelease(lab, repository, release));
  }),
  // A draft has no tag to be found by.
  get('/repos/{owner}/{repo}/releases/tags/{tag}', read, ({ lab, repository, path }) => {
    const release = repository.releases.find(each => !each.draft && each.tag === path.tag);
    if (!release) throw notFound();
    return ok(showRelease(lab, repository, release));
  }),
  get('/repos/{owner}/{repo}/releases/{release_id}', read, ({ lab, repository, path }) =>
    ok(showRelease(lab, repository, find(repository, path.release_id))),
  ),
  patch('/repos/{owner}/{repo}/releases/{release_id}', write, ({ lab, repository, by, path, body }) => {
    if (body.discussion_category_name !== undefined) throw new NotModelled('discussions of releases');
    const release = find(repository, path.release_id);
    changeRelease(lab, repository, by, release, {
      ...(body.tag_name === undefined ? {} : { tag: body.tag_name }),
      ...(body.target_commitish === undefined ? {} : { target: body.target_commitish }),
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.body === undefined ? {} : { body: body.body }),
      ...(body.draft === undefined ? {} : { draft: body.draft }),
      ...(body.prerelease === undefined ? {} : { prerelease: body.prerelease }),
      ...(body.make_latest === undefined ? {} : { makeLatest: body.make_latest !== 'false' }),
    });
    return ok(showRelease(lab, repository, release));
  }),
  remove('/repos/{owner}/{repo}/releases/{release_id}', write, ({ repository, path }) => {
    const release = find(repository, path.release_id);
    repository.releases.splice(repository.releases.indexOf(release), 1);
    return noContent;
  }),
  post('/repos/{owner}/{repo}/releases/generate-notes', write, ({ lab, repository, body }) => {
    if (body.configuration_file_path !== undefined) throw new NotModelled('configuration files of release notes');
    return ok(generateNotes(lab.serverUrl, repository, body.tag_name, body.previous_tag_name, body.target_commitish));
  }),
];

function find(repository: RepositoryState, id: number): ReleaseState {
  const release = repository.releases.find(each => each.id === id);
  if (!release) throw notFound();
  return release;
}

/** Merged pull requests between the two tags, one line each, and the comparison's address. */
function generateNotes(
  serverUrl: string,
  repository: RepositoryState,
  tag: string,
  previous: string | undefined,
  target: string | undefined,
) {
  const head = resolveCommit(repository, tag) ?? resolveCommit(repository, target ?? repository.defaultBranch);
  const base = previous === undefined ? undefined : resolveCommit(repository, previous);
  if (head === undefined || (previous !== undefined && base === undefined))
    throw new Refusal(422, 'Invalid target_commitish or previous_tag_name parameter');
  const commits = new Set(repository.git.history(head, base === undefined ? {} : { without: base }));
  const page = pageOf({ serverUrl }, repository);
  const pulls = repository.issues.filter(({ pull }) => pull?.mergeCommit && commits.has(pull.mergeCommit));
  const lines = pulls.map(issue => `* ${issue.title} by @${issue.user.login} in ${page}/pull/${issue.number}`);
  const changes = lines.length === 0 ? '' : `## What's Changed\n${lines.join('\n')}\n\n\n`;
  const link = previous === undefined ? `${page}/commits/${tag}` : `${page}/compare/${previous}...${tag}`;
  return { name: tag, body: `${changes}**Full Changelog**: ${link}` };
}
