import type { Evidence, Finding } from '../finding.ts';

/** What is compared is as the flow demands it, is not, or could not be read, which is never taken for fine. */
export type Diagnosis = 'ok' | 'wrong' | 'unknown';

export interface DoctorFinding {
  /** `environment prod: reviewers` */
  readonly about: string;
  readonly is: Diagnosis;
  readonly message: string;
  readonly evidence: Evidence;
  /** What mends it, in words. */
  readonly next?: string;
  /** The same as commands of a shell with GitHub’s `gh`, where an API can do it. */
  readonly script?: readonly string[];
}

export function ok(about: string, message: string, evidence: Evidence = {}): DoctorFinding {
  return { about, is: 'ok', message, evidence };
}

export function wrong(
  about: string,
  message: string,
  mend: { readonly next: string; readonly script?: readonly string[] },
  evidence: Evidence = {},
): DoctorFinding {
  return { about, is: 'wrong', message, evidence, ...mend };
}

/** `finding` says why it could not be read, and which permission is missing. */
export function unknown(about: string, { message, next, evidence }: Finding): DoctorFinding {
  return { about, is: 'unknown', message, evidence, ...(next === undefined ? {} : { next }) };
}
