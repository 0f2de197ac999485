import { asRecord } from '#core/flow/raw';
import type { OperationCounts } from './operations.ts';

/** Reading members of JSON that somebody else wrote: what has another type is not there. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(entry => typeof entry === 'string') : [];
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function countsOf(value: unknown): OperationCounts {
  return Object.fromEntries(
    Object.entries(asRecord(value)).flatMap(([operation, count]) => {
      const number = numberOf(count);
      return number === undefined ? [] : [[operation, number]];
    }),
  );
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
