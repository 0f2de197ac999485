import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReference } from '#core/release';
import type { LabClock } from '#lab/clock/clock';
import { createGitHub } from '#lab/github/github';
import type { GitHubWorld, Repository } from '#lab/github/ports';

const fullName = 'acme/shop';

/** A run, and the token of its job. */
export interface Started {
  readonly run: RunReference;
  readonly token: string;
}

/** The lab’s GitHub with one repository, in which every run has an hour of its own. */
export interface RacingGitHub {
  readonly world: GitHubWorld;
  readonly repository: Repository;
  readonly apiUrl: string;
  startRun(): Started;
  endRun(id: number): void;
  close(): Promise<void>;
}

export async function openGitHub(): Promise<RacingGitHub> {
  const directory = mkdtempSync(join(tmpdir(), 'races-'));
  let hours = 0;
  // Every race has an hour of its own: GitHub takes five hundred writes in one.
  const clock: LabClock = {
    now: () => Date.parse('2026-11-17T00:00:00Z') + hours * 3_600_000,
    at: (_time, event) => {
      const timer = setImmediate(event);
      return () => clearImmediate(timer);
    },
    sleep: async () => undefined,
    hold: () => () => undefined,
  };
  const { world, listen } = createGitHub({ clock, directory });
  world.addPerson({ login: 'dana' });
  const repository = world.createRepository({ fullName, collaborators: { dana: 'write' } });
  const sha = repository.commit({ branch: 'main', message: 'Start', author: 'dana', files: { 'a.txt': 'a' } });
  const { apiUrl, close } = await listen();
  return {
    world,
    repository,
    apiUrl,
    startRun() {
      hours += 1;
      const path = '.github/workflows/release.yml';
      const { id } = repository.createRun({
        ...{ path, workflowName: 'release', title: 'Release', event: 'push' },
        ...{ ref: 'refs/heads/main', sha, actor: 'dana' },
      });
      repository.updateRun(id, { status: 'in_progress' });
      const permissions = { contents: 'write', actions: 'read' } as const;
      const url = `https://github.com/${fullName}/actions/runs/${id}/attempts/1`;
      return {
        run: { repository: fullName, id, attempt: 1, url, actor: 'dana' },
        token: world.issueToken({ repository: fullName, runId: id, permissions }),
      };
    },
    endRun: id => void repository.updateRun(id, { status: 'completed', conclusion: 'success' }),
    async close() {
      await close();
      rmSync(directory, { recursive: true });
    },
  };
}
