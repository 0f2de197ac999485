import type { Finding } from '#core/finding';
import type { AwsCallError } from './errors.ts';

/** STS names the role in no other way: `Not authorized to perform sts:AssumeRoleWithWebIdentity`. */
const assume = 'sts:AssumeRoleWithWebIdentity';

/** `User: arn… is not authorized to perform: ecs:UpdateService on resource: arn… because …`, as IAM writes it. */
const wording = /not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>\S+))?/;

/** The finding of a failed call: what is wrong, which call, and what to do; for a denial the missing IAM statement. */
export function findingOf(error: AwsCallError): Finding {
  const where = { kind: 'call', call: error.action } as const;
  const evidence = { code: error.code, action: error.action };
  switch (error.kind) {
    case 'denied': {
      if (error.action === assume) return untrusted(error);
      const { action = error.action, resource = '*' } = wording.exec(error.message)?.groups ?? {};
      const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
      const message = `AWS refused ${action} on ${resource}: ${error.message}`;
      return {
        reason: 'access-denied',
        message,
        evidence: { ...evidence, action, resource, statement },
        next: /explicit deny/i.test(error.message)
          ? `A policy denies ${action} explicitly: no further Allow helps, that Deny has to go.`
          : `Add to the role’s policy: ${statement}`,
        where,
      };
    }
    case 'expired':
      return {
        reason: 'credentials-expired',
        message: `The AWS credentials expired: ${error.message}`,
        evidence,
        where,
      };
    case 'no-credentials':
      return { reason: 'credentials-missing', message: `No usable AWS credentials: ${error.message}`, evidence, where };
    case 'throttled':
      return {
        reason: 'api-unavailable',
        message: `AWS kept throttling ${error.action}: ${error.message}`,
        evidence,
        where,
      };
    case 'unknown-effect':
      return {
        reason: 'api-unavailable',
        message: `${error.action} did not answer: ${error.message}`,
        evidence,
        where,
      };
    case 'refused':
      return { reason: refusal(error), message: `AWS refused ${error.action}: ${error.message}`, evidence, where };
  }
}

/** Who may assume a role is said by the role itself, not by anybody's policy. */
function untrusted(error: AwsCallError): Finding {
  const { code, action, message } = error;
  return {
    reason: 'access-denied',
    message: `AWS refused ${action}: ${message}`,
    evidence: { code, action },
    next: 'Let the role’s trust policy accept GitHub’s OIDC provider with the subject and audience of this job.',
    where: { kind: 'call', call: action },
  };
}

function refusal(error: AwsCallError): 'not-found' | 'deployment-failed' {
  return /NotFound/i.test(error.code) ? 'not-found' : 'deployment-failed';
}
