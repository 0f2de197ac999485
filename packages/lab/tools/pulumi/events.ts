import type { Held } from './backend.ts';
import type { Goals, Outputs } from './program.ts';

/** The marks by which Pulumi’s wire format knows a secret. */
const secretMark = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: '[secret]' };

/** Prints the events of the engine, one JSON object on each line. */
export interface EventStream {
  readonly prelude: (config: Readonly<Record<string, string>>) => void;
  readonly pre: (metadata: object) => void;
  readonly outputs: (metadata: object) => void;
  readonly failed: (metadata: object) => void;
  readonly diagnostic: (message: string, urn?: string) => void;
  readonly summary: (facts: SummaryFacts) => void;
}

export interface SummaryFacts {
  readonly result: 'succeeded' | 'failed';
  readonly counts: Readonly<Record<string, number>>;
  readonly maybeCorrupt: boolean;
  readonly seconds: number;
}

export function createEventStream(print: (line: string) => void): EventStream {
  let sequence = 0;
  const emit = (member: object) => {
    print(JSON.stringify({ sequence, timestamp: Math.floor(Date.now() / 1000), ...member }));
    sequence += 1;
  };
  return {
    prelude: config => emit({ preludeEvent: { config } }),
    pre: metadata => emit({ resourcePreEvent: { metadata } }),
    outputs: metadata => emit({ resOutputsEvent: { metadata } }),
    failed: metadata => emit({ resOpFailedEvent: { metadata, status: 2, steps: 1 } }),
    diagnostic: (message, urn) =>
      emit({
        diagnosticEvent: {
          ...(urn === undefined ? {} : { urn }),
          prefix: 'error: ',
          message: `${message}\n`,
          color: 'never',
          severity: 'error',
        },
      }),
    summary: ({ result, counts, maybeCorrupt, seconds }) => {
      emit({
        summaryEvent: {
          maybeCorrupt,
          durationSeconds: seconds,
          resourceChanges: counts,
          PolicyPacks: {},
          isPreview: false,
          result,
        },
      });
      emit({ cancelEvent: {} });
    },
  };
}

/** What an event says of a step. */
export function metadataOf(
  op: string,
  type: string,
  urn: string,
  old: object | null,
  next: object | null,
  provider = '',
): object {
  return { op, urn, type, old, new: next, detailedDiff: null, logical: true, provider };
}

export function stackState({ stackUrn }: Goals, outputs: Outputs | undefined): object {
  return {
    type: 'pulumi:pulumi:Stack',
    urn: stackUrn,
    id: '',
    parent: '',
    inputs: {},
    outputs: Object.fromEntries(
      Object.entries(outputs ?? {})
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(([name, { value, secret }]) => [name, secret ? secretMark : value]),
    ),
    provider: '',
  };
}

export function resourceState(
  goals: Goals,
  { urn, type }: { readonly urn: string; readonly type: string },
  held: { readonly id: string; readonly inputs: Held['inputs']; readonly outputs: Held['outputs'] },
  provider: string,
): object {
  return {
    type,
    urn,
    custom: true,
    id: held.id,
    parent: goals.stackUrn,
    inputs: held.inputs,
    outputs: held.outputs,
    provider,
  };
}
