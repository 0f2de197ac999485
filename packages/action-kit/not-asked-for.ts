import type { Plan } from '#core/plan/plan';
import type { ActionEnd } from './kit.ts';

/**
 * An environment that asks for no such check gets none, and says so; that is a decision of the flow file, not a lack of data.
 * `what` is the check in a sentence: `smoke test`.
 */
export function notAskedFor({ environment }: Plan, what: string): ActionEnd {
  const message = `The flow file asks for no ${what} of ${environment.name}.`;
  const verdict = { verdict: 'pass', reason: 'check-not-asked-for', message, evidence: {}, rules: [] } as const;
  return { kind: 'verdict', verdict, details: { checks: [] }, waitIsGreen: false };
}
