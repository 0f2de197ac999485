import { gitHubAccess } from '#action-kit/github-access';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { subjectDigest } from '#action-kit/plan-text';
import { parkedBy, stillWaits } from '#core/gate/parked';
import type { GitHub } from '#github/client';
import { append, type Writer } from '#github/journal/append';
import { createWriter } from '#github/writer';
import type { Inputs } from './inputs.ts';
import { planParked } from './plan-parked.ts';
import { type Planned, planRelease } from './plan-release.ts';
import { planRollback } from './plan-rollback.ts';
import { publish } from './publish.ts';

/** From the event to a plan: which environment, which version, which components with which artifacts. */
export async function validateTag(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const writer = createWriter(gitHubAccess(kit, inputs.githubToken, inputs.policyToken));
  const made = await planned(kit, writer.github, inputs);
  const end = publish(kit, made);
  if (!inputs.dryRun) await park(kit, writer, made, end);
  return end;
}

/** What waits without a gate to judge it is written down here. */
async function park(
  kit: Kit,
  writer: Writer,
  { plan }: Planned,
  { verdict }: ReturnType<typeof publish>,
): Promise<void> {
  if (verdict.verdict !== 'wait' || plan === undefined) return;
  if (plan.goesOn?.by === 'approve')
    kit.log.warning(`This approval is not taken down: ${verdict.message} Approve again then.`);
  const subject = subjectDigest(plan);
  await append(writer, plan.environment.name, ({ state }) =>
    stillWaits(plan, verdict, subject, state) ? [] : parkedBy(plan, verdict, subject, state),
  );
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
      return planRelease(kit, github, inputs, operation.glass);
  }
}
