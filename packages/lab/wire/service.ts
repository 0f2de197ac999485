/** What one emulated AWS service is to the wire layer: behaviour only, everything else comes from the SDK's schemas. */
export interface Service {
  /** Short name used in scenarios, faults and the call log: `ecs`, `sts`, `logs`. */
  readonly id: string;
  /** The namespace object of the SDK package (`import * as ecs from '@aws-sdk/client-ecs'`): holds `UpdateService$` … */
  readonly model: object;
  /** Behaviour by operation name. An operation of the model that is not here answers 501 and fails the scenario. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Token buckets, per account and region. An operation in no bucket is not throttled. */
  readonly buckets?: readonly Bucket[];
  /** Operations that need no signature (`sts.AssumeRoleWithWebIdentity`); their `Call` has an empty account and region. */
  readonly unsigned?: readonly string[];
  /** ARN that an access denied message names. Absent or undefined: `*`. */
  readonly resource?: (operation: string, input: Readonly<Record<string, unknown>>, call: Call) => string | undefined;
}

/** Input and output are the shapes that the SDK client itself sees (dates are `Date`, blobs `Uint8Array`). */
export type Operation = (input: never, call: Call) => unknown;

export interface Call {
  /** Lab time of the call, epoch ms. */
  readonly now: number;
  /** Account and region of the credentials and of the signature's scope. */
  readonly account: string;
  readonly region: string;
  /** ARN of the caller, as CloudTrail would name it. */
  readonly principal: string;
}

/** Operations that draw from one token bucket. `refill` is tokens a second. */
export interface Bucket {
  readonly operations: readonly string[];
  readonly burst: number;
  readonly refill: number;
}

/** An error as the service answers it: `code` is the modelled exception's name. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}
