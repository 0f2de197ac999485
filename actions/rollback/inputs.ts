import { type CommonInputs, getCommonInputs } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';

export interface Inputs extends CommonInputs {
  readonly plan: string;
  /** The verified version to go back to; the newest other than the one that runs, when absent. */
  readonly version?: string;
  /** Why: it is written down, and shown to whoever meets the hold. */
  readonly reason: string;
}

export function getInputs(input: InputReader): Inputs {
  const version = input.optional('version');
  return {
    ...getCommonInputs(input),
    plan: input.required('plan'),
    reason: input.required('reason'),
    ...(version === undefined ? {} : { version: version.replace(/^v/, '') }),
  };
}
