import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '#core/clock';

export interface TestServer {
  readonly url: string;
  /** `GET /path` of every request so far. */
  readonly asked: readonly string[];
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

const open: TestServer[] = [];

/** A real server on a port of its own. */
export async function serve(listener: RequestListener): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An address of a server that listens on a port is never a string.
  const { port } = server.address() as AddressInfo;
  const started: TestServer = {
    url: `http://127.0.0.1:${port}`,
    requests,
    get asked() {
      return requests.map(({ method, url }) => `${method} ${url}`);
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  open.push(started);
  return started;
}

export async function closeServers(): Promise<void> {
  await Promise.all(open.splice(0).map(server => server.close()));
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
};
