import { asRecord } from '#core/flow/raw';
import { textOf } from './read-json.ts';
import { parseUrn } from './urn.ts';

export interface Diagnostic {
  /** `error`, `warning`, `info`, `info#err`; never `debug`. */
  readonly severity: string;
  /** The resource it is about; `undefined` for one about the whole. */
  readonly urn: string | undefined;
  readonly message: string;
}

/** A diagnostic of the preview’s list or of the event stream; `undefined` for one that says nothing to people. */
export function readDiagnostic(value: unknown): Diagnostic | undefined {
  const entry = asRecord(value);
  const severity = textOf(entry.severity) ?? 'error';
  const message = withoutValues(textOf(entry.message) ?? '').trim();
  if (message === '' || severity === 'debug' || entry.ephemeral === true) return undefined;
  const urn = textOf(entry.urn);
  return { severity, message, urn: urn === '' ? undefined : urn };
}

/** `subnet: subnet in use` */
export function diagnosticText({ urn, message }: Diagnostic): string {
  return urn === undefined ? message : `${parseUrn(urn).name}: ${message}`;
}

/** Markup for a terminal, which `--color never` leaves in the text of some versions. */
const markup = /<\{%[^%]*%\}>/g;

/**
 * A plan that is violated is told with the values on both sides, and those of secrets are among them in plain text: the names
 * of the properties say enough. Source: `checkGoal` of the deployment engine prints `properties changed: ~~name[{value}…]`.
 */
function withoutValues(message: string): string {
  const clean = message.replaceAll(markup, '');
  const start = clean.search(/violates plan/);
  return start < 0 ? clean : clean.slice(0, start) + namesOnly(clean.slice(start));
}

/** Cuts out what stands in brackets, however deep; an open one hides the rest. */
function namesOnly(text: string): string {
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    if (depth === 0) kept += character;
    if ((character === ']' || character === '}') && depth > 0) depth -= 1;
  }
  return kept;
}
