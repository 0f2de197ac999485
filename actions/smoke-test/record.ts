import type { ActionEnd, Kit } from '#action-kit/kit';
import type { Plan } from '#core/plan/plan';
import type { Verdict } from '#core/verdict';
import type { Inputs } from './inputs.ts';

/** Writes down what the check came to. */
export type RecordVerdict = (verdict: Verdict) => Promise<void>;

/**
 * Opened before the check begins, so that a missing token is told at once. Without a plan nothing is recorded, and GitHub’s API
 * is never called.
 */
export async function openRecord(kit: Kit, inputs: Inputs, plan: Plan | undefined): Promise<RecordVerdict> {
  if (plan === undefined || inputs.dryRun) return async () => undefined;
  const { clock, random, run } = kit;
  const [{ createWriter }, { recordCheck }] = await Promise.all([
    import('#github/writer'),
    import('#github/journal/checks'),
  ]);
  const writer = createWriter({ token: inputs.githubToken, apiUrl: run.apiUrl, run: run.run, clock, random });
  return async verdict => {
    const { warning } = await recordCheck(writer, plan, 'smoke', verdict);
    if (warning !== undefined) kit.log.warning(warning);
  };
}

/** An environment that asks for no smoke test gets none, and says so; that is a decision of the flow file, not a lack of data. */
export function notAskedFor(plan: Plan): ActionEnd {
  const message = `The flow file asks for no smoke test of ${plan.environment.name}.`;
  const verdict = { verdict: 'pass', reason: 'check-not-asked-for', message, evidence: {}, rules: [] } as const;
  return { kind: 'verdict', verdict, details: { checks: [] }, waitIsGreen: false };
}
