import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Distribution } from './distribution.ts';
import { answerAt } from './edge.ts';

export interface SiteHandlerOptions {
  readonly world: { at(host: string): Distribution | undefined };
  readonly clock: { now(): number };
  /** Whatever no distribution answers: the load balancers. */
  readonly otherwise: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * Sites over HTTP: the host (its `Host` header, or the first part of the path as in `/www.example/index.html`) names a distribution.
 * Each request meets the next edge, so that whoever looks more than once sees them all.
 */
export function createSiteHandler({ world, clock, otherwise }: SiteHandlerOptions) {
  let visits = 0;
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname } = new URL(request.url ?? '/', 'http://lab');
    const [, first = '', ...rest] = pathname.split('/');
    const byPath = world.at(first);
    const distribution = byPath ?? world.at((request.headers.host ?? '').replace(/:\d+$/, ''));
    if (distribution === undefined) {
      otherwise(request, response);
      return;
    }
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(403, { connection: 'close' }).end();
      return;
    }
    const path = byPath === undefined ? pathname : `/${rest.join('/')}`;
    const { status, headers, body } = answerAt(distribution, visits, path, clock.now());
    visits += 1;
    response.writeHead(status, {
      ...headers,
      date: new Date(clock.now()).toUTCString(),
      'content-length': body.length,
      connection: 'close',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
