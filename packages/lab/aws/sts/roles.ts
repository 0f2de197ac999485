import { matchesPattern } from '../../wire/credentials.ts';

/** Claims of an OIDC token, as its issuer signed them. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Claims of GitHub's tokens that a trust policy can name. `sub` and `aud` always, the others since January 2026:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export const trustableClaims = [
  'sub',
  'aud',
  'actor',
  'actor_id',
  'enterprise_id',
  'environment',
  'job_workflow_ref',
  'ref',
  'repository',
  'repository_id',
  'workflow',
] as const;
export type TrustableClaim = (typeof trustableClaims)[number];

/** One statement of a role's trust policy. */
export type Trust =
  | {
      readonly action: 'AssumeRoleWithWebIdentity';
      /** Issuer without its scheme: `token.actions.githubusercontent.com`. */
      readonly provider: string;
      /** StringLike: every claim named here matches one of its patterns. */
      readonly conditions: Readonly<Partial<Record<TrustableClaim, readonly string[]>>>;
    }
  | {
      readonly action: 'AssumeRole';
      /** ARNs of principals, as patterns. */
      readonly principals: readonly string[];
    };

export interface Role {
  readonly account: string;
  readonly name: string;
  readonly trust: readonly Trust[];
  /** Longest session in seconds; 3600 when not said, as for a new role. */
  readonly maxSessionSeconds?: number;
  /** IAM actions that its policies allow, `*` as in a policy; everything when absent. */
  readonly allowed?: readonly string[];
}

export function roleArn({ account, name }: Role): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

/** Throws when a condition names a claim that IAM cannot see: such a policy would never let anybody in. */
export function checkRole(role: Role): void {
  for (const trust of role.trust) {
    if (trust.action !== 'AssumeRoleWithWebIdentity') continue;
    const unknown = Object.keys(trust.conditions).filter(claim => !trustableClaims.some(each => each === claim));
    if (unknown.length > 0) throw new Error(`IAM has no condition key for the claims ${unknown.join(', ')}`);
  }
}

export function trustsWebIdentity(role: Role, issuer: string, claims: Claims): boolean {
  return role.trust.some(
    trust =>
      trust.action === 'AssumeRoleWithWebIdentity' &&
      `https://${trust.provider}` === issuer &&
      Object.entries(trust.conditions).every(([claim, patterns]) => matchesAny(patterns, claims[claim])),
  );
}

export function trustsPrincipal(role: Role, principal: string): boolean {
  return role.trust.some(trust => trust.action === 'AssumeRole' && matchesAny(trust.principals, principal));
}

function matchesAny(patterns: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && patterns.some(pattern => matchesPattern(pattern, value, ''));
}
