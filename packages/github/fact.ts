import { FindingError } from '#core/finding';
import type { Fact } from '#core/tags/fact';
import { orFinding } from './client.ts';

/** What could not be read, for lack of permission or of an answer, becomes a fact of its own: other rules go on. */
export async function factOf<T>(permission: string, work: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { known: true, value: await orFinding(permission, work) };
  } catch (error) {
    const [finding] = error instanceof FindingError ? error.findings : [];
    if (finding === undefined) throw error;
    return { known: false, finding };
  }
}
