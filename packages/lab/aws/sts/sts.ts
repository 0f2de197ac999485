import * as model from '@aws-sdk/client-sts';
import type { LabClock } from '../../clock/clock.ts';
import type { Credentials } from '../../wire/credentials.ts';
import { modelOnly } from '../../wire/not-modelled.ts';
import { type Call, type Service, ServiceError } from '../../wire/service.ts';
import { type Claims, checkRole, type Role, roleArn, trustsPrincipal, trustsWebIdentity } from './roles.ts';
import { createSessions, type Session } from './sessions.ts';

/** What the lab's OIDC issuer says about a token. Times are in the claims (`iat`, `exp`, seconds). */
export type TokenVerdict =
  | { readonly verdict: 'valid'; readonly claims: Claims }
  | { readonly verdict: 'expired'; readonly expiredAt: number }
  | { readonly verdict: 'invalid'; readonly message: string };

export interface StsOptions {
  readonly clock: LabClock;
  /** Checks signature, issuer and lifetime at lab time `now` (epoch ms). */
  readonly verify: (token: string, now: number) => TokenVerdict | Promise<TokenVerdict>;
  /** What an identity provider in IAM expects as `aud`. */
  readonly audience?: string;
}

export interface StsWorld {
  readonly service: Service;
  /** For the wire layer: resolves every key that this STS knows. */
  readonly credentials: Credentials;
  addRole(role: Role): void;
  role(account: string, name: string): Role | undefined;
  addKey(accessKeyId: string, identity: { account: string; principal: string; allowed?: readonly string[] }): void;
  /** Every session so far ends now. */
  endSessions(): void;
}

const hour = 3600;
const sessionName = /^[\w+=,.@-]{2,64}$/;

/** https://docs.aws.amazon.com/STS/latest/APIReference/ */
export function createSts({ clock, verify, audience = 'sts.amazonaws.com' }: StsOptions): StsWorld {
  const roles = new Map<string, Role>();
  const sessions = createSessions();

  /** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
  async function assumeRoleWithWebIdentity(input: model.AssumeRoleWithWebIdentityCommandInput, call: Call) {
    modelOnly(input, 'RoleArn', 'RoleSessionName', 'WebIdentityToken', 'DurationSeconds');
    const { RoleArn = '', RoleSessionName = '', WebIdentityToken = '' } = input;
    checkRequest(RoleArn, RoleSessionName, input.DurationSeconds);
    const token = await verify(WebIdentityToken, call.now);
    if (token.verdict === 'expired') {
      const times = `current date/time ${seconds(call.now)} must be before the expiration date/time ${seconds(token.expiredAt)}`;
      throw new ServiceError('ExpiredTokenException', `Token expired: ${times}`);
    }
    if (token.verdict === 'invalid') throw new ServiceError('InvalidIdentityTokenException', token.message);
    const { claims } = token;
    if (claims.aud !== audience) throw new ServiceError('InvalidIdentityTokenException', 'Incorrect token audience');
    const role = roles.get(RoleArn);
    if (role === undefined || !trustsWebIdentity(role, String(claims.iss), claims)) {
      throw new ServiceError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
    }
    return {
      ...open(role, RoleSessionName, input.DurationSeconds, call.now),
      SubjectFromWebIdentityToken: String(claims.sub),
      Provider: `arn:aws:iam::${role.account}:oidc-provider/${String(claims.iss).replace('https://', '')}`,
      Audience: audience,
    };
  }

  /** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
  function assumeRole(input: model.AssumeRoleCommandInput, call: Call) {
    modelOnly(input, 'RoleArn', 'RoleSessionName', 'DurationSeconds');
    const { RoleArn = '', RoleSessionName = '', DurationSeconds } = input;
    checkRequest(RoleArn, RoleSessionName, DurationSeconds);
    const role = roles.get(RoleArn);
    if (role === undefined || !trustsPrincipal(role, call.principal)) {
      const message = `User: ${call.principal} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`;
      throw new ServiceError('AccessDenied', message, 403);
    }
    if (call.principal.includes(':assumed-role/') && (DurationSeconds ?? hour) > hour) {
      const message =
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
      throw new ServiceError('ValidationError', message);
    }
    return open(role, RoleSessionName, DurationSeconds, call.now);
  }

  function open(role: Role, name: string, duration: number | undefined, now: number) {
    if ((duration ?? hour) > (role.maxSessionSeconds ?? hour)) {
      const message = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
      throw new ServiceError('ValidationError', message);
    }
    const principal = `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`;
    // Expiration is in whole seconds on the wire, and so is what the credentials really have.
    const expires = (seconds(now) + (duration ?? hour)) * 1000;
    const { account, allowed } = role;
    const session = sessions.issue({ account, principal, expires, ...(allowed === undefined ? {} : { allowed }) });
    return {
      Credentials: credentialsOf(session),
      AssumedRoleUser: { AssumedRoleId: userId(principal), Arn: principal },
    };
  }

  const service: Service = {
    id: 'sts',
    model,
    unsigned: ['AssumeRoleWithWebIdentity'],
    resource: (operation, input) => (operation === 'AssumeRole' ? String(input.RoleArn) : undefined),
    operations: {
      AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
      AssumeRole: assumeRole,
      /** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
      GetCallerIdentity: (_input: model.GetCallerIdentityCommandInput, { account, principal }: Call) => ({
        UserId: userId(principal),
        Account: account,
        Arn: principal,
      }),
    },
  };

  return {
    service,
    credentials: sessions,
    addKey: sessions.addKey,
    endSessions: () => sessions.endAll(clock.now()),
    role: (account, name) => [...roles.values()].find(role => role.account === account && role.name === name),
    addRole(role) {
      checkRole(role);
      roles.set(roleArn(role), role);
    },
  };
}

function checkRequest(arn: string, name: string, duration: number | undefined): void {
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn))
    throw new ServiceError('ValidationError', 'Request ARN is invalid');
  const violation = (value: string, member: string, rule: string) =>
    new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
    );
  if (!sessionName.test(name))
    throw violation(name, 'roleSessionName', 'satisfy regular expression pattern: [\\w+=,.@-]*');
  if (duration !== undefined && duration < 900) {
    throw violation(String(duration), 'durationSeconds', 'have value greater than or equal to 900');
  }
  if (duration !== undefined && duration > 12 * hour) {
    throw violation(String(duration), 'durationSeconds', 'have value less than or equal to 43200');
  }
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken, expires }: Session) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(expires),
  };
}

/** The unique id of a role is stable and means nothing; a user's is its last part. */
function userId(principal: string): string {
  const [, role, name] = /:assumed-role\/([^/]+)\/(.+)$/.exec(principal) ?? [];
  return role === undefined ? `AIDALAB${principal.split('/').at(-1)}` : `AROALAB${role.toUpperCase()}:${name}`;
}

function seconds(time: number): number {
  return Math.floor(time / 1000);
}
