import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A pinned tool, and where it is installed from. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly from:
    | { readonly registry: 'go'; readonly module: string }
    /** `distribution`: its name at PyPI, extras included, where the program has another one. */
    | { readonly registry: 'pypi'; readonly distribution?: string };
}

export type Installed =
  | {
      readonly ok: true;
      /** Its path. */
      readonly program: string;
      readonly run: (args: readonly string[], cwd: string) => number;
    }
  | { readonly ok: false; readonly message: string };

/** Finds the tool in the cache, or installs it there: seconds, once for each version. */
export function installed(tool: Tool): Installed {
  const folder = join(cacheFolder(), `${tool.name}-${tool.version}`);
  const program = join(folder, 'bin', tool.name);
  const fault = existsSync(program) ? undefined : install(tool, folder);
  if (fault !== undefined) {
    // Half an installation would be taken for a whole one the next time.
    rmSync(folder, { recursive: true, force: true });
    return { ok: false, message: fault };
  }
  return { ok: true, program, run: (args, cwd) => spawnSync(program, args, { cwd, stdio: 'inherit' }).status ?? 1 };
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'release-actions');
}

/** Says what went wrong, if anything did. */
function install({ name, version, from }: Tool, folder: string): string | undefined {
  mkdirSync(folder, { recursive: true });
  switch (from.registry) {
    case 'go':
      return attempt('go', ['install', `${from.module}@v${version}`], { GOBIN: join(folder, 'bin') });
    case 'pypi':
      return (
        attempt('python3', ['-m', 'venv', folder]) ??
        attempt(join(folder, 'bin', 'pip'), [
          'install',
          '--quiet',
          '--only-binary=:all:',
          `${from.distribution ?? name}==${version}`,
        ])
      );
  }
}

function attempt(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string | undefined {
  const ended = spawnSync(program, args, { env: { ...process.env, ...env }, encoding: 'utf8' });
  return ended.status === 0 ? undefined : whatWentWrong(program, args, ended);
}

function whatWentWrong(program: string, args: readonly string[], ended: SpawnSyncReturns<string>): string {
  if (ended.error !== undefined && 'code' in ended.error && ended.error.code === 'ENOENT') {
    return `${program} is not installed on this machine`;
  }
  return `\`${program} ${args.join(' ')}\` failed: ${ended.error?.message ?? ended.stderr.trim()}`;
}
