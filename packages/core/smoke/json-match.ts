import { pointerTo } from './pointer.ts';

/** One difference between what was expected and what came, at its JSON Pointer. */
export interface Difference {
  readonly at: string;
  readonly expected: string;
  readonly came: string;
}

/**
 * Whether `actual` contains `expected`: objects may have more members than expected, lists must be as long and in the same
 * order, everything else must be equal. A member that is absent is not one that is null.
 */
export function differences(expected: unknown, actual: unknown, at = ''): readonly Difference[] {
  if (isList(expected)) {
    if (!isList(actual)) return [difference(at, expected, actual)];
    if (actual.length !== expected.length) {
      return [{ at, expected: `${expected.length} entries`, came: `${actual.length} entries` }];
    }
    return expected.flatMap((entry, index) => differences(entry, actual[index], pointerTo(at, index)));
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return [difference(at, expected, actual)];
    return Object.entries(expected).flatMap(([key, value]) =>
      Object.hasOwn(actual, key)
        ? differences(value, actual[key], pointerTo(at, key))
        : [{ at: pointerTo(at, key), expected: printed(value), came: 'nothing' }],
    );
  }
  return expected === actual ? [] : [difference(at, expected, actual)];
}

function difference(at: string, expected: unknown, actual: unknown): Difference {
  return { at, expected: printed(expected), came: printed(actual) };
}

export function printed(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !isList(value);
}
