import type { Functions, Value } from './expressions.ts';

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

/**
 * The status functions in a job's `if`. They look at every job it depends on, also through others: a skipped ancestor
 * makes `success()` false. With names they look at those jobs only.
 */
export function jobStatusFunctions(ancestors: ReadonlyMap<string, Result>, cancelled: boolean): Functions {
  const results = (names: readonly Value[]) => {
    if (names.length === 0) return [...ancestors.values()];
    return names.map(name => ancestors.get(String(name)) ?? 'skipped');
  };
  return {
    always: () => true,
    cancelled: () => cancelled,
    success: (...names) => !cancelled && results(names).every(result => result === 'success'),
    failure: (...names) => !cancelled && results(names).some(result => result === 'failure'),
  };
}

/** The status functions in a step's `if`: they look at the job, in a composite action at the action so far. */
export function stepStatusFunctions(status: Exclude<Result, 'skipped'>): Functions {
  return {
    always: () => true,
    cancelled: () => status === 'cancelled',
    success: () => status === 'success',
    failure: () => status === 'failure',
  };
}
