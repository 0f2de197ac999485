import type { ActionEnd, Kit } from '#action-kit/kit';
import { createWriter } from '#github/writer';
import type { Inputs } from './inputs.ts';
import { planRelease } from './plan-release.ts';
import { planRollback } from './plan-rollback.ts';
import { publish } from './publish.ts';

/** From the event to a plan: which environment, which version, which components with which artifacts. */
export async function validateTag(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { clock, random, run } = kit;
  const { github } = createWriter({ token: inputs.githubToken, apiUrl: run.apiUrl, run: run.run, clock, random });
  const { operation } = inputs;
  const planned =
    operation.kind === 'release'
      ? await planRelease(kit, github, inputs)
      : await planRollback(kit, github, inputs, operation);
  return publish(kit, planned);
}
