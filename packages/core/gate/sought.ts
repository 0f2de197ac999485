import type { Finding } from '../finding.ts';

/** What was looked up, or why it could not be. */
export type Sought<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly finding: Finding };
