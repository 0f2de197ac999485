import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callersIn } from '#core/doctor/callers';
import type { DoctorFacts } from '#core/doctor/facts';
import { FindingError } from '#core/finding';
import { type Flow, parseFlow } from '#core/flow/parse';
import { findingOfProblem } from '#core/plan/make-plan';
import type { GitHub } from '#github/client';
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
  const flow = readFlow(folder, path);
  const [facts, aws] = await Promise.all([repositoryFacts(github, flow), lookAtAws(flow, looking)]);
  const callers = globSync('.github/workflows/*.{yml,yaml}', { cwd: folder })
    .toSorted()
    .flatMap(file => callersIn(file, readFileSync(join(folder, file), 'utf8')));
  return { ...facts, aws, callers };
}

function readFlow(folder: string, path: string): Flow {
  const result = parseFlow(textOf(folder, path), { file: path });
  if (!result.ok) throw new FindingError(result.problems.map(findingOfProblem));
  return result.flow;
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
