import type { Kit } from '#action-kit/kit';
import type { Inputs } from './inputs.ts';
import type { DeployRecord } from './record.ts';
import type { Work } from './work.ts';

/** Without an environment nothing is recorded or locked, and GitHub’s API is never called. */
const nothingRecorded: DeployRecord = {
  verified: () => null,
  beforeChange: async () => [],
  receipt: async () => undefined,
  finish: async () => undefined,
};

export async function openRecord(kit: Kit, inputs: Inputs, { plan, part }: Work): Promise<DeployRecord> {
  if (plan === undefined || inputs.dryRun) return nothingRecorded;
  const { openJournal } = await import('./journal.ts');
  return openJournal(kit, inputs.githubToken, plan, part);
}
