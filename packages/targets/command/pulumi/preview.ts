import { asRecord, isRecord } from '#core/flow/raw';
import { type Diagnostic, readDiagnostic } from './diagnostics.ts';
import { changesSomething, type OperationCounts } from './operations.ts';
import { countsOf, listOf, parseJson, textOf, textsOf } from './read-json.ts';

/** One step of a preview. */
export interface PreviewStep {
  readonly operation: string;
  readonly urn: string;
  /** Inputs before and after, as Pulumi blinds them; empty where there are none. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** Names of the properties that make a replacement necessary, and of those that differ, where the provider says so. */
  readonly replaceReasons: readonly string[];
  readonly diffReasons: readonly string[];
}

/** What `pulumi preview --json` prints, as far as anything rests on it. */
export interface Preview {
  readonly steps: readonly PreviewStep[];
  readonly counts: OperationCounts;
  readonly diagnostics: readonly Diagnostic[];
  /** The configuration that the preview ran with; secrets are blinded by Pulumi. */
  readonly config: Readonly<Record<string, string>>;
}

/** Reads the document of `preview --json`. `undefined` for anything else: what cannot be read plans nothing. */
export function readPreview(text: string): Preview | undefined {
  return previewOf(parseJson(text));
}

/** The same of a value that is read already: the first one on the stream of `up`. */
export function previewOf(value: unknown): Preview | undefined {
  if (!isPreview(value)) return undefined;
  return {
    steps: listOf(value.steps).map(readStep),
    counts: countsOf(value.changeSummary),
    diagnostics: listOf(value.diagnostics).flatMap(entry => readDiagnostic(entry) ?? []),
    config: Object.fromEntries(
      Object.entries(asRecord(value.config)).flatMap(([key, entry]) =>
        typeof entry === 'string' ? [[key, entry]] : [],
      ),
    ),
  };
}

/** A preview that failed early may lack its steps; one that lacks everything is no preview. */
function isPreview(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value) || 'sequence' in value) return false;
  return 'steps' in value || 'changeSummary' in value || 'diagnostics' in value;
}

function readStep(value: unknown): PreviewStep {
  const step = asRecord(value);
  return {
    operation: textOf(step.op) ?? 'unknown',
    urn: textOf(step.urn) ?? '',
    before: asRecord(asRecord(step.oldState).inputs),
    after: asRecord(asRecord(step.newState).inputs),
    replaceReasons: textsOf(step.replaceReasons),
    diffReasons: textsOf(step.diffReasons),
  };
}

/** Whether it plans any change: its counts decide, its steps too where a count is missing. */
export function plansChanges({ counts, steps }: Preview): boolean {
  return (
    Object.entries(counts).some(([operation, count]) => count > 0 && changesSomething(operation)) ||
    steps.some(step => changesSomething(step.operation))
  );
}
