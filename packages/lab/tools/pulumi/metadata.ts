import { execFileSync } from 'node:child_process';
import type { CommandLine } from './flags.ts';

/** Flags whose value the history keeps to itself. */
const withheld = new Set(['stack', 'plan', 'save-plan', 'config', 'message']);
const told = ['json', 'non-interactive', 'plan', 'skip-preview', 'stack', 'yes', 'refresh', 'message', 'config'];
const variables = ['PULUMI_BACKEND_URL', 'PULUMI_CONFIG_PASSPHRASE', 'PULUMI_SKIP_UPDATE_CHECK'];

/**
 * What the history says of the surroundings of an update: variables and flags without their values, and the commit where the project is in a git
 * repository (`git.head`, as Pulumi’s `backend.GitHead`).
 */
export function environmentOf(line: CommandLine, folder: string): Record<string, string> {
  const flags = told.filter(flag => line.has(flag) || line.value(flag) !== undefined);
  const entries: [string, string][] = [
    ['exec.kind', 'cli'],
    ['pulumi.arch', 'amd64'],
    ...variables.flatMap((name): [string, string][] => {
      const value = process.env[name];
      return value === undefined ? [] : [[`pulumi.env.${name}`, value === 'true' ? 'true' : 'set']];
    }),
    ...flags.map((flag): [string, string] => [`pulumi.flag.${flag}`, withheld.has(flag) ? 'set' : 'true']),
    ['pulumi.os', 'linux'],
    ['pulumi.version', ''],
    ['stack.environments', '[]'],
    ['updatePlan', String(line.value('plan') !== undefined)],
    ...gitHead(folder),
  ];
  return Object.fromEntries(entries.toSorted(([one], [other]) => one.localeCompare(other)));
}

function gitHead(folder: string): readonly [string, string][] {
  try {
    const head = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return [['git.head', head.trim()]];
  } catch {
    return [];
  }
}
