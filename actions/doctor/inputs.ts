import { type FlowFileInputs, getFlowFileInputs } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';

export interface Inputs extends FlowFileInputs {
  /** GitHub’s `vars`, for templates. */
  readonly vars: Readonly<Record<string, string>>;
  /** Whether what could not be read is as bad as what is wrong. */
  readonly strict: boolean;
}

export function getInputs(input: InputReader): Inputs {
  return { ...getFlowFileInputs(input), vars: input.strings('vars'), strict: input.flag('strict') };
}
