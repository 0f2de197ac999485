import { type Finding, FindingError } from '../finding.ts';

/** What was looked up, or why it could not be. */
export type Sought<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly finding: Finding };

/** What was looked up in AWS. `later`: the plan job has no role there, so the release job looks, right before the change. */
export type Seen<T> = Sought<T> | { readonly known: 'later' };

/** The value of what was looked up before; where it could not be, the reason is thrown on. */
export function known<T>(sought: Sought<T>): T {
  if (sought.known) return sought.value;
  throw new FindingError([sought.finding]);
}

/** What could not be read, for lack of permission or of an answer, is kept with the reason: other rules go on. */
export async function seek<T>(work: () => Promise<T>): Promise<Sought<T>> {
  try {
    return { known: true, value: await work() };
  } catch (error) {
    const [finding] = error instanceof FindingError ? error.findings : [];
    if (finding === undefined) throw error;
    return { known: false, finding };
  }
}
