import { type CommonInputs, getCommonInputs, refuseBeside, refuseWithoutPlan } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';
import { type Outcome, outcomes } from '#core/outcome';

export interface Inputs extends CommonInputs {
  /** What says where to go back to: a plan and the journal, or the receipt of a deployment on its own. */
  readonly work:
    | { readonly kind: 'plan'; readonly plan: string }
    | { readonly kind: 'receipt'; readonly receipt: string; readonly where: Where };
  /** The verified version to go back to; the newest other than the one that runs, when absent. */
  readonly version?: string;
  /** Within a release: what its deployment came to. */
  readonly deployOutcome?: Outcome;
  /** Why: it is written down, and shown to whoever meets the hold. Empty where the plan says it. */
  readonly reason: string;
}

/** Where the services of a receipt are, and how long bringing them back may take. */
export interface Where {
  readonly region?: string;
  readonly role?: string;
  /** Milliseconds. */
  readonly timeout: number;
}

export function getInputs(input: InputReader): Inputs {
  const version = input.optional('version');
  const deployOutcome = input.optionalChoice('deploy-outcome', outcomes);
  return {
    ...getCommonInputs(input),
    work: readWork(input),
    reason: input.text('reason'),
    ...(deployOutcome === undefined ? {} : { deployOutcome }),
    ...(version === undefined ? {} : { version: version.replace(/^v/, '') }),
  };
}

function readWork(input: InputReader): Inputs['work'] {
  const [plan, receipt] = [input.optional('plan'), input.optional('receipt')];
  const [region, role, timeout] = [input.optional('region'), input.optional('role'), input.duration('timeout')];
  if (plan === undefined && receipt === undefined) {
    input.problem('plan', 'is missing.', 'Give a `plan` of validate-tag, or the `receipt` of a deployment.');
  }
  if (plan !== undefined && receipt !== undefined)
    input.problem('receipt', 'says the same as `plan`; give one of them.');
  if (plan === undefined) refuseWithoutPlan(input, 'environment', 'flow');
  else refuseBeside(input, 'plan', ['region', 'role']);
  if (receipt !== undefined) refuseBeside(input, 'receipt', ['version', 'deploy-outcome']);
  if (receipt === undefined) return { kind: 'plan', plan: plan ?? '' };
  if (input.text('reason') === '') input.problem('reason', 'is missing: it is told with what comes back.');
  const where = { timeout, ...(region === undefined ? {} : { region }), ...(role === undefined ? {} : { role }) };
  return { kind: 'receipt', receipt, where };
}
