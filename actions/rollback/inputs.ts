import { type CommonInputs, getCommonInputs } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';
import { type Outcome, outcomes } from '#core/outcome';

export interface Inputs extends CommonInputs {
  readonly plan: string;
  /** The verified version to go back to; the newest other than the one that runs, when absent. */
  readonly version?: string;
  /** Within a release: what its deployment came to. */
  readonly deployOutcome?: Outcome;
  /** Why: it is written down, and shown to whoever meets the hold. */
  readonly reason: string;
}

export function getInputs(input: InputReader): Inputs {
  const version = input.optional('version');
  const deployOutcome = input.optionalChoice('deploy-outcome', outcomes);
  return {
    ...getCommonInputs(input),
    plan: input.required('plan'),
    reason: input.required('reason'),
    ...(deployOutcome === undefined ? {} : { deployOutcome }),
    ...(version === undefined ? {} : { version: version.replace(/^v/, '') }),
  };
}
