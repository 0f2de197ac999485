import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabClock } from '../clock/clock.ts';
import { createGitHub } from '../github/github.ts';
import type { GitHubWorld, Repository } from '../github/ports.ts';
import { inputsOf } from './inputs.ts';

export const tags = 10_000;
export const checks = 500;

export interface TagWorld {
  readonly world: GitHubWorld;
  readonly repository: Repository;
  readonly apiUrl: string;
  readonly folder: string;
  close(): Promise<void>;
}

export interface TagRun {
  readonly calls: readonly string[];
  readonly lists: number;
  /** Tags in all lists together. */
  readonly listed: number;
  readonly checkPages: number;
  readonly milliseconds: number;
}

/** A repository with so many tags, `v0.0.0` to `v9.19.49`, and the checks of its one commit. */
export async function openTags(count: number): Promise<TagWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-tags-'));
  const { world, listen } = createGitHub({ clock: wallClock, directory: join(folder, 'git') });
  world.addPerson({ login: 'dana' });
  const repository = world.createRepository({ fullName: 'acme/shop', collaborators: { dana: 'write' } });
  const files = { '.github/release-flow.yml': flow };
  const sha = repository.commit({ branch: 'main', message: 'Start', author: 'dana', files });
  const names = Array.from({ length: count }, (_, index) => {
    const [major, minor] = [Math.floor(index / 1000), Math.floor(index / 50) % 20];
    return `v${major}.${minor}.${index % 50}`;
  });
  if (count > 0) {
    repository.push(
      names.map(name => ({ ref: `refs/tags/${name}`, sha })),
      'dana',
    );
  }
  for (let index = 0; index < checks; index += 1) {
    repository.addCheck({ at: sha, name: `check ${index}`, conclusion: 'success' });
  }
  const { apiUrl, close: stop } = await listen();
  const close = async () => {
    await stop();
    rmSync(folder, { recursive: true });
  };
  return { world, repository, apiUrl, folder, close };
}

/** Tags the commit and lets `dist/validate-tag` judge it; the tag is taken away again. */
export async function judgeTag(
  suite: string,
  { world, repository, apiUrl, folder }: TagWorld,
  tag: string,
): Promise<TagRun> {
  const ref = `refs/tags/${tag}`;
  repository.tag(tag, { at: 'main', tagger: 'dana' });
  const token = world.issueToken({ repository: 'acme/shop', runId: 1, permissions });
  const before = world.calls.length;
  const outputs = join(folder, 'outputs');
  writeFileSync(outputs, '');
  const started = performance.now();
  const child = spawn(process.execPath, [join(suite, 'dist/validate-tag/index.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inputsOf(suite, 'validate-tag', { 'github-token': token }),
      ...{
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_REF: ref,
        GITHUB_SHA: repository.resolve(ref) ?? '',
        GITHUB_ACTOR: 'dana',
      },
      ...{ GITHUB_API_URL: apiUrl, GITHUB_EVENT_NAME: 'push', GITHUB_OUTPUT: outputs },
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise(resolve => child.on('exit', resolve));
  const milliseconds = performance.now() - started;
  if (code !== 0 || !/verdict[\s\S]{0,80}pass/.test(readFileSync(outputs, 'utf8')))
    throw new Error(`${tag} did not pass:\n${said}`);
  const made = world.calls.slice(before);
  const lists = made.filter(({ call }) => call.includes('matching-refs'));
  const beginnings = lists.map(({ path }) => decodeURIComponent(path).replace(/^.*matching-refs\//, 'refs/'));
  const all = [...repository.refs().keys()];
  const run = {
    calls: made.map(({ call }) => call),
    lists: lists.length,
    listed: beginnings.reduce((sum, beginning) => sum + all.filter(name => name.startsWith(beginning)).length, 0),
    checkPages: made.filter(({ call }) => call.endsWith('/check-runs')).length,
    milliseconds,
  };
  repository.deleteRef(ref, 'dana');
  return run;
}

const permissions = { contents: 'read', checks: 'read', statuses: 'read', actions: 'read' } as const;

/** Nothing here waits for lab time, and what is measured is the time of the machine. */
export const wallClock: LabClock = {
  now: () => Date.now(),
  at(time, event) {
    const timer = setTimeout(event, Math.max(0, time - Date.now()));
    timer.unref();
    return () => clearTimeout(timer);
  },
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  hold: () => () => undefined,
};

const flow = `version: 1
service: shop
region: ap-southeast-2
components:
  api: { target: command, tool: script, deploy: [./deploy.sh] }
environments:
  prod:
    from: vX.Y.Z
    checks: [check 0, check ${checks - 1}]
`;
