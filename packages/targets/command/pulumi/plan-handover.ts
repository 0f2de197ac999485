import { resolve } from 'node:path';
import type { Finding } from '#core/finding';
import type { PulumiComponent } from '#core/flow/targets/command/pulumi';
import type { ChangeRow } from '#core/target';
import type { CommitRead } from '../../commit-read.ts';
import { keepPlans, type Planning, readPlanOfStack } from '../../saved-plan.ts';
import type { CommandSetting } from '../run/toolbox.ts';
import type { Planned, Pulumi } from './cli.ts';
import { plansChanges } from './preview.ts';

/** Which stack is planned, and of which commit. */
interface Wanted {
  readonly component: PulumiComponent;
  readonly read: CommitRead;
}

/** The plan that people have read: Pulumi does nothing that exceeds it, and holds it against the state itself. */
export async function takeOver(
  pulumi: Pulumi,
  { component, read }: Wanted,
  { workspace }: CommandSetting,
): Promise<{ readonly content: Buffer } | Finding | undefined> {
  if (component.applyPlan === undefined) return undefined;
  const version = await pulumi.version();
  if (!version.ok) return version.failure;
  const folder = resolve(workspace, component.applyPlan);
  return readPlanOfStack(folder, planningOf(component), { version: version.value, tree: read.tree });
}

/** For a later job; its row tells people the digest. */
export async function keepPlan(
  pulumi: Pulumi,
  { component, read }: Wanted,
  { workspace }: CommandSetting,
  { preview, plan: content }: Planned,
): Promise<ChangeRow | Finding | undefined> {
  if (component.savePlan === undefined) return undefined;
  const version = await pulumi.version();
  if (!version.ok) return version.failure;
  const plan = { module: component.stack, changes: plansChanges(preview), content, state: undefined };
  return keepPlans(resolve(workspace, component.savePlan), planningOf(component), { version: version.value, read }, [
    plan,
  ]);
}

function planningOf(component: PulumiComponent): Planning {
  return { ...component, modules: [component.stack] };
}
