import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';

/** Nobody's own configuration may change what the lab's git does. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

export interface GitAnswer {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs git to its end: a few milliseconds, and nothing else happens in the lab meanwhile. */
export function git(directory: string, ...parameters: readonly string[]): GitAnswer {
  const answer = spawnSync('git', parameters, {
    cwd: directory,
    env: gitEnvironment(),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (answer.error) throw new Error('the lab needs the program git', { cause: answer.error });
  return { code: answer.status ?? 1, output: answer.stdout, errors: answer.stderr };
}

/** As `git`, for what cannot fail unless the lab is wrong. */
export function mustGit(directory: string, ...parameters: readonly string[]): string {
  const answer = git(directory, ...parameters);
  if (answer.code !== 0)
    throw new Error(`git ${parameters.join(' ')} ended with ${answer.code}: ${answer.errors.trim()}`);
  return answer.output;
}
