import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import { type Finding, FindingError } from '#core/finding';

/** What an error means for people: the findings that it carries, or at least what happened. Never empty. */
export function findingsOf(thrown: unknown): readonly [Finding, ...Finding[]] {
  if (thrown instanceof AwsCallError) return [findingOf(thrown)];
  const [first, ...others] = thrown instanceof FindingError ? thrown.findings : [];
  return first === undefined ? [internalError(thrown)] : [first, ...others];
}

function internalError(thrown: unknown): Finding {
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { reason: 'internal-error', message, evidence: {} };
}
