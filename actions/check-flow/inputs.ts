import { type CommonInputs, getCommonInputs } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';

export interface Inputs extends CommonInputs {
  /** GitHub’s `vars`, for templates. */
  readonly vars: Readonly<Record<string, string>>;
}

export function getInputs(input: InputReader): Inputs {
  return { ...getCommonInputs(input), vars: input.strings('vars') };
}
