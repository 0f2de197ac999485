import { type Role, roleArn, type Trust } from '../sts/roles.ts';

/**
 * The trust policy of a role, as somebody would have written it. What has no wildcard is compared as it is, which comes to the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function trustPolicy(role: Role): object {
  return { Version: '2012-10-17', Statement: role.trust.map(trust => statementOf(role, trust)) };
}

/** As IAM hands it out: URL-encoded by RFC 3986. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export function encodedPolicy(role: Role): string {
  return encodeURIComponent(JSON.stringify(trustPolicy(role))).replaceAll(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function statementOf(role: Role, trust: Trust): object {
  if (trust.action === 'AssumeRole') {
    return { Effect: 'Allow', Principal: { AWS: trust.principals }, Action: 'sts:AssumeRole' };
  }
  const { provider, conditions } = trust;
  const [account] = /\d{12}/.exec(roleArn(role)) ?? [];
  const operators: Record<string, Record<string, string | readonly string[]>> = {};
  for (const [claim, patterns] of Object.entries(conditions)) {
    const operator = patterns.some(pattern => /[*?]/.test(pattern)) ? 'StringLike' : 'StringEquals';
    const [only = '', ...more] = patterns;
    operators[operator] = { ...operators[operator], [`${provider}:${claim}`]: more.length === 0 ? only : patterns };
  }
  return {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${provider}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: operators,
  };
}
