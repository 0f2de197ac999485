/** From a request to its answer: faults, the token, the limits, the call itself, and what is remembered of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from '../faults/faults.ts';
import type { CallLog } from '../faults/log.ts';
import type { FaultKind } from '../faults/rules.ts';
import type { Lab } from '../world/lab.ts';
import { NotModelled, Refusal } from '../world/refusal.ts';
import type { Caller, Tokens } from '../world/tokens.ts';
import type { Answer } from './answers.ts';
import { type Exchange, type Incoming, receive } from './exchange.ts';
import { type Limits, RateLimit, rateLimited, SecondaryLimit } from './limits.ts';
import { send } from './send.ts';

export interface HandlerParts {
  readonly lab: Lab;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly log: CallLog;
  /** Tells the clock that a request is kept waiting on purpose; the answer ends that. */
  readonly keepWaiting: () => () => void;
  readonly rest: (incoming: Incoming) => Exchange;
  readonly graphql: (incoming: Incoming) => Exchange;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export function createHandler(parts: HandlerParts): Handler {
  return (request, response) => {
    const busy = createHold(parts.lab, `GitHub ${request.method} ${request.url}`);
    response.once('close', busy.release);
    serve(parts, request, response, busy).catch(error => {
      parts.log.violations.push(`${request.method} ${request.url}: ${String(error?.stack ?? error)}`);
      request.socket.destroy();
      busy.release();
    });
  };
}

async function serve(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
  busy: Hold,
): Promise<void> {
  const { lab, faults, log } = parts;
  const incoming = await receive(request);
  const exchange = open(parts, incoming);
  const fault = faults.strike(exchange.names);
  if (fault?.kind === 'slow') await pause(parts, response, busy, fault.milliseconds);
  const outcome = fault?.kind === 'reset-before' ? undefined : conduct(parts, request, incoming, exchange, fault);
  const cut = fault?.kind === 'reset-before' || fault?.kind === 'reset-after';
  log.calls.push({
    at: lab.clock.now(),
    call: exchange.call,
    path: incoming.path,
    repository: exchange.repository,
    actor: outcome?.caller?.account.login,
    runId: outcome?.caller?.kind === 'job' ? outcome.caller.runId : undefined,
    input: exchange.input,
    writes: exchange.writes,
    status: cut ? 0 : (outcome?.answer.status ?? 0),
    fault: fault?.kind,
  });
  if (cut || !outcome) {
    request.socket.destroy();
    busy.release();
    return;
  }
  const limits = outcome.caller ? parts.limits.headers(outcome.caller, exchange.resource) : {};
  send(
    lab,
    incoming,
    response,
    { ...outcome.answer, headers: { ...limits, ...outcome.answer.headers } },
    log.calls.length,
  );
}

function open({ rest, graphql }: HandlerParts, incoming: Incoming): Exchange {
  return incoming.path === '/graphql' ? graphql(incoming) : rest(incoming);
}

interface Outcome {
  readonly answer: Answer;
  readonly caller: Caller | undefined;
}

function conduct(
  parts: HandlerParts,
  request: IncomingMessage,
  incoming: Incoming,
  exchange: Exchange,
  fault: FaultKind | undefined,
): Outcome {
  let caller: Caller | undefined;
  try {
    caller = authenticate(parts.tokens, incoming);
    checkHeaders(request);
    if (fault?.kind === 'rate-limit') throw rateLimited(caller);
    if (fault?.kind === 'secondary-limit') throw new SecondaryLimit(fault.retryAfterSeconds);
    if (!exchange.uncounted) parts.limits.count(caller, exchange.resource, exchange.writes);
    if (fault?.kind === 'error' && !fault.effect) return { caller, answer: failed(fault.status) };
    const answer = exchange.perform(caller);
    if (fault?.kind === 'error') return { caller, answer: failed(fault.status) };
    const violation = exchange.violation(answer);
    if (violation === undefined) return { caller, answer };
    parts.log.violations.push(violation);
    return { caller, answer: { status: 500, body: { message: `the lab broke GitHub's description: ${violation}` } } };
  } catch (error) {
    return { caller, answer: refused(parts, exchange, error) };
  }
}

function authenticate(tokens: Tokens, { authorization }: Incoming): Caller {
  const token = /^(?:token|bearer) (\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Refusal(401, 'Requires authentication');
  return tokens.caller(token);
}

const knownVersion = '2022-11-28';

function checkHeaders(request: IncomingMessage): void {
  if (!request.headers['user-agent']) {
    throw new Refusal(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    );
  }
  const version = request.headers['x-github-api-version'];
  if (version === '2026-03-10') throw new NotModelled('version 2026-03-10 of the API');
  if (version !== undefined && version !== knownVersion)
    throw new Refusal(400, `The API version "${String(version)}" is not supported.`);
}

function refused({ log }: HandlerParts, exchange: Exchange, error: unknown): Answer {
  if (error instanceof NotModelled) {
    log.unmodelled.push(error.message);
    return { status: 501, body: { message: error.message } };
  }
  if (!(error instanceof Refusal)) {
    const text = `${exchange.call}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    log.violations.push(text);
    return { status: 500, body: { message: text } };
  }
  const limit = error instanceof RateLimit || error instanceof SecondaryLimit ? error : undefined;
  const headers: Record<string, string> = error instanceof RateLimit ? { 'x-ratelimit-remaining': '0' } : {};
  if (error instanceof SecondaryLimit && error.retryAfterSeconds !== undefined)
    headers['retry-after'] = String(error.retryAfterSeconds);
  const body = {
    message: error.message,
    ...(error.errors ? { errors: error.errors } : {}),
    documentation_url: limit?.documentation ?? exchange.documentation,
    status: String(error.status),
  };
  return { status: error.status, body, headers };
}

function failed(status: 500 | 502 | 503 | 504): Answer {
  return {
    status,
    body: {
      message:
        status === 503 ? 'No server is currently available to service your request. Sorry about that.' : 'Server Error',
    },
  };
}

interface Hold {
  readonly release: () => void;
  /** Lets time pass until `take` is called again. */
  readonly pause: () => void;
  readonly take: () => void;
}

function createHold(lab: Lab, reason: string): Hold {
  let open: (() => void) | undefined = lab.clock.hold(reason);
  let over = false;
  const pause = () => {
    open?.();
    open = undefined;
  };
  return {
    pause,
    take() {
      if (!over) open ??= lab.clock.hold(reason);
    },
    release() {
      over = true;
      pause();
    },
  };
}

/** The hold is taken again inside the clock's own event, so that no jump fits in between. */
async function pause(
  { lab, keepWaiting }: HandlerParts,
  response: ServerResponse,
  busy: Hold,
  milliseconds: number,
): Promise<void> {
  const done = keepWaiting();
  // Whose machine has vanished waits for nothing any more; what was asked for comes all the same.
  response.once('close', done);
  const over = Promise.withResolvers<void>();
  lab.clock.at(lab.clock.now() + milliseconds, () => {
    if (!response.destroyed) busy.take();
    done();
    over.resolve();
  });
  busy.pause();
  await over.promise;
}
