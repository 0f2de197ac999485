import { gitHubAccess } from '#action-kit/github-access';
import type { Kit } from '#action-kit/kit';
import type { Plan } from '#core/plan/plan';
import type { RecordVerdict } from '#github/journal/checks';
import type { Inputs } from './inputs.ts';

/** Without a plan nothing is recorded, and GitHub’s API is never called. */
export async function openRecord(kit: Kit, inputs: Inputs, plan: Plan | undefined): Promise<RecordVerdict> {
  if (plan === undefined || inputs.dryRun) return async () => undefined;
  const { openCheckRecord } = await import('#github/journal/checks');
  return openCheckRecord(gitHubAccess(kit, inputs.githubToken), plan, 'watch', kit.log.warning);
}
