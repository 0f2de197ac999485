import type { Lab } from '../world/lab.ts';
import type { RepositoryState } from '../world/state.ts';
import { showUser } from './people.ts';
import { nodeId, time } from './schemas.ts';

export function apiOf(lab: Pick<Lab, 'apiUrl'>, repository: RepositoryState): string {
  return `${lab.apiUrl()}/repos/${repository.fullName}`;
}

export function pageOf(lab: Pick<Lab, 'serverUrl'>, repository: RepositoryState): string {
  return `${lab.serverUrl}/${repository.fullName}`;
}

/** What every answer says of a repository that mentions one (`minimal-repository`). */
export function showRepository(lab: Lab, repository: RepositoryState) {
  const api = apiOf(lab, repository);
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    owner: showUser(lab, repository.owner),
    html_url: pageOf(lab, repository),
    description: repository.description,
    fork: false,
    url: api,
    archive_url: `${api}/{archive_format}{/ref}`,
    assignees_url: `${api}/assignees{/user}`,
    blobs_url: `${api}/git/blobs{/sha}`,
    branches_url: `${api}/branches{/branch}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    comments_url: `${api}/comments{/number}`,
    commits_url: `${api}/commits{/sha}`,
    compare_url: `${api}/compare/{base}...{head}`,
    contents_url: `${api}/contents/{+path}`,
    contributors_url: `${api}/contributors`,
    deployments_url: `${api}/deployments`,
    downloads_url: `${api}/downloads`,
    events_url: `${api}/events`,
    forks_url: `${api}/forks`,
    git_commits_url: `${api}/git/commits{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    hooks_url: `${api}/hooks`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    issue_events_url: `${api}/issues/events{/number}`,
    issues_url: `${api}/issues{/number}`,
    keys_url: `${api}/keys{/key_id}`,
    labels_url: `${api}/labels{/name}`,
    languages_url: `${api}/languages`,
    merges_url: `${api}/merges`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    pulls_url: `${api}/pulls{/number}`,
    releases_url: `${api}/releases{/id}`,
    stargazers_url: `${api}/stargazers`,
    statuses_url: `${api}/statuses/{sha}`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    tags_url: `${api}/tags`,
    teams_url: `${api}/teams`,
    trees_url: `${api}/git/trees{/sha}`,
  };
}

/** `GET /repos/{owner}/{repo}` (`full-repository`); also inside pull requests and events. */
export function showFullRepository(lab: Lab, repository: RepositoryState) {
  const page = pageOf(lab, repository);
  const open = repository.issues.filter(issue => issue.state === 'open').length;
  return {
    ...showRepository(lab, repository),
    git_url: `git://${new URL(page).host}/${repository.fullName}.git`,
    ssh_url: `git@${new URL(page).hostname}:${repository.fullName}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    open_issues_count: open,
    open_issues: open,
    size: 1,
    default_branch: repository.defaultBranch,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: repository.private ? 'private' : 'public',
    pushed_at: time(repository.pushedAt),
    created_at: time(repository.createdAt),
    updated_at: time(repository.pushedAt),
    topics: [],
    is_template: false,
    allow_forking: false,
    web_commit_signoff_required: false,
  };
}
