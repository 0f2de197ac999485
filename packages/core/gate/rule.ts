import { formatDuration } from '../duration.ts';
import type { Evidence, Finding } from '../finding.ts';
import type { Reason } from '../reasons.ts';
import type { RuleVerdict, VerdictKind } from '../verdict.ts';

/** What one rule says. */
export function rule(
  name: string,
  verdict: VerdictKind,
  reason: Reason,
  message: string,
  evidence: Evidence = {},
  next?: string,
): RuleVerdict {
  return { rule: name, verdict, reason, message, evidence, ...(next === undefined ? {} : { next }) };
}

/** What could not be looked up is never taken for fine; the finding says why, and which permission is missing. */
export function notKnown(name: string, finding: Finding): RuleVerdict {
  return { ...finding, rule: name, verdict: 'inconclusive' };
}

export function withinText(within: number | undefined): string {
  return within === undefined ? '' : ` within ${formatDuration(within)}`;
}

/** What unblocks a rule that waits for a time, as people write that time: the release is parked until then. */
export function goesOnFrom(moment: string): string {
  return `It goes on from ${moment} on: by the clock, or with the operation \`go\`.`;
}
