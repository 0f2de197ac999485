import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { iamActions } from '../assembly/models.ts';
import { gitEnvironment, mustGit } from '../github/git/process.ts';
import { without } from './prepare-roles.ts';
import type { Expectation, Step } from './schema.ts';
import { differs, holds, lacks } from './shortfall.ts';
import { type Said, type Stage, tell } from './stage.ts';

type CommandLine = NonNullable<Step['command-line']>;

/** Runs a command of the built suite where its author would: in a clone, with a token and the clouds of the lab. */
export async function runCommandLine(stage: Stage, line: CommandLine): Promise<void> {
  const { by, words, branch = stage.repository.defaultBranch, replace = {} } = line;
  tell(stage, `${by} runs release-actions ${words.join(' ')}`);
  const clone = mkdtempSync(join(tmpdir(), 'release-lab-clone-'));
  try {
    const { gitDirectory, fullName } = stage.repository;
    mustGit(clone, 'clone', '--quiet', '--branch', branch, `file://${gitDirectory}`, '.');
    mustGit(clone, 'remote', 'set-url', 'origin', `https://github.com/${fullName}.git`);
    for (const [pattern, texts] of Object.entries(replace)) replaceIn(clone, pattern, texts);
    const token = stage.lab.github.world.issueUserToken(by);
    const said = await start(stage, clone, words, { GITHUB_TOKEN: token, ...credentialsOf(stage, line) });
    if (said.output.includes(token)) stage.troubles.push(`${by}’s token can be read in what ${words[0]} says`);
    for (const text of said.output.trimEnd().split('\n')) stage.narrate(`      ${text}`);
    stage.said.push(said);
  } finally {
    rmSync(clone, { recursive: true });
  }
}

function replaceIn(folder: string, pattern: string, texts: Readonly<Record<string, string>>): void {
  for (const [from, to] of Object.entries(texts)) {
    const paths = globSync(pattern, { cwd: folder }).filter(path =>
      readFileSync(join(folder, path), 'utf8').includes(from),
    );
    if (paths.length === 0) throw new Error(`no ${pattern} contains “${from}”`);
    for (const path of paths) {
      const file = join(folder, path);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
    }
  }
}

/** What their machine itself has is nobody’s here: neither profiles, nor an instance that would answer. */
function credentialsOf({ lab }: Stage, { account, denied = [] }: CommandLine): NodeJS.ProcessEnv {
  const nobody = {
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  if (account === undefined) return nobody;
  const key = `AKIALAB${account}`;
  const allowed = without(iamActions, denied);
  lab.aws.sts.addKey(key, { account, principal: `arn:aws:iam::${account}:user/person`, allowed });
  return { ...nobody, AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: 'the-lab-checks-no-signature' };
}

async function start(
  { lab, suite, time }: Stage,
  cwd: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Said> {
  const child = spawn(process.execPath, [join(suite, 'dist/cli/index.js'), ...words], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...gitEnvironment(),
      ...lab.variables,
      ...lab.childVariables,
      GITHUB_API_URL: lab.addresses.api,
      ...environment,
    },
  });
  lab.clock.follow(child);
  const before = lab.github.world.calls.length;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = new Promise<number | null>(resolve => child.once('close', resolve));
  await time.pass(async () => void (await end));
  return { exit: await end, output, calls: lab.github.world.calls.length - before };
}

export function commandLineShortfalls(
  { said }: Stage,
  wanted: NonNullable<Expectation['command-line']>,
): readonly string[] {
  const last = said.at(-1);
  if (last === undefined) return ['no command was run'];
  return [
    ...differs('the command, exit code', wanted.exit, last.exit).map(text => `${text}:\n${last.output}`),
    ...differs('the command, calls of GitHub', wanted['github-calls'], last.calls),
    ...lacks('what the command says', wanted.says, last.output),
    ...holds('what the command says', wanted['says-not'], last.output),
  ];
}
