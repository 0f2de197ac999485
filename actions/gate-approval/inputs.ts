import { type CommonInputs, getCommonInputs } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';

export interface Inputs extends CommonInputs {
  readonly plan: string;
  /** `plan`: what no click can change, and the reviewer’s page. `release`: everything again, and who approved. */
  readonly stage: 'plan' | 'release';
}

export function getInputs(input: InputReader): Inputs {
  return {
    ...getCommonInputs(input),
    plan: input.required('plan'),
    stage: input.choice('stage', ['plan', 'release']),
  };
}
