import type { ActionEnd, Kit } from '#action-kit/kit';
import type { GitHub } from '#github/client';
import { createWriter } from '#github/writer';
import type { Inputs } from './inputs.ts';
import { planParked } from './plan-parked.ts';
import { type Planned, planRelease } from './plan-release.ts';
import { planRollback } from './plan-rollback.ts';
import { publish } from './publish.ts';

/** From the event to a plan: which environment, which version, which components with which artifacts. */
export async function validateTag(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { clock, random, run } = kit;
  const { github } = createWriter({ token: inputs.githubToken, apiUrl: run.apiUrl, run: run.run, clock, random });
  return publish(kit, await planned(kit, github, inputs));
}

function planned(kit: Kit, github: GitHub, inputs: Inputs): Promise<Planned> {
  const { operation } = inputs;
  switch (operation.kind) {
    case 'rollback':
      return planRollback(kit, github, inputs, operation);
    case 'go':
    case 'approve':
    case 'reject':
      return planParked(kit, github, inputs, { ...operation, by: operation.kind });
    case 'release':
      // The clock asks for nothing of its own.
      if (kit.run.eventName === 'schedule') return planParked(kit, github, inputs, { by: 'go', why: '' });
      return planRelease(kit, github, inputs);
  }
}
