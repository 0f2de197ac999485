import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { LabClock } from '../clock/clock.ts';
import type { CallRecord } from './call-log.ts';
import type { Credentials } from './credentials.ts';
import { openDesks } from './directory.ts';
import { createFaults, type Faults } from './faults.ts';
import type { Incoming } from './protocol.ts';
import { type Served, serve } from './serve.ts';
import type { Service } from './service.ts';
import { rememberAnswers } from './stale.ts';
import { isRecord } from './strict.ts';

export interface AwsOptions {
  readonly services: readonly Service[];
  readonly clock: LabClock;
  readonly credentials: Credentials;
  readonly faults?: Faults;
  /** `<service>.<Shape>.<member>`: fields that AWS has and this SDK does not know yet, passed as they are. */
  readonly futureFields?: Iterable<string>;
  /** Tells the clock that a request stays open on purpose, until the returned function is called. */
  readonly keepWaiting?: () => () => void;
  readonly onCall?: (record: CallRecord) => void;
  /** A mistake of the lab. Default: thrown where nobody can miss it, at the top of the process. */
  readonly onDefect?: (defect: Error) => void;
}

export interface AwsHandler {
  /** For `http.createServer`. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Every call so far, in the order in which they ended. */
  readonly calls: readonly CallRecord[];
  /** Calls that the lab does not model, as `service.Operation`: a scenario with any fails. */
  readonly unmodelled: readonly string[];
}

/** All of the emulated AWS behind one HTTP server, told apart by the scope of each request's signature. */
export function createAwsHandler(options: AwsOptions): AwsHandler {
  const { clock, credentials, services } = options;
  const desks = openDesks(services, new Set(options.futureFields));
  const faults = options.faults ?? createFaults();
  const answers = rememberAnswers();
  const calls: CallRecord[] = [];
  const unmodelled: string[] = [];
  const keepWaiting = options.keepWaiting ?? (() => () => {});
  const defect = options.onDefect ?? throwAtTheTop;
  let count = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = `AWS request ${request.method} ${request.url}`;
    let release = clock.hold(name);
    response.once('close', () => release());
    count += 1;
    const id = `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
    const served = await serve(await read(request), id, {
      desks,
      credentials,
      faults,
      answers,
      defect,
      now: () => clock.now(),
      unmodelled: call => unmodelled.push(call),
      wait: async milliseconds => {
        const done = keepWaiting();
        response.once('close', done);
        release();
        release = () => {};
        // The service goes on when its client has gone away: the effect comes all the same.
        await clock.sleep(milliseconds);
        if (response.destroyed) return;
        release = clock.hold(name);
        response.off('close', done);
        done();
      },
    });
    calls.push(served.record);
    options.onCall?.(served.record);
    send(served, id, response, clock.now());
  }

  return {
    calls,
    unmodelled,
    handle: (request, response) => {
      handle(request, response).catch((error: unknown) => {
        response.destroy();
        if (!isBrokenRequest(error)) defect(error instanceof Error ? error : new Error(String(error)));
      });
    },
  };
}

async function read(request: IncomingMessage): Promise<Incoming> {
  const url = new URL(request.url ?? '/', 'http://lab.invalid');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  return {
    method: request.method ?? 'GET',
    // Labels keep their escapes until they are told apart.
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: headers['content-encoding'] === 'gzip' && !isForS3(headers) ? gunzipSync(body) : body,
  };
}

/** There the encoding is that of the object, and stays. */
function isForS3({ authorization = '' }: Incoming['headers']): boolean {
  return authorization.includes('/s3/aws4_request');
}

function send({ reply, skew }: Served, id: string, response: ServerResponse, now: number): void {
  if (reply === undefined) {
    response.destroy();
    return;
  }
  const body = Buffer.from(reply.body);
  response.sendDate = false;
  response.writeHead(reply.status, {
    'Content-Length': body.length,
    // An answer to HEAD says how long the body would be.
    ...reply.headers,
    // The SDK corrects its own clock by this.
    Date: new Date(now + skew).toUTCString(),
    'x-amzn-requestid': id,
    // A kept connection would outlive the lab and let a client time out in real time.
    Connection: 'close',
  });
  response.end(body);
}

/** The client went away in the middle of its request. */
function isBrokenRequest(error: unknown): boolean {
  return isRecord(error) && error.code === 'ECONNRESET';
}

function throwAtTheTop(defect: Error): void {
  setImmediate(() => {
    throw defect;
  });
}
