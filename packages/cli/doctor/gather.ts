import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorFacts } from '#core/doctor/facts';
import { FindingError } from '#core/finding';
import { callersOf } from '#github/callers';
import type { GitHub } from '#github/client';
import { parseWithPolicy } from '#github/flow-files';
import { repositoryFacts } from '#github/repository-facts';
import { type Looking, lookAtAws } from '#targets/look';

export interface Source {
  readonly github: GitHub;
  /** The working copy. */
  readonly folder: string;
  /** Path of the flow file in it. */
  readonly flow: string;
  readonly looking: Looking;
}

/** Reads what GitHub, AWS and the working copy have; what cannot be read is kept with the reason. */
export async function gather({ github, folder, flow: path, looking }: Source): Promise<DoctorFacts> {
  const { flow } = await parseWithPolicy(github, textOf(folder, path), path);
  const [facts, aws] = await Promise.all([repositoryFacts(github, flow), lookAtAws(flow, looking)]);
  return { ...facts, aws, callers: callersOf(folder) };
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
