import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import type { Component } from '#core/flow/targets/registry';
import type { Artifacts } from '#core/release';
import type { Inputs } from './inputs.ts';

/** What is to be deployed, whichever input said so. */
export interface Work {
  /** Components that do not need each other together; each wave needs the one before. */
  readonly waves: readonly (readonly Component[])[];
  readonly artifacts: Readonly<Record<string, Artifacts>>;
  readonly plan?: never;
}

export async function readWork(_kit: Kit, inputs: Inputs): Promise<Work> {
  const { work } = inputs;
  switch (work.kind) {
    case 'ecs':
      return { waves: [[work.component]], artifacts: {} };
    case 'inline':
    case 'plan':
      throw new FindingError([{ reason: 'input-invalid', message: 'not yet', evidence: {} }]);
  }
}
