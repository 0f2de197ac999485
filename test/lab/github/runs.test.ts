import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunRequest } from '#lab/github/ports';
import { at, openLab, type TestLab } from './world.ts';

let lab: TestLab;
let runId: number;
beforeAll(async () => {
  lab = await openLab();
  const path = '.github/workflows/release.yml';
  const run = lab.repository.createRun({
    path,
    workflowName: 'Release',
    title: 'Start',
    event: 'push',
    ref: 'refs/heads/main',
    sha: lab.first,
    actor: 'alice',
    referencedWorkflows: [
      { path: 'org/release-actions/.github/workflows/release.yml@v1', sha: lab.first, ref: 'refs/tags/v1' },
    ],
  });
  runId = run.id;
});
afterAll(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

describe('a run', () => {
  test('is shown as it goes on, attempt by attempt', async () => {
    const api = lab.job({ actions: 'read' }).rest.actions;
    const job = lab.repository.createJob(runId, { name: 'release / plan' });
    lab.repository.updateRun(runId, { status: 'in_progress' });
    lab.repository.updateJob(job.id, { status: 'in_progress' });
    lab.clock.advance(60_000);
    lab.repository.updateJob(job.id, {
      status: 'completed',
      conclusion: 'failure',
      steps: [{ name: 'plan', number: 1, status: 'completed', conclusion: 'failure' }],
    });
    lab.repository.updateRun(runId, { status: 'completed', conclusion: 'failure' });
    expect((await api.getWorkflowRun({ ...at, run_id: runId })).data).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      run_attempt: 1,
      run_number: 1,
      head_branch: 'main',
      head_sha: lab.first,
      path: '.github/workflows/release.yml',
      actor: { login: 'alice' },
      triggering_actor: { login: 'alice' },
      referenced_workflows: [{ path: 'org/release-actions/.github/workflows/release.yml@v1' }],
    });

    lab.repository.startAttempt(runId, { triggeringActor: 'bob' });
    lab.repository.createJob(runId, { name: 'release / plan' });
    const { data: second } = await api.getWorkflowRun({ ...at, run_id: runId });
    expect(second).toMatchObject({
      run_attempt: 2,
      conclusion: null,
      actor: { login: 'alice' },
      triggering_actor: { login: 'bob' },
    });
    const { data: first } = await api.getWorkflowRunAttempt({ ...at, run_id: runId, attempt_number: 1 });
    expect(first).toMatchObject({ run_attempt: 1, conclusion: 'failure' });
    const { data: jobs } = await api.listJobsForWorkflowRunAttempt({ ...at, run_id: runId, attempt_number: 1 });
    expect(jobs).toMatchObject({
      total_count: 1,
      jobs: [{ name: 'release / plan', conclusion: 'failure', run_attempt: 1 }],
    });
    expect((await api.listJobsForWorkflowRun({ ...at, run_id: runId, filter: 'all' })).data.total_count).toBe(2);
  });

  test('is found by status, branch and commit', async () => {
    const list = async (query: object) =>
      (await lab.job({ actions: 'read' }).rest.actions.listWorkflowRunsForRepo({ ...at, ...query })).data.total_count;
    expect(await list({ status: 'queued' })).toBe(1);
    expect(await list({ branch: 'other' })).toBe(0);
    expect(await list({ head_sha: lab.first })).toBe(1);
  });

  test('that runs is not started again; a completed one is, by who asked', async () => {
    const requests: RunRequest[] = [];
    const stop = lab.world.onRunRequest(request => requests.push(request));
    const person = lab.person('bob').rest.actions;
    await expect(person.reRunWorkflow({ ...at, run_id: runId })).rejects.toMatchObject({ status: 403 });
    await person.cancelWorkflowRun({ ...at, run_id: runId });
    lab.repository.updateRun(runId, { status: 'completed', conclusion: 'cancelled' });
    await expect(person.cancelWorkflowRun({ ...at, run_id: runId })).rejects.toMatchObject({ status: 409 });
    await person.reRunWorkflowFailedJobs({ ...at, run_id: runId });
    lab.clock.advance(2_000);
    expect(requests).toMatchObject([
      { kind: 'cancel', runId, by: 'bob', force: false },
      { kind: 'rerun', runId, by: 'bob', only: 'failed' },
    ]);
    stop();
  });

  test('of more than 30 days ago is not started again', () => {
    lab.clock.advance(31 * 24 * 3_600_000);
    expect(() => lab.repository.rerun('bob', runId)).toThrow(/over a month ago/);
  });
});

test('jobs are check runs of the commit', async () => {
  const { data } = await lab.job({ checks: 'read' }).rest.checks.listForRef({ ...at, ref: 'main' });
  expect(data.check_runs.map(check => check.name)).toEqual(['release / plan']);
});

test('a checkout has the files, the commit and, when asked, only that', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-checkout-'));
  const second = lab.repository.commit({
    branch: 'main',
    message: 'Two',
    author: 'alice',
    files: { 'run.sh': '#!/bin/sh\n' },
    executable: ['run.sh'],
  });
  const git = (name: string, ...parameters: string[]) =>
    execFileSync('git', parameters, {
      cwd: join(folder, name),
      env: { PATH: process.env.PATH },
      encoding: 'utf8',
    }).trim();
  lab.repository.checkout(second, join(folder, 'full'));
  lab.repository.checkout(second, join(folder, 'shallow'), { depth: 1 });
  expect(readFileSync(join(folder, 'full', 'README.md'), 'utf8')).toBe('Hello\n');
  expect(git('full', 'rev-parse', 'HEAD')).toBe(second);
  expect(git('full', 'rev-list', '--count', 'HEAD')).toBe('2');
  expect(git('full', 'rev-parse', 'origin/main')).toBe(second);
  expect(git('full', 'ls-files', '--stage', 'run.sh')).toMatch(/^100755 /);
  expect(git('shallow', 'rev-list', '--count', 'HEAD')).toBe('1');
  expect(git('shallow', 'status', '--porcelain')).toBe('');
  rmSync(folder, { recursive: true });
});
