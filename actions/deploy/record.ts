import type { Kit } from '#action-kit/kit';
import type { Outcome, Result } from '#core/outcome';
import type { Receipt, Snapshot } from '#core/receipt';
import type { Inputs } from './inputs.ts';
import type { Work } from './work.ts';

/** What a deployment writes down, and what it knows from what was written. */
export interface DeployRecord {
  /** The last verified state of a component; null when none is recorded. */
  verified(component: string): Snapshot | null;
  /** Called right before a change: makes sure that this run may still change the environment. Throws when not. */
  beforeChange(component: string, before: Snapshot | null): Promise<void>;
  receipt(receipt: Receipt, outcome: Outcome): Promise<void>;
  finish(result: Result): Promise<void>;
}

/** Without an environment nothing is recorded or locked, and GitHub’s API is never called. */
const nothingRecorded: DeployRecord = {
  verified: () => null,
  beforeChange: async () => undefined,
  receipt: async () => undefined,
  finish: async () => undefined,
};

export async function openRecord(_kit: Kit, _inputs: Inputs, work: Work): Promise<DeployRecord> {
  if (work.plan === undefined) return nothingRecorded;
  throw new Error('the journal comes with the plan');
}
