/**
 * What an error of an AWS call means for the caller.
 *
 * - `denied`, `expired`, `no-credentials`, `refused`: trying again changes nothing.
 * - `throttled`: refused before any effect (too many calls, or clocks that disagreed); try again.
 * - `unknown-effect`: the connection or the service broke; the call may have had its effect.
 */
export type FailureKind = 'denied' | 'expired' | 'no-credentials' | 'throttled' | 'unknown-effect' | 'refused';

/** A failed AWS call, as the rest of the suite sees it: no SDK type gets past this layer. */
export class AwsCallError extends Error {
  readonly kind: FailureKind;
  /** The exception's name as AWS documents it, for example `ClusterNotFoundException`. */
  readonly code: string;
  /** `ecs:UpdateService`, as IAM writes it. */
  readonly action: string;

  constructor(kind: FailureKind, code: string, action: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AwsCallError';
    this.kind = kind;
    this.code = code;
    this.action = action;
  }
}

const denied =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError(Exception)?|UnauthorizedException)$/;
/** Some services name a denial by a general exception: only its words say what it is. */
const deniedWords = /not authorized to perform:? [\w-]+:\w+/i;
const expired = /^(ExpiredToken(Exception)?|TokenRefreshRequired)$/;
const noCredentials =
  /^(CredentialsProviderError|UnrecognizedClientException|InvalidClientTokenId|MissingAuthenticationToken(Exception)?|InvalidSignatureException|SignatureDoesNotMatch|InvalidAccessKeyId)$/;
const throttled =
  /^(Throttling(Exception)?|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|BandwidthLimitExceeded|LimitExceededException)$/;

/**
 * The clocks disagree. Nothing was done, and the SDK has set its own by the answer's `Date`: the next try is right.
 * Source: the SDK's list of clock skew errors, and the words of SigV4's refusals.
 */
const skewed = /^(RequestExpired|RequestInTheFuture|RequestTimeTooSkewed)$/;
const skewedWords = /signature (expired|not yet current)/i;

/** Sorts whatever an SDK client threw. */
export function callError(action: string, error: unknown): AwsCallError {
  if (error instanceof AwsCallError) return error;
  const name = error instanceof Error ? error.name : 'UnknownError';
  const message = error instanceof Error ? error.message : String(error);
  return new AwsCallError(kindOf(name, message, statusOf(error)), name, action, message, { cause: error });
}

function kindOf(name: string, message: string, status: number | undefined): FailureKind {
  if (denied.test(name) || deniedWords.test(message)) return 'denied';
  if (skewed.test(name) || skewedWords.test(message)) return 'throttled';
  if (expired.test(name)) return 'expired';
  if (noCredentials.test(name)) return 'no-credentials';
  if (throttled.test(name) && (name !== 'LimitExceededException' || /rate/i.test(message))) return 'throttled';
  if (status === 429) return 'throttled';
  if (status === undefined || status === 408 || status >= 500) return 'unknown-effect';
  return 'refused';
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
