/** A small GitHub for these tests: one repository, three people, a clock that moves when it is told to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getOctokit } from '@actions/github';
import type { LabClock } from '#lab/clock/clock';
import { createGitHub } from '#lab/github/github';
import type { GitHubWorld, Permissions, Repository, WorldEvent } from '#lab/github/ports';

export interface ManualClock extends LabClock {
  /** Moves time on and runs what falls due, in order. */
  advance(milliseconds: number): void;
  readonly holds: number;
}

export function manualClock(start = Date.UTC(2026, 10, 21, 9)): ManualClock {
  let time = start;
  let holds = 0;
  let order = 0;
  const events: { at: number; order: number; run: () => void }[] = [];
  const runUntil = (end: number) => {
    for (;;) {
      events.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = events[0];
      if (!next || next.at > end) break;
      events.shift();
      time = Math.max(time, next.at);
      next.run();
    }
    time = end;
  };
  return {
    now: () => time,
    at(when, run) {
      order += 1;
      const event = { at: when, order, run };
      events.push(event);
      return () => {
        const index = events.indexOf(event);
        if (index >= 0) events.splice(index, 1);
      };
    },
    sleep: () => Promise.reject(new Error('nobody sleeps here')),
    hold() {
      holds += 1;
      let open = true;
      return () => {
        if (open) holds -= 1;
        open = false;
      };
    },
    advance: milliseconds => runUntil(time + milliseconds),
    get holds() {
      return holds;
    },
  };
}

export type Octokit = ReturnType<typeof getOctokit>;

export interface TestLab {
  readonly clock: ManualClock;
  readonly world: GitHubWorld;
  readonly repository: Repository;
  readonly events: WorldEvent[];
  /** First commit of `main`. */
  readonly first: string;
  readonly apiUrl: string;
  /** Requests that the lab keeps waiting on purpose. */
  waiting(): number;
  /** As a job with these permissions. Each call is its own run. */
  job(permissions: Permissions): Octokit;
  person(login: string): Octokit;
  client(token: string): Octokit;
  close(): Promise<void>;
}

export const at = { owner: 'unifocus', repo: 'api' };

export async function openLab(): Promise<TestLab> {
  const clock = manualClock();
  const directory = mkdtempSync(join(tmpdir(), 'lab-github-'));
  let waiting = 0;
  const keepWaiting = () => {
    waiting += 1;
    return () => {
      waiting -= 1;
    };
  };
  const { world, listen } = createGitHub({ clock, directory, keepWaiting });
  for (const login of ['alice', 'bob', 'carol']) world.addPerson({ login });
  world.addTeam('unifocus', 'ops', ['carol']);
  const repository = world.createRepository({
    fullName: 'unifocus/api',
    collaborators: { alice: 'write', bob: 'write', carol: 'admin' },
    environments: [
      { name: 'prod', reviewers: ['bob', '@unifocus/ops'], preventSelfReview: true, refs: { tags: ['v*.*.*'] } },
      { name: 'stage', waitTimer: 5 },
    ],
    protections: [
      { pattern: 'kept/reviewed', reviews: 2, checks: ['build'] },
      { pattern: 'kept/*' },
      { pattern: 'spared', 'spares-administrators': true },
    ],
  });
  const files = { 'README.md': 'Hello\n', '.github/workflows/release.yml': workflow };
  const first = repository.commit({ branch: 'main', message: 'Start', author: 'alice', files });
  const events: WorldEvent[] = [];
  world.onEvent(event => events.push(event));
  clock.advance(2_000);
  events.length = 0;
  const { apiUrl, close } = await listen();
  const client = (token: string) => getOctokit(token, { baseUrl: apiUrl });
  let runs = 0;
  return {
    clock,
    world,
    repository,
    events,
    first,
    apiUrl,
    waiting: () => waiting,
    client,
    person: login => client(world.issueUserToken(login)),
    job(permissions) {
      runs += 1;
      return client(world.issueToken({ repository: repository.fullName, runId: runs, permissions }));
    },
    async close() {
      await close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const workflow = `name: Release
on:
  push: { tags: ['v*'] }
  workflow_dispatch:
    inputs:
      environment: { type: choice, options: [stage, prod], required: true }
      reason: { type: string }
      force: { type: boolean }
jobs: {}
`;
