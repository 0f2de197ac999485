import { type FlowFileInputs, getFlowFileInputs, refuseBeside } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';

export interface Inputs extends FlowFileInputs {
  readonly environment: string;
  readonly operation:
    | {
        readonly kind: 'set';
        readonly version?: string;
        readonly component?: string;
        readonly reason: string;
        /** Milliseconds from now. */
        readonly expires?: number;
      }
    | {
        readonly kind: 'clear';
        /** One hold; otherwise all of exactly this version, component or environment. */
        readonly id?: string;
        readonly version?: string;
        readonly component?: string;
        readonly reason: string;
      }
    | { readonly kind: 'list' };
}

export function getInputs(input: InputReader): Inputs {
  return { ...getFlowFileInputs(input), environment: input.required('environment'), operation: readOperation(input) };
}

function readOperation(input: InputReader): Inputs['operation'] {
  const kind = input.choice('operation', ['set', 'clear', 'list']);
  const [version, component] = [input.optional('version')?.replace(/^v/, ''), input.optional('component')];
  const [reason, id] = [input.text('reason'), input.optional('id')];
  const what = { ...(version === undefined ? {} : { version }), ...(component === undefined ? {} : { component }) };
  const expires = input.optionalDuration('expires');
  switch (kind) {
    case 'list':
      return { kind };
    case 'set':
      if (reason === '') input.problem('reason', 'is missing: whoever meets the hold has to know why.');
      return {
        kind,
        reason,
        ...what,
        ...(expires === undefined ? {} : { expires }),
      };
    case 'clear':
      if (reason === '') input.problem('reason', 'is missing: it is written down why the hold was cleared.');
      if (id !== undefined) refuseBeside(input, 'id', ['version', 'component']);
      return { kind, reason, ...what, ...(id === undefined ? {} : { id }) };
  }
}
