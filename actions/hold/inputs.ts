import { type CommonInputs, getCommonInputs } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';

export interface Inputs extends CommonInputs {
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
    | { readonly kind: 'clear'; readonly id: string; readonly reason: string }
    | { readonly kind: 'list' };
}

export function getInputs(input: InputReader): Inputs {
  return { ...getCommonInputs(input), environment: input.required('environment'), operation: readOperation(input) };
}

function readOperation(input: InputReader): Inputs['operation'] {
  const kind = input.choice('operation', ['set', 'clear', 'list']);
  const [version, component] = [input.optional('version'), input.optional('component')];
  const [reason, id] = [input.text('reason'), input.text('id')];
  const expires = input.optionalDuration('expires');
  switch (kind) {
    case 'list':
      return { kind };
    case 'set':
      if (reason === '') input.problem('reason', 'is missing: whoever meets the hold has to know why.');
      return {
        kind,
        reason,
        ...(version === undefined ? {} : { version: version.replace(/^v/, '') }),
        ...(component === undefined ? {} : { component }),
        ...(expires === undefined ? {} : { expires }),
      };
    case 'clear':
      if (id === '') input.problem('id', 'is missing; operation list shows the holds in force with their ids.');
      if (reason === '') input.problem('reason', 'is missing: it is written down why the hold was cleared.');
      return { kind, id, reason };
  }
}
