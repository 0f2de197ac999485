import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFlow } from '#core/flow/parse';
import { makePlan } from '#core/plan/make-plan';
import { createGitHub } from '../github/github.ts';
import type { GitHubWorld } from '../github/ports.ts';
import { inputsOf } from './inputs.ts';
import { wallClock } from './tags-run.ts';

/** What people said of the pull request that is released: more than a page of a list holds. */
export const reviews = 150;

export interface GateWorld {
  readonly world: GitHubWorld;
  readonly apiUrl: string;
  readonly folder: string;
  /** The merged commit. */
  readonly sha: string;
  close(): Promise<void>;
}

export interface GateRun {
  readonly calls: readonly string[];
  readonly rules: number;
  readonly milliseconds: number;
}

/** A repository with a reviewed pull request, and a file of holidays on its default branch. */
export async function openGates(): Promise<GateWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-gates-'));
  const { world, listen } = createGitHub({ clock: wallClock, directory: join(folder, 'git') });
  for (const login of ['dana', 'lena', 'otto']) world.addPerson({ login });
  const repository = world.createRepository({
    fullName: 'acme/shop',
    collaborators: { dana: 'write', lena: 'write', otto: 'write' },
    environments: [{ name: 'prod', reviewers: ['lena'] }],
  });
  const holidays = '- 2099-12-25 Christmas\n';
  repository.commit({ branch: 'main', message: 'Start', author: 'dana', files: { '.github/holidays.yml': holidays } });
  repository.commit({ branch: 'change', from: 'main', message: 'feat: two', author: 'dana', files: { two: '2' } });
  const number = repository.openPullRequest('dana', { title: 'feat: two', head: 'change' });
  for (let index = 0; index < reviews; index += 1) repository.reviewPullRequest('otto', number, 'COMMENTED', 'Hm');
  for (const login of ['lena', 'otto']) repository.reviewPullRequest(login, number, 'APPROVED');
  const sha = repository.mergePullRequest('dana', number);
  const { apiUrl, close: stop } = await listen();
  const close = async () => {
    await stop();
    rmSync(folder, { recursive: true });
  };
  return { world, apiUrl, folder, sha, close };
}

/** The plan of a release of so many components, with these conditions. */
export function planText(sha: string, components: number, gates: string): string {
  const parsed = parseFlow(flowOf(components, gates), { file: 'flow.yml' });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  const made = makePlan({
    ...{ flow: parsed.flow, file: 'flow.yml', environment: 'prod', artifacts: {}, originators: ['dana'] },
    release: { version: '2.0.0', tag: 'v2.0.0', sha, tree: sha },
    ...{ now: Date.now(), vars: {}, operation: 'release', only: [], ref: 'refs/tags/v2.0.0' },
  });
  if (!made.ok) throw new Error(made.findings.map(({ message }) => message).join('\n'));
  return JSON.stringify(made.plan);
}

function flowOf(components: number, gates: string): string {
  const names = Array.from(
    { length: components },
    (_, index) => `  c${index}: { target: command, tool: script, deploy: [./deploy.sh] }`,
  );
  return `version: 1
service: shop
components:
${names.join('\n')}
environments:
  prod:
    from: vX.Y.Z
    approve: { by: lena }
${gates}`;
}

/** Lets `dist/gate-approval` look at the plan, as before anybody is asked; it writes nothing down. */
export async function judgeGates(
  suite: string,
  { world, apiUrl, folder, sha }: GateWorld,
  plan: string,
): Promise<GateRun> {
  const token = world.issueToken({ repository: 'acme/shop', runId: 1, permissions });
  const before = world.calls.length;
  const outputs = join(folder, 'outputs');
  writeFileSync(outputs, '');
  const started = performance.now();
  const child = spawn(process.execPath, [join(suite, 'dist/gate-approval/index.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inputsOf(suite, 'gate-approval', { 'github-token': token, plan, stage: 'plan', 'dry-run': 'true' }),
      ...{ GITHUB_REPOSITORY: 'acme/shop', GITHUB_REF: 'refs/tags/v2.0.0', GITHUB_SHA: sha, GITHUB_ACTOR: 'dana' },
      ...{ GITHUB_API_URL: apiUrl, GITHUB_EVENT_NAME: 'push', GITHUB_OUTPUT: outputs },
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise(resolve => child.on('exit', resolve));
  const milliseconds = performance.now() - started;
  if (code !== 0) throw new Error(`the gate did not pass:\n${said}`);
  const result = /result<<(\S+)\n([\s\S]*?)\n\1/.exec(readFileSync(outputs, 'utf8'))?.[2] ?? '{}';
  const { rules = [] } = JSON.parse(result) as { readonly rules?: readonly unknown[] };
  return { calls: world.calls.slice(before).map(({ call }) => call), rules: rules.length, milliseconds };
}

const permissions = { contents: 'read', actions: 'read', issues: 'read', 'pull-requests': 'read' } as const;
