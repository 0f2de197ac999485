import type { Reason } from './reasons.ts';

/** Facts that a verdict rests on: flat, printable, free of secrets. Absent facts are left out, not null. */
export type Evidence = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Where a person's mistake stands: a place in a file, an input of the action, or a call to an API. */
export type Place =
  | { readonly kind: 'file'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: 'input'; readonly input: string }
  | { readonly kind: 'call'; readonly call: string };

/** One statement of fact with its stable reason code, its evidence, and what to do about it. */
export interface Finding {
  readonly reason: Reason;
  /** A sentence for people, with the facts filled in. */
  readonly message: string;
  readonly evidence: Evidence;
  /** What unblocks it, with the facts filled in; the registry holds the general advice. */
  readonly next?: string;
  readonly where?: Place;
  /** Why it is so, line by line: stopped reasons, exit codes, last words of the log. */
  readonly explanation?: readonly string[];
}

/** A finding that ends the work at once: the boundary of the action turns it into the outcome `refused` or `failed`. */
export class FindingError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[], options?: ErrorOptions) {
    super(findings.map(finding => finding.message).join('\n'), options);
    this.name = 'FindingError';
    this.findings = findings;
  }
}

/** Prints a place as editors and GitHub's annotations write it. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case 'file':
      return `${place.file}:${place.line}:${place.column}`;
    case 'input':
      return `input ${place.input}`;
    case 'call':
      return place.call;
  }
}
