import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** A repository of its own, outside of any workflow, on which the built actions are run as a runner would run them. */
export interface Workshop {
  /** The checkout. */
  readonly workspace: string;
  /** Where states are: outside of the checkout. */
  readonly states: string;
  commit(files: Readonly<Record<string, string | null>>): string;
  start(action: 'deploy' | 'rollback', inputs: Readonly<Record<string, string>>): RunningAction;
  run(action: 'deploy' | 'rollback', inputs: Readonly<Record<string, string>>): Promise<ActionRun>;
}

export interface RunningAction {
  readonly child: ChildProcess;
  readonly ended: Promise<ActionRun>;
}

export interface ActionRun {
  readonly outputs: Readonly<Record<string, string>>;
  /** The log and the summary: whatever people can read. */
  readonly shown: string;
}

export function openWorkshop(folder: string, suite: string, program: string): Workshop {
  const [workspace, states, temporary] = ['shop', 'states', 'temporary'].map(name => join(folder, name));
  if (workspace === undefined || states === undefined || temporary === undefined) throw new Error('no folders');
  for (const path of [workspace, states, temporary]) mkdirSync(path, { recursive: true });
  const git = (...args: readonly string[]) => {
    const own = ['-c', 'user.name=dana', '-c', 'user.email=dana@example.com', '-c', 'commit.gpgsign=false'];
    const ended = spawnSync('git', [...own, ...args], { cwd: workspace, encoding: 'utf8' });
    if (ended.status !== 0) throw new Error(`git ${args.join(' ')}: ${ended.stderr}`);
    return ended.stdout.trim();
  };
  git('init', '--quiet', '--initial-branch=main');
  let runs = 0;

  const start = (action: 'deploy' | 'rollback', inputs: Readonly<Record<string, string>>): RunningAction => {
    runs += 1;
    const files = ['output', 'summary'].map(name => join(temporary, `${name}-${runs}`));
    for (const file of files) writeFileSync(file, '');
    const [output = '', summary = ''] = files;
    const child = spawn(process.execPath, [join(suite, 'dist', action, 'index.js')], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH: [dirname(program), dirname(process.execPath), process.env.PATH].join(delimiter), HOME: folder },
        ...{ GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary, GITHUB_RUN_ID: String(runs), GITHUB_ACTIONS: 'true' },
        ...{ GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_REPOSITORY: 'acme/shop' },
        ...{ TF_VAR_password: 'hunter2-of-the-database' },
        ...Object.fromEntries(
          Object.entries({ ...defaults, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
      },
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const ended = new Promise<ActionRun>(resolve => {
      child.on('close', () =>
        resolve({
          outputs: readOutputs(readFileSync(output, 'utf8')),
          // The runner takes these lines out of the log.
          shown: log.replaceAll(/^::add-mask::.*$/gm, '') + readFileSync(summary, 'utf8'),
        }),
      );
    });
    return { child, ended };
  };

  return {
    workspace,
    states,
    start,
    run: (action, inputs) => start(action, inputs).ended,
    commit(files) {
      for (const [path, content] of Object.entries(files)) {
        const file = join(workspace, path);
        mkdirSync(dirname(file), { recursive: true });
        if (content === null) rmSync(file, { force: true });
        else writeFileSync(file, content);
      }
      git('add', '--all');
      git('commit', '--quiet', '--message', 'Change');
      return git('rev-parse', 'HEAD');
    },
  };
}

/** What action.yml would fill in. */
const defaults = {
  ...{ 'dry-run': 'false', 'github-token': 'none', timeout: '10m' },
  ...{ 'on-failure': 'rollback', 'on-cancel': 'rollback' },
};

/** `name<<delimiter`, the value, the delimiter. Source: docs.github.com, “Workflow commands”. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/^(?<name>[\w-]+)<<(?<end>\S+)\n(?<value>[\s\S]*?)\n\k<end>$/gm)];
  return Object.fromEntries(found.map(({ groups }) => [groups?.name ?? '', groups?.value ?? '']));
}
