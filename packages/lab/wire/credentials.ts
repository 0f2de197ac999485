import type { FrontDoor } from './failure.ts';
import type { Incoming } from './protocol.ts';

/** Who an access key speaks for. */
export interface Identity {
  readonly account: string;
  /** ARN, as the access denied message and CloudTrail name it. */
  readonly principal: string;
  /** Epoch ms of lab time; absent for long-term keys. */
  readonly expires?: number;
  /** Allowed IAM actions, `*` as in a policy: `ecs:Describe*`. Absent: everything is allowed. */
  readonly allowed?: readonly string[];
}

export interface Credentials {
  /** Undefined when the key is not known, or the token does not belong to it. */
  resolve(accessKeyId: string, sessionToken: string | undefined): Identity | undefined;
}

/** What a SigV4 signature says about its request. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly sessionToken: string | undefined;
  /** Epoch ms of the signing, by the client's clock. */
  readonly signedAt: number;
}

export interface FrontDoorRefusal {
  readonly refused: FrontDoor;
  readonly message: string;
}

/** SigV4 refuses what was signed more than five minutes from its own clock. */
const tolerance = 5 * 60_000;
const authorization =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[^/\s,]+)\/(?<date>\d{8})\/(?<region>[a-z0-9-]+)\/(?<service>[a-z0-9-]+)\/aws4_request, ?SignedHeaders=(?<headers>[a-z0-9;-]+), ?Signature=[0-9a-f]{64}$/;

/**
 * Reads the `Authorization` header (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 * Its form, its date and the signed headers are checked, the signature itself is not: the lab knows no secrets.
 */
export function readSignature(request: Incoming): Signature | FrontDoorRefusal {
  const header = request.headers.authorization;
  if (header === undefined) return { refused: 'unsigned', message: 'Request is missing Authentication Token' };
  const parts = authorization.exec(header)?.groups;
  const signedAt = readAmzDate(request.headers['x-amz-date']);
  if (parts === undefined) return incomplete('The Authorization header is not a complete SigV4 signature.');
  if (signedAt === undefined) return incomplete('Authorization header requires existence of an X-Amz-Date header.');
  const signed = parts.headers?.split(';') ?? [];
  const mustBeSigned = Object.keys(request.headers).filter(name => name === 'host' || name.startsWith('x-amz-'));
  const unsigned = mustBeSigned.filter(name => !signed.includes(name));
  if (unsigned.length > 0) return incomplete(`The headers ${unsigned.join(', ')} are not signed.`);
  if (new Date(signedAt).toISOString().slice(0, 10).replaceAll('-', '') !== parts.date) {
    return incomplete('The date in the credential scope does not match X-Amz-Date.');
  }
  return {
    accessKeyId: parts.key ?? '',
    region: parts.region ?? '',
    service: parts.service ?? '',
    sessionToken: request.headers['x-amz-security-token'],
    signedAt,
  };
}

function incomplete(message: string): FrontDoorRefusal {
  return { refused: 'incomplete-signature', message };
}

function readAmzDate(text: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text ?? '');
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Checks the signature against the service's clock (`now`, epoch ms) and the known keys. */
export function authenticate(signature: Signature, credentials: Credentials, now: number): Identity | FrontDoorRefusal {
  const { signedAt } = signature;
  if (signedAt < now - tolerance) {
    const message = `Signature expired: ${amz(signedAt)} is now earlier than ${amz(now - tolerance)} (${amz(now)} - 5 min.)`;
    return { refused: 'clock-skew', message };
  }
  if (signedAt > now + tolerance) {
    const message = `Signature not yet current: ${amz(signedAt)} is still later than ${amz(now + tolerance)} (${amz(now)} + 5 min.)`;
    return { refused: 'clock-skew', message };
  }
  const identity = credentials.resolve(signature.accessKeyId, signature.sessionToken);
  if (identity === undefined) {
    return { refused: 'unknown-key', message: 'The security token included in the request is invalid.' };
  }
  if (identity.expires !== undefined && identity.expires <= now) return expired();
  return identity;
}

export function expired(): FrontDoorRefusal {
  return { refused: 'expired', message: 'The security token included in the request is expired' };
}

function amz(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** The wording of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function denial(principal: string, action: string, resource: string): FrontDoorRefusal {
  const message = `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return { refused: 'denied', message };
}

export function isAllowed(identity: Identity, action: string): boolean {
  return identity.allowed === undefined || identity.allowed.some(pattern => matchesPattern(pattern, action));
}

/** `*` and `?` as in IAM. Actions compare without case. */
export function matchesPattern(pattern: string, text: string, flags = 'i'): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags).test(text);
}
