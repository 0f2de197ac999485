/** Reading values of any type, for the checks that also run on a file that the schema refuses. */

export type RawRecord = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): RawRecord {
  return isRecord(value) ? value : {};
}

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a mapping whose values are mappings themselves. */
export function recordsIn(value: unknown): readonly (readonly [string, RawRecord])[] {
  return Object.entries(asRecord(value)).flatMap(([name, entry]) => (isRecord(entry) ? [[name, entry] as const] : []));
}

/** Every text of a value that is one or a list of them, each with the path to it. */
export function textsAt(value: unknown, path: readonly (string | number)[]): readonly TextAt[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, index) =>
    typeof entry === 'string' ? [{ text: entry, path: [...path, index] }] : [],
  );
}

export interface TextAt {
  readonly text: string;
  readonly path: readonly (string | number)[];
}
