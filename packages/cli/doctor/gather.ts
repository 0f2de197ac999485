import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesOf } from '#core/doctor/branches';
import { callersIn } from '#core/doctor/callers';
import type { DoctorFacts } from '#core/doctor/facts';
import { FindingError } from '#core/finding';
import { type Sought, seek } from '#core/gate/sought';
import { journalBranch } from '#core/journal/name';
import type { GitHub } from '#github/client';
import { defaultBranch } from '#github/commits';
import { parseWithPolicy } from '#github/flow-files';
import { branchRules, environmentSettings, subjectSettings } from '#github/settings';

export interface Source {
  readonly github: GitHub;
  /** The working copy. */
  readonly folder: string;
  /** Path of the flow file in it. */
  readonly flow: string;
}

/** Reads what GitHub and the working copy have; what cannot be read is kept with the reason. */
export async function gather({ github, folder, flow: path }: Source): Promise<DoctorFacts> {
  const { flow } = await parseWithPolicy(github, textOf(folder, path), path);
  const branch = await defaultBranch(github);
  const names = Object.keys(flow.environments);
  const branches = [
    ...names.map(journalBranch),
    ...Object.values(flow.environments).flatMap(environment => sourcesOf(environment, branch)),
  ];
  const [environments, rules, subject] = await Promise.all([
    each(names, name => environmentSettings(github, name)),
    each(branches, name => branchRules(github, name)),
    seek(() => subjectSettings(github)),
  ]);
  const callers = globSync('.github/workflows/*.{yml,yaml}', { cwd: folder })
    .toSorted()
    .flatMap(file => callersIn(file, readFileSync(join(folder, file), 'utf8')));
  return { repository: github.repository, flow, defaultBranch: branch, environments, rules, subject, callers };
}

async function each<T>(
  names: readonly string[],
  read: (name: string) => Promise<T>,
): Promise<Readonly<Record<string, Sought<T>>>> {
  const entries = await Promise.all(
    [...new Set(names)].map(async name => [name, await seek(() => read(name))] as const),
  );
  return Object.fromEntries(entries);
}

function textOf(folder: string, path: string): string {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch (cause) {
    const message = `There is no flow file ${path} in ${folder}.`;
    const next = 'Run this in the working copy of the repository, or name the file with --flow.';
    throw new FindingError([{ reason: 'not-found', message, evidence: { path }, next }], { cause });
  }
}
