/** One repository as `ports.ts` promises it: the parts put together. */
import { join } from 'node:path';
import { writeTag } from '../git/contents.ts';
import { createRepository as createGitRepository } from '../git/repository.ts';
import { changedPaths, entryAt, walk } from '../git/trees.ts';
import type { Repository, TagSpec } from '../ports.ts';
import type { RepositorySpec } from '../specs.ts';
import { followJob, requestEnvironment, review, reviewable } from './approvals.ts';
import { addArtifact } from './artifacts.ts';
import { checkBypass } from './bypass.ts';
import { addCheckRun, addStatus } from './checks.ts';
import { commitFiles, type FileChange } from './commits.ts';
import { dispatchWorkflow } from './dispatch.ts';
import { findEnvironment, setEnvironment } from './environments.ts';
import { addIssue, closeIssue, editIssue, issuesOnPage, openIssueNamed, reopenIssue } from './issues.ts';
import type { Lab } from './lab.ts';
import { addPull, mergePull, reviewPull } from './pulls.ts';
import { deleteRef, push } from './pushes.ts';
import { addRelease, releasesOnPage } from './releases.ts';
import { commitNamed, resolveCommit } from './revisions.ts';
import {
  askForCancel,
  askForRerun,
  attemptOf,
  createJob,
  createRun,
  findRun,
  startAttempt,
  updateJob,
  updateRun,
} from './runs.ts';
import { startBySchedule } from './schedule.ts';
import { armourOf } from './signatures.ts';
import type { Account, By, RepositoryState } from './state.ts';

export function createState(lab: Lab, directory: string, owner: Account, spec: RepositorySpec): RepositoryState {
  const name = spec.fullName.split('/')[1] ?? '';
  const defaultBranch = spec.defaultBranch ?? 'main';
  const now = lab.clock.now();
  for (const ruleset of spec.rulesets ?? []) checkBypass(lab, owner.login, ruleset);
  const state: RepositoryState = {
    id: lab.nextId('repository'),
    owner,
    name,
    fullName: spec.fullName,
    defaultBranch,
    private: spec.private ?? true,
    description: spec.description ?? null,
    createdAt: now,
    pushedAt: now,
    git: createGitRepository(join(directory, `${spec.fullName}.git`), defaultBranch),
    immutableReleases: spec.immutableReleases ?? false,
    variables: spec.variables ?? {},
    secrets: spec.secrets ?? {},
    collaborators: new Map(
      Object.entries(spec.collaborators ?? {}).map(([login, permission]) => [login.toLowerCase(), permission]),
    ),
    environments: new Map(),
    rulesets: (spec.rulesets ?? []).map(ruleset => ({ ...ruleset, id: lab.nextId('ruleset') })),
    protections: spec.protections ?? [],
    workflows: new Map(),
    runs: [],
    waits: [],
    reviews: [],
    deployments: [],
    statuses: [],
    checkRuns: [],
    labels: new Map(),
    issues: [],
    releases: [],
    activity: [],
    artifacts: [],
    signed: new Map(),
    tagSignatures: new Map(),
  };
  for (const environment of spec.environments ?? []) setEnvironment(lab, state, environment);
  return state;
}

export function repositoryOf(lab: Lab, state: RepositoryState): Repository {
  const { git } = state;
  const by = (login: string): By => ({ account: lab.accounts.get(login) });
  const treeOf = (revision: string) => git.commit(resolveCommit(state, revision) ?? '')?.tree;
  return {
    fullName: state.fullName,
    owner: state.owner.login,
    name: state.name,
    id: state.id,
    ownerId: state.owner.id,
    defaultBranch: state.defaultBranch,
    gitDirectory: git.directory,

    commit({ branch, from, message, author, files, executable = [] }) {
      const { account } = by(author);
      const ref = `refs/heads/${branch}`;
      const changes = Object.entries(files).map(([path, content]): [string, FileChange] => [
        path,
        {
          content: typeof content === 'string' ? Buffer.from(content) : content,
          executable: executable.includes(path),
        },
      ]);
      const signature = { name: account.name, email: account.email, time: lab.clock.now() };
      const commit = { message, author: signature, committer: signature };
      const start = from === undefined ? undefined : resolveCommit(state, from);
      if (from !== undefined && start === undefined) throw new Error(`${from} is no commit of ${state.fullName}`);
      const sha = commitFiles(state, git.refs.get(ref) ?? start, new Map(changes), commit);
      push(lab, state, [{ ref, sha }], { account });
      return sha;
    },
    tag(name, options) {
      const sha = tagObject(lab, state, name, options);
      push(lab, state, [{ ref: `refs/tags/${name}`, sha, force: options.force ?? false }], by(options.tagger));
      return sha;
    },
    push: (updates, pusher) => push(lab, state, updates, by(pusher)),
    deleteRef: (ref, pusher) => deleteRef(lab, state, ref, by(pusher)),
    resolve: revision => resolveCommit(state, revision),
    refs: () => git.refs,
    message: sha => git.commit(sha)?.message,
    readFile(revision, path) {
      const tree = treeOf(revision);
      const entry = tree === undefined ? undefined : entryAt(git.objects, tree, path);
      const object = entry ? git.objects.read(entry.sha) : undefined;
      return object?.type === 'blob' ? object.body : undefined;
    },
    listFiles(revision) {
      const tree = treeOf(revision);
      return tree === undefined ? [] : [...walk(git.objects, tree).keys()];
    },
    changedFiles(base, head) {
      const tree = treeOf(head);
      if (tree === undefined) throw new Error(`${head} is no commit of ${state.fullName}`);
      return changedPaths(git.objects, base === undefined ? undefined : treeOf(base), tree);
    },
    checkout(sha, directory, options) {
      const commit = resolveCommit(state, sha);
      if (commit === undefined) throw new Error(`${sha} is no commit of ${state.fullName}`);
      git.checkout(commit, directory, options?.depth);
    },

    setEnvironment: spec => void setEnvironment(lab, state, spec),
    environment: name => findEnvironment(state, name)?.spec,
    environments: () => [...state.environments.values()].map(({ spec }) => spec),
    setRuleset(spec) {
      checkBypass(lab, state.owner.login, spec);
      const index = state.rulesets.findIndex(ruleset => ruleset.name === spec.name);
      const id = state.rulesets[index]?.id ?? lab.nextId('ruleset');
      state.rulesets.splice(index < 0 ? state.rulesets.length : index, 1, { ...spec, id });
    },
    setCollaborator: (login, permission) =>
      void state.collaborators.set(lab.accounts.get(login).login.toLowerCase(), permission),
    variables: name => ({
      ...state.variables,
      ...(name === undefined ? {} : findEnvironment(state, name)?.spec.variables),
    }),
    secrets: name => ({ ...state.secrets, ...(name === undefined ? {} : findEnvironment(state, name)?.spec.secrets) }),

    createRun: spec => createRun(lab, state, spec),
    addArtifact: spec => addArtifact(lab, state, spec),
    updateRun: (runId, change) => updateRun(lab, state, runId, change),
    startAttempt: (runId, { triggeringActor }) => startAttempt(lab, state, runId, triggeringActor),
    createJob: (runId, spec) => createJob(lab, state, runId, spec),
    updateJob(jobId, change) {
      const job = updateJob(lab, state, jobId, change);
      followJob(lab, state, jobId);
      return job;
    },
    run: runId => findRun(state, runId).run,
    runs: () => state.runs.map(({ run }) => run),
    jobs: (runId, attempt) => attemptOf(findRun(state, runId), attempt).jobs,
    requestEnvironment: (request, decided) => requestEnvironment(lab, state, request, decided),

    approve(person, runId, environments, comment = '') {
      review(lab, state, by(person), runId, { state: 'approved', environments, comment });
    },
    reject(person, runId, environments, comment = '') {
      review(lab, state, by(person), runId, { state: 'rejected', environments, comment });
    },
    pendingApprovals: runId =>
      state.waits
        .filter(wait => reviewable(wait) && (runId === undefined || wait.runId === runId))
        .map(({ runId: run, jobId, environment, reviewers, since }) => ({
          runId: run,
          jobId,
          environment,
          reviewers,
          since,
        })),
    dispatchWorkflow(person, { workflow, ref = state.defaultBranch, inputs = {} }) {
      dispatchWorkflow(lab, state, { workflow, ref, inputs }, by(person));
    },
    startBySchedule: (person, workflow) => startBySchedule(lab, state, workflow, by(person)),
    cancelRun: (person, runId) => askForCancel(lab, state, runId, by(person), false),
    rerun: (person, runId, { failedOnly = false } = {}) =>
      askForRerun(lab, state, runId, by(person), { only: failedOnly ? 'failed' : 'all' }),
    publishRelease: (person, release) => void addRelease(lab, state, by(person), release),
    openPullRequest: (person, { base = state.defaultBranch, ...request }) =>
      addPull(lab, state, by(person), { ...request, base }).issue.number,
    reviewPullRequest: (person, number, verdict, body = '') =>
      reviewPull(lab, state, by(person), number, verdict, body),
    mergePullRequest: (person, number) => mergePull(lab, state, by(person), number),
    addCheck: ({ at, ...check }) => void addCheckRun(lab, state, { sha: commitNamed(state, at), ...check }),
    addStatus: (person, { at, ...status }) =>
      void addStatus(lab, state, by(person).account, { sha: commitNamed(state, at), ...status }),
    openIssue: (person, issue) => addIssue(lab, state, by(person), issue).number,
    closeIssue: (person, title) => closeIssue(lab, openIssueNamed(state, title), by(person)).number,
    reopenIssue: (person, title) => reopenIssue(lab, state, title, by(person)).number,
    editIssue: (_person, title, replace) => editIssue(lab, openIssueNamed(state, title), replace).number,
    issuesNamed: title => issuesOnPage(state, title),
    releases: () => releasesOnPage(state),
  };
}

function tagObject(
  lab: Lab,
  state: RepositoryState,
  name: string,
  { at, tagger, annotated, message, signed }: TagSpec,
): string {
  const sha = resolveCommit(state, at);
  if (sha === undefined) throw new Error(`${at} is no commit of ${state.fullName}`);
  if (!annotated && message === undefined && signed === undefined) return sha;
  const { name: by, email } = lab.accounts.get(tagger);
  const now = lab.clock.now();
  const armour = signed === undefined ? '' : armourOf(signed.with, `${name} ${sha}`);
  const object = writeTag(
    state.git.objects,
    {
      object: sha,
      type: 'commit',
      tag: name,
      tagger: { name: by, email, time: now },
      message: `${message ?? name}\n`,
    },
    armour,
  );
  if (signed !== undefined) state.tagSignatures.set(object, { armour, reason: signed.reason ?? 'valid', at: now });
  return object;
}
