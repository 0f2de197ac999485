/** One figure that the suite promises. */
export interface Mark {
  readonly what: string;
  readonly found: number;
  readonly atMost: number;
  readonly unit: string;
}

/** What one measurement came to: its marks, and everything behind them for the file. */
export interface Measurement {
  readonly name: string;
  readonly marks: readonly Mark[];
  readonly details: Readonly<Record<string, unknown>>;
}

/** A figure that is no number was not measured: it holds nothing. */
export function holds({ found, atMost }: Mark): boolean {
  return found <= atMost;
}
