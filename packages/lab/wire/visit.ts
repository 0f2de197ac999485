import {
  authenticate,
  type Credentials,
  denial,
  expired,
  type FrontDoorRefusal,
  type Identity,
  isAllowed,
  type Signature,
} from './credentials.ts';
import { actionOf, type Desk } from './directory.ts';
import { frontDoorFailure } from './failure.ts';
import type { FaultAction } from './faults.ts';
import type { Failure, Incoming } from './protocol.ts';
import { type Call, ServiceError } from './service.ts';

/** What is known of a request while it goes from the front door to the behaviour. */
export interface Visit {
  readonly request: Incoming;
  readonly id: string;
  readonly desk: Desk;
  readonly operation: string;
  readonly signature: Signature | FrontDoorRefusal;
  readonly identity: Identity | undefined;
  /** Faults that fire for it. */
  readonly actions: readonly FaultAction[];
  /** How far the service's clock is ahead of lab time, ms. */
  readonly skew: number;
}

/** A request refused on its way; thrown so that every step can end the visit. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Lets the caller in, by the signature and the service's own clock. */
export function admit(visit: Visit, credentials: Credentials, now: number): Call {
  const { desk, operation, signature, skew } = visit;
  if ('refused' in signature) {
    const open = desk.service.unsigned?.includes(operation) === true && signature.refused === 'unsigned';
    if (!open) return refuse(desk, signature);
    return { now, account: '', region: '', principal: 'anonymous' };
  }
  const identity = authenticate(signature, credentials, now + skew);
  if ('refused' in identity) return refuse(desk, identity);
  return { now, account: identity.account, region: signature.region, principal: identity.principal };
}

export function refuseByFault({ actions, desk, operation }: Visit, call: Call): void {
  for (const action of actions) {
    if (action === 'expired-token') refuse(desk, expired());
    if (action === 'throttle') refuse(desk, throttled);
    if (action === 'deny') refuse(desk, denial(call.principal, actionOf(desk, operation), '*'));
    if (isAction(action, 'error') && action.error.effect !== true) fail(action.error);
  }
}

/** It has happened, and the answer is an error all the same. */
export function failAfterEffect({ actions }: Visit): void {
  for (const action of actions) if (isAction(action, 'error') && action.error.effect === true) fail(action.error);
}

function fail({ code, message, status }: { readonly code: string; readonly message: string; readonly status: number }) {
  throw new ServiceError(code, message, status);
}

export function throttle({ desk, operation }: Visit, { account, region, now }: Call): void {
  if (!desk.throttle(account, region, operation, now)) refuse(desk, throttled);
}

export function authorise(visit: Visit, input: Readonly<Record<string, unknown>>, call: Call): void {
  const { desk, operation, identity } = visit;
  const action = actionOf(desk, operation);
  if (identity === undefined || isAllowed(identity, action)) return;
  refuse(desk, denial(call.principal, action, desk.service.resource?.(operation, input, call) ?? '*'));
}

const throttled: FrontDoorRefusal = { refused: 'throttled', message: 'Rate exceeded' };

export function refuse(desk: Desk, refusal: FrontDoorRefusal): never {
  throw new Refused(frontDoorFailure(desk.model, refusal.refused, refusal.message));
}

export function isAction<K extends string>(
  action: FaultAction,
  name: K,
): action is Extract<FaultAction, Record<K, unknown>> {
  return typeof action === 'object' && name in action;
}
