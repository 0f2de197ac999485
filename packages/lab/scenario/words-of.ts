import { Refusal } from '../github/world/refusal.ts';

/** An error for a person; one of the lab’s own comes with the place in its code. */
export function wordsOf(error: unknown): string {
  if (error instanceof Refusal && error.errors !== undefined)
    return `${error.message}: ${JSON.stringify(error.errors)}`;
  if (error instanceof TypeError || error instanceof RangeError) return error.stack ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
