import { type CallRecord, hideSecrets } from './call-log.ts';
import {
  authenticate,
  type Credentials,
  denial,
  expired,
  type FrontDoorRefusal,
  type Identity,
  isAllowed,
  readSignature,
  type Signature,
} from './credentials.ts';
import { actionOf, type Desk, findDesk } from './directory.ts';
import { frontDoorFailure, refusalFailure, serviceFailure } from './failure.ts';
import { type FaultAction, type Faults, isStale } from './faults.ts';
import type { OperationModel } from './model.ts';
import { NotModelled } from './not-modelled.ts';
import type { Failure, Incoming, Reply } from './protocol.ts';
import { InputRefusal, LabDefect } from './refusal.ts';
import { type Call, ServiceError } from './service.ts';
import type { Answers } from './stale.ts';

export interface Serving {
  readonly desks: readonly Desk[];
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly answers: Answers;
  now(): number;
  /** Lets lab time pass before the request goes on. */
  wait(milliseconds: number): Promise<void>;
  unmodelled(call: string): void;
  defect(defect: Error): void;
}

export interface Served {
  /** Undefined: the connection is broken instead. */
  readonly reply: Reply | undefined;
  /** How far the service's clock is ahead of lab time, ms. */
  readonly skew: number;
  readonly record: CallRecord;
}

/** What is known of a request while it goes from the front door to the behaviour. */
interface Visit {
  readonly request: Incoming;
  readonly id: string;
  readonly desk: Desk;
  readonly operation: string;
  readonly signature: Signature | FrontDoorRefusal;
  readonly actions: readonly FaultAction[];
  readonly skew: number;
  identity: Identity | undefined;
  input: unknown;
}

/** A request refused on its way; thrown so that every step can end the visit. */
class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export async function serve(request: Incoming, id: string, serving: Serving): Promise<Served> {
  const at = serving.now();
  const signature = readSignature(request);
  const scope = 'refused' in signature ? undefined : signature.service;
  const found = findDesk(serving.desks, request, scope);
  if (found === undefined) return answerUnknown(request, scope, at, serving);
  const { desk, operation } = found;
  const identity = 'refused' in signature ? undefined : resolve(signature, serving);
  const service = desk.service.id;
  const known = desk.model.operations.has(operation);
  const actions = known ? serving.faults.fire({ service, operation, account: identity?.account ?? '', at }) : [];
  const skew = sum(actions.map(action => (isAction(action, 'skew') ? action.skew : 0)));
  const visit: Visit = { request, id, desk, operation, signature, actions, skew, identity, input: undefined };

  const slow = sum(actions.map(action => (isAction(action, 'slow') ? action.slow : 0)));
  if (slow > 0) await serving.wait(slow);
  const { reply, outcome } = await pass(visit, serving);
  const record = {
    at,
    service,
    operation,
    account: identity?.account ?? '',
    region: 'refused' in signature ? '' : signature.region,
    principal: identity?.principal ?? '',
    input: visit.input,
    outcome,
  };
  return { reply, skew, record };
}

async function pass(visit: Visit, serving: Serving): Promise<{ reply: Reply | undefined; outcome: string }> {
  const { desk, id } = visit;
  if (visit.actions.includes('reset-before')) return { reply: undefined, outcome: 'reset-before' };
  try {
    const reply = await answer(visit, serving);
    if (visit.actions.includes('reset-after')) return { reply: undefined, outcome: 'reset-after' };
    return { reply, outcome: 'ok' };
  } catch (error) {
    const failure = failureOf(error, visit, serving);
    const reply = desk.protocol.fail(failure, desk.model, id, desk.strict);
    // A refusal is an effect too: the client of a broken connection never learns of it.
    if (visit.actions.includes('reset-after')) return { reply: undefined, outcome: 'reset-after' };
    return { reply, outcome: failure.code };
  }
}

/** From the front door to the behaviour, in the order of the services: who, how often, what, whether allowed. */
async function answer(visit: Visit, serving: Serving): Promise<Reply> {
  const { desk, operation, actions } = visit;
  const now = serving.now();
  const call = admit(visit, serving, now);
  refuseByFault(visit, call);
  if (!desk.throttle(call.account, call.region, operation, now)) refuse(desk, throttled());
  const model = desk.model.operations.get(operation);
  if (model === undefined) {
    serving.unmodelled(`${desk.service.id}.${operation}`);
    return refuse(desk, { refused: 'unknown-operation', message: `The operation ${operation} is not known.` });
  }
  const behaviour = desk.service.operations[operation];
  if (behaviour === undefined) throw new Refused(notModelled(`${desk.service.id}.${operation}`, serving));
  const input = desk.protocol.read(visit.request, model, desk.strict);
  visit.input = model.input === undefined ? {} : hideSecrets(model.input, input);
  authorise(visit, input, call);
  const stale = actions.find(isStale);
  const key = JSON.stringify([desk.service.id, operation, call.account, call.region, input]);
  const earlier = stale === undefined ? undefined : serving.answers.recall(key, now - stale.stale);
  if (earlier !== undefined) return earlier;
  // The schema says that this is what the behaviour takes; its own type names the SDK's.
  const output = await behaviour(input as never, call);
  return written(visit, model, output, key, now, serving);
}

function written(
  visit: Visit,
  model: OperationModel,
  output: unknown,
  key: string,
  now: number,
  serving: Serving,
): Reply {
  const { desk, id, operation } = visit;
  const reply = desk.protocol.write(output, model, desk.model, id, desk.strict);
  const keep = serving.faults.staleness(desk.service.id, operation);
  if (keep > 0) serving.answers.remember(key, now, reply, keep);
  return reply;
}

function admit(visit: Visit, serving: Serving, now: number): Call {
  const { desk, operation, signature, skew } = visit;
  if ('refused' in signature) {
    const open = desk.service.unsigned?.includes(operation) === true && signature.refused === 'unsigned';
    if (!open) return refuse(desk, signature);
    return { now, account: '', region: '', principal: 'anonymous' };
  }
  const identity = authenticate(signature, serving.credentials, now + skew);
  if ('refused' in identity) return refuse(desk, identity);
  return { now, account: identity.account, region: signature.region, principal: identity.principal };
}

function refuseByFault({ actions, desk, operation }: Visit, call: Call): void {
  for (const action of actions) {
    if (action === 'expired-token') refuse(desk, expired());
    if (action === 'throttle') refuse(desk, throttled());
    if (action === 'deny') refuse(desk, denial(call.principal, actionOf(desk, operation), '*'));
    if (isAction(action, 'error')) {
      const { code, message, status } = action.error;
      throw new ServiceError(code, message, status);
    }
  }
}

function authorise({ desk, operation, identity }: Visit, input: Readonly<Record<string, unknown>>, call: Call): void {
  const action = actionOf(desk, operation);
  if (identity === undefined || isAllowed(identity, action)) return;
  refuse(desk, denial(call.principal, action, desk.service.resource?.(operation, input, call) ?? '*'));
}

function resolve(signature: Signature, { credentials }: Serving): Identity | undefined {
  return credentials.resolve(signature.accessKeyId, signature.sessionToken);
}

function throttled(): FrontDoorRefusal {
  return { refused: 'throttled', message: 'Rate exceeded' };
}

function refuse(desk: Desk, refusal: FrontDoorRefusal): never {
  throw new Refused(frontDoorFailure(desk.model, refusal.refused, refusal.message));
}

/** 501 is an answer that no SDK retries, so what is missing shows at once. */
function notModelled(what: string, serving: Serving): Failure {
  serving.unmodelled(what);
  return { code: 'NotImplemented', message: `The lab does not model ${what}.`, status: 501, fields: {} };
}

function failureOf(error: unknown, { desk, operation }: Visit, serving: Serving): Failure {
  if (error instanceof Refused) return error.failure;
  if (error instanceof InputRefusal) return refusalFailure(desk.model, error);
  try {
    if (error instanceof ServiceError) return serviceFailure(desk.model, error);
    if (error instanceof NotModelled) return notModelled(`${desk.service.id}.${operation} ${error.message}`, serving);
    throw error;
  } catch (cause) {
    const message = `${desk.service.id}.${operation}: ${cause instanceof Error ? cause.message : String(cause)}`;
    serving.defect(new LabDefect(message, { cause }));
    return { code: 'LabDefect', message, status: 501, fields: {} };
  }
}

function answerUnknown(request: Incoming, scope: string | undefined, at: number, serving: Serving): Served {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const asked = request.headers['x-amz-target'] ?? form.get('Action') ?? `${request.method} ${request.path}`;
  const service = scope ?? 'unknown';
  serving.unmodelled(`${service}.${asked}`);
  const message = `The lab does not model ${service}.${asked}.`;
  return {
    reply: {
      status: 501,
      headers: { 'Content-Type': 'application/json', 'x-amzn-errortype': 'NotImplemented' },
      body: JSON.stringify({ __type: 'NotImplemented', message }),
    },
    skew: 0,
    record: {
      at,
      service,
      operation: asked,
      account: '',
      region: '',
      principal: '',
      input: undefined,
      outcome: 'NotImplemented',
    },
  };
}

function isAction<K extends string>(action: FaultAction, name: K): action is Extract<FaultAction, Record<K, unknown>> {
  return typeof action === 'object' && name in action;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
