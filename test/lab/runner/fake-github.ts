/** Just enough of GitHub for the runner: commits are maps of files, reviewers are asked, what it is told is kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EnvironmentDecision, Job, JobChange, JobGrant, Run, WorldEvent } from '#lab/github/ports';
import type { RunnerGitHub, RunnerRepository } from '#lab/runner/ports';

export type Files = Readonly<Record<string, string>>;

export interface FakeGitHub extends RunnerGitHub {
  commit(repository: string, files: Files, ref: string): string;
  approve(environment: string): void;
  reject(environment: string): void;
  readonly grants: JobGrant[];
  readonly jobs: Map<number, { run: number; name: string; change: JobChange; keptFrom?: number }>;
  readonly runStatuses: string[];
  readonly secrets: Record<string, string>;
  readonly environmentSecrets: Record<string, Record<string, string>>;
  readonly variables: Record<string, string>;
  /** Environment → reviewers. */
  readonly reviewers: Record<string, string[]>;
}

export function createFakeGitHub(now: () => number): FakeGitHub {
  const repositories = new Map<string, RunnerRepository>();
  const commits = new Map<string, Files>();
  const refs = new Map<string, string>();
  const pending = new Map<string, ((decision: EnvironmentDecision) => void)[]>();
  const runs = new Map<number, Run>();
  let last = 100;
  const id = () => ++last;

  const decide = (environment: string, decision: EnvironmentDecision) => {
    const waiting = pending.get(environment) ?? [];
    pending.delete(environment);
    if (waiting.length === 0) throw new Error(`Nobody waits for ${environment}`);
    for (const decided of waiting) decided(decision);
  };

  const fake: FakeGitHub = {
    grants: [],
    jobs: new Map(),
    runStatuses: [],
    secrets: {},
    environmentSecrets: {},
    variables: {},
    reviewers: {},
    hasRepository: name => repositories.has(name),
    repository(name) {
      const found = repositories.get(name);
      if (!found) throw new Error(`No repository ${name}`);
      return found;
    },
    person: login => ({ login, id: 7 }),
    issueToken(grant) {
      fake.grants.push(grant);
      return `ghs_${'0'.repeat(30)}${fake.grants.length}`;
    },
    revokeToken: () => undefined,
    commit(name, files, ref) {
      const sha = String(commits.size + 1).padStart(40, 'a');
      commits.set(sha, files);
      refs.set(`${name}:${ref}`, sha);
      if (!repositories.has(name)) repositories.set(name, createRepository(name));
      return sha;
    },
    approve: environment => decide(environment, { state: 'entered', by: 'lead' }),
    reject: environment => decide(environment, { state: 'rejected', by: 'lead', message: 'Rejected by lead' }),
  };

  function createRepository(fullName: string): RunnerRepository {
    const [owner = '', name = ''] = fullName.split('/');
    return {
      fullName,
      owner,
      name,
      id: 1,
      ownerId: 2,
      addArtifact: ({ archive }) => ({ id: archive.length, digest: 'sha256:0123' }),
      defaultBranch: 'main',
      resolve: revision =>
        commits.has(revision)
          ? revision
          : (refs.get(`${fullName}:${revision}`) ??
            refs.get(`${fullName}:refs/heads/${revision}`) ??
            refs.get(`${fullName}:refs/tags/${revision}`)),
      readFile: (sha, path) => {
        const content = commits.get(sha)?.[path];
        return content === undefined ? undefined : Buffer.from(content);
      },
      listFiles: sha => Object.keys(commits.get(sha) ?? {}),
      changedFiles: () => ['src/index.js'],
      checkout(sha, directory) {
        for (const [path, content] of Object.entries(commits.get(sha) ?? {})) {
          const file = join(directory, path);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, content);
        }
      },
      environments: () => Object.keys(fake.reviewers).map(name => ({ name })),
      variables: () => fake.variables,
      secrets: environment => ({ ...fake.secrets, ...(environment ? fake.environmentSecrets[environment] : {}) }),
      createRun(spec) {
        const run: Run = {
          ...spec,
          id: spec.id ?? id(),
          repository: fullName,
          number: runs.size + 1,
          attempt: 1,
          workflowId: 1,
          triggeringActor: spec.actor,
          status: 'queued',
          conclusion: undefined,
          referencedWorkflows: [],
          pullRequests: [],
          checkSuiteId: 1,
          createdAt: now(),
          startedAt: now(),
          updatedAt: now(),
        };
        runs.set(run.id, run);
        return run;
      },
      updateRun(runId, change) {
        const run = { ...known(runId), ...change };
        runs.set(runId, run);
        if (change.status) fake.runStatuses.push(change.status);
        return run;
      },
      startAttempt(runId) {
        const run = { ...known(runId), attempt: known(runId).attempt + 1 };
        runs.set(runId, run);
        return run;
      },
      createJob(run, spec): Job {
        const job = id();
        fake.jobs.set(job, { run, name: spec.name, change: {}, ...(spec.keptFrom ? { keptFrom: spec.keptFrom } : {}) });
        return jobOf(job);
      },
      updateJob(jobId, change) {
        const job = fake.jobs.get(jobId);
        if (!job) throw new Error(`No job ${jobId}`);
        job.change = { ...job.change, ...change };
        return jobOf(jobId);
      },
      requestEnvironment({ environment }, decided) {
        const reviewers = fake.reviewers[environment] ?? [];
        const decision: EnvironmentDecision = { state: 'entered' };
        if (reviewers.length === 0) setImmediate(decided, decision);
        else pending.set(environment, [...(pending.get(environment) ?? []), decided]);
        return { reviewers, withdraw: () => void pending.delete(environment) };
      },
    };
  }

  function known(runId: number): Run {
    const run = runs.get(runId);
    if (!run) throw new Error(`No run ${runId}`);
    return run;
  }

  function jobOf(jobId: number): Job {
    const job = fake.jobs.get(jobId);
    return {
      id: jobId,
      runId: job?.run ?? 0,
      attempt: 1,
      name: job?.name ?? '',
      status: job?.change.status ?? 'queued',
      conclusion: job?.change.conclusion,
      labels: [],
      runnerName: undefined,
      environment: undefined,
      environmentUrl: undefined,
      steps: [],
      annotations: [],
      createdAt: now(),
      startedAt: undefined,
      completedAt: undefined,
    };
  }

  return fake;
}

export function pushOf(repository: string, sha: string, ref: string, message = 'Change something'): WorldEvent {
  return {
    name: 'push',
    repository,
    at: 0,
    ref,
    sha,
    actor: 'alice',
    payload: { ref, before: 'b'.repeat(40), after: sha, head_commit: { id: sha, message } },
  };
}
