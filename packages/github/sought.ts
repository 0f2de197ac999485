import { FindingError } from '#core/finding';
import type { Sought } from '#core/gate/sought';
import { orFinding } from './client.ts';

/** What could not be read, for lack of permission or of an answer, is kept with the reason: other rules go on. */
export async function soughtOf<T>(permission: string, work: () => Promise<T>): Promise<Sought<T>> {
  try {
    return { known: true, value: await orFinding(permission, work) };
  } catch (error) {
    const [finding] = error instanceof FindingError ? error.findings : [];
    if (finding === undefined) throw error;
    return { known: false, finding };
  }
}
