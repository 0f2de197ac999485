import { Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http';
import { Agent as HttpsAgent, request as overHttps } from 'node:https';
import type { Clock } from '#core/clock';
import type { Exchange } from '#core/smoke/answer';
import type { Method } from '#core/smoke/smoke-file';

export interface HttpRequest {
  readonly method: Method;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** To the end of the answer, redirects included, in ms. */
  readonly timeout: number;
  readonly followRedirects: boolean;
}

/** Asks once. Never rejects for what the other side does; rejects with the signal's reason when the run is cancelled. */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<Exchange>;

/** Bodies beyond this are not read: a smoke test is no download. */
const largestBody = 5 * 1024 * 1024;
const mostRedirects = 5;

export function createSend(clock: Clock): Send {
  return async (request, signal) => {
    signal.throwIfAborted();
    const started = clock.now();
    const over = new AbortController();
    const stop = () => over.abort();
    signal.addEventListener('abort', stop, { once: true });
    const timer = new AbortController();
    let late = false;
    const timeout = clock.sleep(request.timeout, timer.signal).then(
      () => {
        late = true;
        over.abort();
      },
      // The answer came first.
      () => undefined,
    );
    try {
      const answer = await follow(request, over.signal);
      return { ...answer, latency: clock.now() - started };
    } catch (error) {
      signal.throwIfAborted();
      const why = late ? `no answer within ${request.timeout} ms` : reasonOf(error);
      return { kind: 'no-answer', why, latency: clock.now() - started };
    } finally {
      signal.removeEventListener('abort', stop);
      timer.abort();
      await timeout;
    }
  };
}

type Raw = Omit<Extract<Exchange, { kind: 'answer' }>, 'latency'>;

async function follow(first: HttpRequest, signal: AbortSignal): Promise<Raw> {
  let request = first;
  for (let redirects = 0; ; redirects++) {
    const answer = await exchange(request, signal);
    const { location } = answer.headers;
    if (!request.followRedirects || location === undefined || !isRedirect(answer.status)) return answer;
    if (redirects === mostRedirects) throw new Error(`more than ${mostRedirects} redirects, the last to ${location}`);
    request = redirected(request, answer.status, location);
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** As browsers do it. Another origin gets none of the headers: they may hold what is meant for the first one only. */
function redirected(request: HttpRequest, status: number, location: string): HttpRequest {
  if (!URL.canParse(location, request.url.href)) throw new Error(`redirected to ${location}, which is no URL`);
  const url = new URL(location, request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`redirected to ${location}`);
  const headers = url.origin === request.url.origin ? request.headers : {};
  const asGet = status === 303 ? request.method !== 'HEAD' : status < 303 && request.method === 'POST';
  return asGet ? { ...request, url, headers, method: 'GET', body: undefined } : { ...request, url, headers };
}

/**
 * Over a connection of its own: one that is kept may be closed by the other side just as it is used again. Through the proxy
 * that the runner's environment names (HTTPS_PROXY, NO_PROXY), as its own HTTP clients go.
 */
function exchange({ method, url, headers, body }: HttpRequest, signal: AbortSignal): Promise<Raw> {
  const defaults = { accept: '*/*', 'user-agent': 'release-actions' };
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...defaults, ...lowerCase(headers) }, signal };
    const connection = { proxyEnv: process.env };
    const outgoing =
      url.protocol === 'https:'
        ? overHttps(url, { ...options, agent: new HttpsAgent(connection) })
        : overHttp(url, { ...options, agent: new HttpAgent(connection) });
    outgoing.on('error', reject);
    outgoing.on('response', incoming => {
      readBody(incoming).then(
        text => resolve({ kind: 'answer', status: incoming.statusCode ?? 0, headers: headersOf(incoming), body: text }),
        reject,
      );
    });
    outgoing.end(body);
  });
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestBody) throw new Error('an answer larger than 5 MiB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function headersOf({ headersDistinct }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]));
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset before an answer',
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'no connection was made',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
};

/** A host with several addresses fails with one error for each of them; the first says it. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return reasonOf(error.errors[0]);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = words[code];
  if (known !== undefined) return `${known} (${code})`;
  return 'message' in error ? String(error.message) : String(error);
}
