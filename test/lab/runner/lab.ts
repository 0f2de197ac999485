import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLabClock } from '#lab/clock/lab-clock';
import type { WorldEvent } from '#lab/github/ports';
import type { KnownActions } from '#lab/runner/known-actions/known-action';
import { standardActions } from '#lab/runner/known-actions/standard';
import type { RunnerPorts } from '#lab/runner/ports';
import type { JobRecord, RunnerEvent, RunRecord } from '#lab/runner/records';
import { createRunner, type Runner } from '#lab/runner/runner';
import { createFakeGitHub, type FakeGitHub, type Files, pushOf } from './fake-github.ts';

export interface Lab {
  readonly runner: Runner;
  readonly github: FakeGitHub;
  readonly events: RunnerEvent[];
  readonly clock: ReturnType<typeof createLabClock>;
  commit(files: Files, ref?: string): string;
  /** Pushes a commit with the files and lets everything run that can. Answers the last run. */
  push(files: Files, options?: { readonly ref?: string; readonly message?: string }): Promise<RunRecord>;
  trigger(event: Partial<WorldEvent> & { name: string; sha: string }): Promise<RunRecord>;
  settle(): Promise<RunRecord>;
  close(): Promise<void>;
}

export const REPOSITORY = 'acme/shop';

export async function createLab(
  options: { readonly knownActions?: KnownActions } & Pick<Partial<RunnerPorts>, 'oidc' | 'variables' | 'options'> = {},
): Promise<Lab> {
  const { knownActions, ...rest } = options;
  const clock = createLabClock({ start: Date.UTC(2026, 10, 2, 9), mode: 'jump' });
  const access = await clock.listen();
  const github = createFakeGitHub(clock.now);
  const directory = mkdtempSync(join(tmpdir(), 'runner-'));
  const events: RunnerEvent[] = [];
  const runner = createRunner({
    clock,
    github,
    directory,
    addresses: { server: 'http://127.0.0.1', api: 'http://127.0.0.1/api', graphql: 'http://127.0.0.1/graphql' },
    knownActions: { ...standardActions, ...knownActions },
    children: { env: access.env, follow: clock.follow },
    onProgress: event => events.push(event),
    ...rest,
  });
  const lab: Lab = {
    runner,
    github,
    events,
    clock,
    commit: (files, ref = 'refs/heads/main') => github.commit(REPOSITORY, files, ref),
    async push(files, { ref = 'refs/heads/main', message } = {}) {
      const sha = lab.commit(files, ref);
      await runner.trigger(pushOf(REPOSITORY, sha, ref, message));
      return lab.settle();
    },
    async trigger(event) {
      await runner.trigger({
        repository: REPOSITORY,
        at: 0,
        ref: 'refs/heads/main',
        actor: 'alice',
        payload: {},
        ...event,
      });
      return lab.settle();
    },
    async settle() {
      await runner.waitForIdle();
      const run = runner.runs.at(-1);
      if (!run) throw new Error(`No run was started. ${runner.faults.join('\n')}`);
      if (runner.faults.length > 0) throw new Error(runner.faults.join('\n'));
      return run;
    },
    async close() {
      await clock.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return lab;
}

export function job(run: RunRecord, name: string): JobRecord {
  const found = run.jobs.find(one => one.name === name || one.key === name);
  if (!found) throw new Error(`No job ${name} among ${run.jobs.map(one => one.name).join(', ')}`);
  return found;
}

/** Everything that a job's steps wrote. */
export function logOf(record: JobRecord): string {
  return record.steps.flatMap(step => step.log.map(line => line.text)).join('\n');
}

/** Name of each step of the job's own → its conclusion. */
export function stepsOf(record: JobRecord): Record<string, string | undefined> {
  const own = record.steps.filter(step => step.name !== 'Set up job' && step.name !== 'Complete job');
  return Object.fromEntries(own.map(step => [step.name, step.conclusion]));
}

/** Name → conclusion of all jobs. */
export function jobsOf(run: RunRecord): Record<string, string | undefined> {
  return Object.fromEntries(run.jobs.map(one => [one.name, one.conclusion]));
}

/** A workflow on push with these jobs, as YAML. */
export function workflow(jobs: string, top = ''): Files {
  return { '.github/workflows/main.yml': `name: Main\non: push\n${top}\njobs:\n${indent(jobs, 2)}` };
}

/** A job with these steps. */
export function steps(yaml: string): Files {
  return workflow(`work:\n  runs-on: ubuntu-latest\n  steps:\n${indent(yaml, 4)}`);
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .map(line => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n');
}
