import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { formatProblem } from '#core/flow/problem';
import type { EnvironmentState } from '#core/journal/state';
import type { WorldEvent } from '../../../packages/lab/github/ports.ts';
import { applicationsOf } from '../../../packages/lab/scenario/applications.ts';
import { journalBranch } from '../../../packages/lab/scenario/journal-branch.ts';
import { versionsBehind } from '../../../packages/lab/scenario/look.ts';
import { readWorld } from '../../../packages/lab/scenario/read.ts';
import { outsideJob } from '../../../packages/lab/shell/job.ts';
import { type OpenWorld, openWorld } from '../../../packages/lab/shell/open-world.ts';
import { writeStandIns } from './stand-ins.ts';
import { copySuite } from './suite-copy.ts';

const file = join(import.meta.dirname, 'dev-path.world.yml');
const host = 'dev-api.unifocus.example.com';
const next = '1.3.0';

/** Long for a deployment of seconds, short for a job that hangs. */
const patience = 5 * 60_000;

/**
 * The way to dev of the Unifocus example, run by act on this machine: a runner that shares no line with the lab's. Answers what
 * does not hold. What act cannot show: environments, the permissions of a token (all jobs get one that can do everything they
 * may), and anything after a failure, where it stops.
 */
export async function devPathUnderAct(act: string, suite: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'release-actions-act-'));
  const read = readWorld(file);
  if (!read.ok) return read.problems.map(formatProblem);
  const troubles: string[] = [];
  const open = await openWorld(read.world, {
    file,
    suite,
    speed: 1,
    runs: false,
    onTrouble: text => troubles.push(text),
  });
  try {
    const pushed = await push(open);
    const code = await run(act, argumentsFor(open, pushed, suite, folder), folder);
    if (code !== 0) return [`act ended with ${code}`];
    return [...troubles, ...shortfalls(open, pushed.sha)];
  } finally {
    await open.lab.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What GitHub tells of a push to main. */
function push({ lab, repository }: OpenWorld): Promise<WorldEvent> {
  const sha = repository.commit({
    branch: 'main',
    message: 'feat: teams',
    author: 'dana',
    files: { 'api/README.md': 'Teams.\n' },
  });
  return new Promise(resolve => {
    lab.github.world.onEvent(event => {
      if (event.name === 'push' && event.sha === sha) resolve(event);
    });
  });
}

function argumentsFor(open: OpenWorld, { sha, payload }: WorldEvent, suite: string, folder: string): readonly string[] {
  const { lab, repository, world } = open;
  const workspace = join(folder, 'unifocus');
  repository.checkout(sha, workspace);
  copySuite(suite, join(folder, 'suite'));
  const event = join(folder, 'event.json');
  writeFileSync(event, JSON.stringify(payload));
  const job = outsideJob(open, 'dev');
  const variables = {
    ...lab.variables,
    ...job.variables,
    SHA_REF: sha, // what act calls GITHUB_SHA
    GITHUB_API_URL: lab.addresses.api,
    GITHUB_GRAPHQL_URL: lab.addresses.graphql,
    LAB_GIT: repository.gitDirectory,
    LAB_DIGEST: build(open),
  };
  return [
    ...['push', '--directory', workspace, '--workflows', '.github/workflows/release.yml', '--eventpath', event],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--actor', world.people[0] ?? '', '--no-cache-server'],
    ...['--action-cache-path', join(folder, 'cache'), '--secret', `GITHUB_TOKEN=${job.token}`],
    ...['--local-repository', `org/release-actions@v1=${join(folder, 'suite')}`],
    ...writeStandIns([workspace, join(folder, 'suite')], join(folder, 'stand-ins')),
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
}

/** What the build job would push: there is no Docker engine here. */
function build({ lab, world }: OpenWorld): string {
  const applications = applicationsOf(world);
  const { region } = world.aws;
  const place = { account: '111111111111', region, repository: 'unifocus-dev-api' };
  const digest = lab.aws.ecr.push({ ...place, tags: [next], content: `unifocus-api@${next}` });
  lab.aws.behaviours.set(digest, account => applications('unifocus-api', next, account));
  return digest;
}

function run(act: string, args: readonly string[], folder: string): Promise<number | string> {
  // act asks a newcomer which images to use; an empty file of settings answers it.
  const settings = join(folder, 'settings');
  mkdirSync(join(settings, 'act'), { recursive: true });
  writeFileSync(join(settings, 'act/actrc'), '');
  const env = {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    XDG_CONFIG_HOME: settings,
    XDG_CACHE_HOME: join(folder, 'cache'),
  };
  const child = spawn(act, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code !== 0) console.log(output);
      resolve(code ?? signal ?? 'nothing');
    });
  });
}

function shortfalls({ lab, repository }: OpenWorld, sha: string): readonly string[] {
  const text = repository.readFile(journalBranch('dev'), 'state.json')?.toString('utf8') ?? 'null';
  const state = JSON.parse(text) as EnvironmentState | null;
  const versions = versionsBehind(lab, host) ?? [];
  return [
    ...differs('the commit that the journal calls verified in dev', sha, state?.verified?.release.sha),
    ...differs('the lock of dev', null, state?.lock),
    ...differs(`what ${host} serves`, next, versions.join(', ')),
    ...lab.aws.handler.unmodelled.map(call => `AWS: ${call} is not modelled`),
    ...lab.github.world.unmodelled.map(call => `GitHub: ${call} is not modelled`),
    ...lab.github.world.violations,
  ];
}

function differs(what: string, wanted: unknown, found: unknown): readonly string[] {
  return wanted === found ? [] : [`${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
}
