import { asRecord, isRecord } from '#core/flow/raw';
import { type Diagnostic, readDiagnostic } from './diagnostics.ts';
import type { OperationCounts } from './operations.ts';
import { countsOf, numberOf, textOf } from './read-json.ts';

/**
 * An event of the engine, as `up --json` prints it: `sequence`, `timestamp` and one member that names its kind. Source:
 * https://www.pulumi.com/docs/iac/automation-api/ (engine events), and the recordings in test/fixtures/pulumi.
 */
export type EngineEvent =
  | { readonly kind: 'began'; readonly config: readonly string[] }
  | { readonly kind: 'starts'; readonly operation: string; readonly urn: string }
  | { readonly kind: 'done'; readonly operation: string; readonly urn: string }
  | { readonly kind: 'op-failed'; readonly operation: string; readonly urn: string }
  | { readonly kind: 'says'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'summary'; readonly summary: Summary }
  /** The stream is at its end, after success too. */
  | { readonly kind: 'end' }
  /** Something that nothing rests on. */
  | { readonly kind: 'other' };

export interface Summary {
  /** `succeeded` or `failed`; `undefined` in the summary of versions that do not say it. */
  readonly result: string | undefined;
  readonly counts: OperationCounts;
  readonly seconds: number;
  /** Said of every failed update: the state may need a refresh, no more. */
  readonly maybeCorrupt: boolean;
  readonly isPreview: boolean;
}

/** Reads one value of the stream; `undefined` for what is no event. */
export function readEvent(value: unknown): EngineEvent | undefined {
  if (!isRecord(value) || numberOf(value.sequence) === undefined) return undefined;
  // Values of the configuration are not kept: which of them are secrets, the event does not say.
  if (isRecord(value.preludeEvent)) return { kind: 'began', config: Object.keys(asRecord(value.preludeEvent.config)) };
  if (isRecord(value.resourcePreEvent)) return { kind: 'starts', ...stepOf(value.resourcePreEvent) };
  if (isRecord(value.resOutputsEvent)) return { kind: 'done', ...stepOf(value.resOutputsEvent) };
  if (isRecord(value.resOpFailedEvent)) return { kind: 'op-failed', ...stepOf(value.resOpFailedEvent) };
  if (isRecord(value.diagnosticEvent)) {
    const diagnostic = readDiagnostic(value.diagnosticEvent);
    return diagnostic === undefined ? { kind: 'other' } : { kind: 'says', diagnostic };
  }
  if (isRecord(value.summaryEvent)) return { kind: 'summary', summary: summaryOf(value.summaryEvent) };
  return 'cancelEvent' in value ? { kind: 'end' } : { kind: 'other' };
}

function stepOf(event: Readonly<Record<string, unknown>>): { readonly operation: string; readonly urn: string } {
  const metadata = asRecord(event.metadata);
  return { operation: textOf(metadata.op) ?? 'unknown', urn: textOf(metadata.urn) ?? '' };
}

function summaryOf(event: Readonly<Record<string, unknown>>): Summary {
  return {
    result: textOf(event.result),
    counts: countsOf(event.resourceChanges),
    seconds: numberOf(event.durationSeconds) ?? 0,
    maybeCorrupt: event.maybeCorrupt === true,
    isPreview: event.isPreview === true,
  };
}
