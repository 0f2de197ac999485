import type { Verdict } from '#core/verdict';

/** What a check writes down, wherever that is kept. */
export interface VerifyRecord {
  checked(verdict: Verdict): Promise<void>;
}

/** Without an environment nothing is recorded, and GitHub's API is never called. */
export const noRecord: VerifyRecord = { checked: async () => undefined };
