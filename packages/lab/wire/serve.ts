import { type CallRecord, hideSecrets } from './call-log.ts';
import { type Credentials, readSignature } from './credentials.ts';
import { type Desk, findDesk } from './directory.ts';
import { refusalFailure, serviceFailure } from './failure.ts';
import { type Faults, isStale } from './faults.ts';
import { NotModelled } from './not-modelled.ts';
import type { Failure, Incoming, Reply } from './protocol.ts';
import { InputRefusal, LabDefect } from './refusal.ts';
import { ServiceError } from './service.ts';
import type { Answers } from './stale.ts';
import {
  admit,
  authorise,
  failAfterEffect,
  isAction,
  Refused,
  refuse,
  refuseByFault,
  throttle,
  type Visit,
} from './visit.ts';

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

interface Ended {
  readonly reply: Reply | undefined;
  readonly outcome: string;
  readonly input: unknown;
}

export async function serve(request: Incoming, id: string, serving: Serving): Promise<Served> {
  const at = serving.now();
  const signature = readSignature(request);
  const signed = 'refused' in signature ? undefined : signature;
  const found = findDesk(serving.desks, request, signed?.service);
  if (found === undefined) return answerUnknown(request, signed?.service ?? 'unknown', at, serving);
  const { desk, operation } = found;
  const identity = signed && serving.credentials.resolve(signed.accessKeyId, signed.sessionToken);
  const account = identity?.account ?? '';
  const service = desk.service.id;
  const known = desk.model.operations.has(operation);
  const actions = known ? serving.faults.fire({ service, operation, account, at }) : [];
  const skew = sum(actions.map(action => (isAction(action, 'skew') ? action.skew : 0)));
  const slow = sum(actions.map(action => (isAction(action, 'slow') ? action.slow : 0)));
  if (slow > 0) await serving.wait(slow);
  const visit: Visit = { request, id, desk, operation, signature, identity, actions, skew };
  const { reply, outcome, input } = await pass(visit, serving);
  const region = signed?.region ?? '';
  const principal = identity?.principal ?? '';
  return { reply, skew, record: { at, service, operation, account, region, principal, input, outcome } };
}

async function pass(visit: Visit, serving: Serving): Promise<Ended> {
  if (visit.actions.includes('reset-before')) return { reply: undefined, outcome: 'reset-before', input: undefined };
  // Known even when the visit ends in a refusal further on.
  const seen: { input: unknown } = { input: undefined };
  const ended = await answer(visit, serving, seen).then(
    reply => ({ reply, outcome: 'ok' }),
    (error: unknown) => answerError(error, visit, serving),
  );
  // A refusal is lost with its connection, too.
  if (visit.actions.includes('reset-after')) return { ...seen, reply: undefined, outcome: 'reset-after' };
  return { ...seen, ...ended };
}

/** From the front door to the behaviour, in the order of the services: who, how often, what, whether allowed. */
async function answer(visit: Visit, serving: Serving, seen: { input: unknown }): Promise<Reply> {
  const { desk, operation, id } = visit;
  const { service, protocol, strict } = desk;
  const now = serving.now();
  const call = admit(visit, serving.credentials, now);
  refuseByFault(visit, call);
  throttle(visit, call);
  const model = desk.model.operations.get(operation);
  if (model === undefined) {
    serving.unmodelled(`${service.id}.${operation}`);
    return refuse(desk, { refused: 'unknown-operation', message: `The operation ${operation} is not known.` });
  }
  const behaviour = service.operations[operation];
  if (behaviour === undefined) throw new NotModelled('');
  const input = protocol.read(visit.request, model, strict);
  seen.input = model.input === undefined ? {} : hideSecrets(model.input, input);
  authorise(visit, input, call);
  const stale = visit.actions.find(isStale);
  const keep = serving.faults.staleness(service.id, operation);
  // Bodies of megabytes are not written out for nothing.
  const remembered = stale !== undefined || keep > 0;
  const question = remembered ? JSON.stringify([service.id, operation, call.account, call.region, input]) : '';
  const earlier = stale && serving.answers.recall(question, now - stale.stale);
  if (earlier !== undefined) return earlier;
  // The schema says that this is what the behaviour takes; its own type names the SDK's.
  const output = await behaviour(input as never, call);
  const reply = protocol.write(output, model, desk.model, id, strict);
  if (keep > 0) serving.answers.remember(question, now, reply, keep);
  failAfterEffect(visit);
  return reply;
}

function answerError(error: unknown, visit: Visit, serving: Serving): { reply: Reply; outcome: string } {
  const { desk, id, operation } = visit;
  const name = `${desk.service.id}.${operation}`;
  const write = (failure: Failure) => ({
    reply: desk.protocol.fail(failure, desk.model, id, desk.strict),
    outcome: failure.code,
  });
  try {
    if (error instanceof Refused) return write(error.failure);
    if (error instanceof InputRefusal) return write(refusalFailure(desk.model, error));
    if (error instanceof ServiceError) return write(serviceFailure(desk.model, error));
    if (error instanceof NotModelled) return write(notModelled(`${name} ${error.message}`.trim(), serving));
    throw error;
  } catch (cause) {
    const message = `${name}: ${cause instanceof Error ? cause.message : String(cause)}`;
    serving.defect(new LabDefect(message, { cause }));
    return write({ code: 'LabDefect', message, status: 501, fields: {} });
  }
}

/** 501 is an answer that no SDK retries, so what is missing shows at once. */
function notModelled(what: string, serving: Serving): Failure {
  serving.unmodelled(what);
  return { code: 'NotImplemented', message: `The lab does not model ${what}.`, status: 501, fields: {} };
}

function answerUnknown(request: Incoming, service: string, at: number, serving: Serving): Served {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const operation = request.headers['x-amz-target'] ?? form.get('Action') ?? `${request.method} ${request.path}`;
  const { code, message, status } = notModelled(`${service}.${operation}`, serving);
  const headers = { 'Content-Type': 'application/json', 'x-amzn-errortype': code };
  const who = { account: '', region: '', principal: '' };
  return {
    reply: { status, headers, body: JSON.stringify({ __type: code, message }) },
    skew: 0,
    record: { at, service, operation, ...who, input: undefined, outcome: code },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
