import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import { type Finding, FindingError } from '#core/finding';
import { isSuccess, type Result } from '#core/outcome';
import { sentence } from '#core/report/sentence';
import { type Ending, lostSight } from '#core/target';

/** What an error means for people: the findings that it carries, or at least what happened. Never empty. */
export function findingsOf(thrown: unknown): readonly [Finding, ...Finding[]] {
  if (thrown instanceof AwsCallError) return [findingOf(thrown)];
  const [first, ...others] = thrown instanceof FindingError ? thrown.findings : [];
  return first === undefined ? [internalError(thrown)] : [first, ...others];
}

/** These can come in the middle of the work: nobody can say that nothing was changed. */
const midway: ReadonlySet<Finding['reason']> = new Set([
  'internal-error',
  'api-unavailable',
  'credentials-expired',
  'journal-moved',
  'lock-lost',
]);

/** What an error before any change comes to, as far as it tells. */
export function outcomeOfError(findings: readonly Finding[]): 'failed' | 'refused' {
  return findings.every(finding => midway.has(finding.reason)) ? 'failed' : 'refused';
}

/** What an error comes to once a change has begun, or may have. */
export function endingOfError(thrown: unknown): Ending {
  const [finding] = findingsOf(thrown);
  return { ...lostSight(finding, 'What the change has come to is not known.'), after: null, explanation: [] };
}

/** A change that cannot be written down is no success: nobody who comes later knows of it. */
export async function writtenDown<R extends Result>(result: R, write: () => Promise<void>): Promise<R> {
  try {
    await write();
    return result;
  } catch (thrown) {
    const [finding] = findingsOf(thrown);
    if (result.message.includes(finding.message)) return result;
    const message = `${sentence(result.message)} That could not be written down: ${sentence(finding.message)}`;
    return isSuccess(result.outcome) ? { ...result, ...finding, outcome: 'failed', message } : { ...result, message };
  }
}

function internalError(thrown: unknown): Finding {
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { reason: 'internal-error', message, evidence: {} };
}
