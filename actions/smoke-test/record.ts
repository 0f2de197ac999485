import type { ActionEnd, Kit } from '#action-kit/kit';
import type { Plan } from '#core/plan/plan';
import type { Verdict } from '#core/verdict';
import type { Inputs } from './inputs.ts';

/** Writes down what the check came to. Without a plan nothing is recorded, and GitHub’s API is never called. */
export async function recordVerdict(kit: Kit, inputs: Inputs, plan: Plan | undefined, verdict: Verdict): Promise<void> {
  if (plan === undefined || inputs.dryRun) return;
  const { clock, random, run } = kit;
  const [{ createWriter }, { recordCheck }] = await Promise.all([
    import('#github/writer'),
    import('#github/journal/checks'),
  ]);
  const writer = createWriter({ token: inputs.githubToken, apiUrl: run.apiUrl, run: run.run, clock, random });
  const { warning } = await recordCheck(writer, plan, 'smoke', verdict);
  if (warning !== undefined) kit.log.warning(warning);
}

/** An environment that asks for no smoke test gets none, and says so; that is a decision of the flow file, not a lack of data. */
export function notAskedFor(plan: Plan): ActionEnd {
  const message = `The flow file asks for no smoke test of ${plan.environment.name}.`;
  const verdict = { verdict: 'pass', reason: 'check-not-asked-for', message, evidence: {}, rules: [] } as const;
  return { kind: 'verdict', verdict, details: { checks: [] }, waitIsGreen: false };
}
