import type { ActionEnd, Kit } from '#action-kit/kit';
import { parkedBy } from '#core/gate/parked';
import { append } from '#github/journal/append';
import { createWriter } from '#github/writer';
import type { Inputs } from './inputs.ts';
import { planRelease } from './plan-release.ts';
import { planRollback } from './plan-rollback.ts';
import { publish } from './publish.ts';

/** From the event to a plan: which environment, which version, which components with which artifacts. */
export async function validateTag(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { clock, random, run } = kit;
  const writer = createWriter({ token: inputs.githubToken, apiUrl: run.apiUrl, run: run.run, clock, random });
  const { operation } = inputs;
  const planned =
    operation.kind === 'release'
      ? await planRelease(kit, writer.github, inputs)
      : await planRollback(kit, writer.github, inputs, operation);
  const end = publish(kit, planned);
  const { verdict } = end;
  const { plan } = planned;
  // No gate follows that would write it down: without a plan there is nothing to judge.
  if (verdict.verdict === 'wait' && plan !== undefined && !inputs.dryRun) {
    await append(writer, plan.environment.name, () => [parkedBy(plan.release, verdict)]);
  }
  return end;
}
