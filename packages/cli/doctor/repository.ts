import { createGitHub, type GitHub } from '#github/client';
import { clock, random } from '../clock.ts';
import type { Terminal } from '../command.ts';
import { git } from '../git.ts';
import { wrongWords } from '../words.ts';

/** GitHub, as the token of the environment may see it, for a repository that is named or that the working copy comes from. */
export function openGitHub({ env, cwd }: Terminal, named: string | undefined): GitHub {
  const token = env.GITHUB_TOKEN ?? env.GH_TOKEN ?? '';
  if (token === '') throw wrongWords('There is no token: set GITHUB_TOKEN, such as to what `gh auth token` says.');
  const repository = named ?? repositoryOf(git(cwd, ['remote', 'get-url', 'origin']).toString('utf8'));
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw wrongWords(`“${named ?? 'origin'}” names no repository of GitHub; say --repo owner/name.`);
  }
  return createGitHub({
    token,
    repository,
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    clock,
    random,
  });
}

/** `git@github.com:owner/name.git`, `https://github.com/owner/name`, `ssh://git@host/owner/name.git`. */
export function repositoryOf(url: string): string | undefined {
  return /^(?:[\w.-]+@[\w.-]+:|(?:https?|ssh|git):\/\/[^/]+\/)(?<name>[^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(url.trim())
    ?.groups?.name;
}
