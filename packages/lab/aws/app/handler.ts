import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LabClock } from '../../clock/clock.ts';
import { type Application, type Asked, answer, pickTask, type Reply, reply } from '../ecs/traffic.ts';

/** What is answered under a host. Undefined: not there. */
export type Answerer = (host: string, path: string, asked: Asked) => Reply | undefined;

export interface AppHandlerOptions {
  readonly world: { application(host: string): Application | undefined };
  /** Whatever else answers under a host, asked one after the other. */
  readonly others?: readonly Answerer[];
  readonly clock: Pick<LabClock, 'now' | 'at'>;
  /** Tells the clock that a request is kept waiting by the lab itself; called back when it no longer is. */
  readonly keepWaiting: () => () => void;
}

/**
 * The load balancers of the world: the host (its `Host` header, or the first part of the path as in
 * `/api.prod.example/version`) names a service, and one of its healthy targets answers.
 */
export function createAppHandler({ world, others = [], clock, keepWaiting }: AppHandlerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    const { application, path, host } = route(world, request);
    const asked = askedBy(request);
    const answered =
      application === undefined
        ? (elsewhere(others, host, path, asked) ?? noRule())
        : respond(application, path, asked);
    if (answered.latency <= 0) {
      send(response, answered);
      return;
    }
    const release = keepWaiting();
    const cancel = clock.at(clock.now() + answered.latency, () => {
      release();
      send(response, answered);
    });
    response.once('close', () => {
      if (response.writableEnded) return;
      cancel();
      release();
    });
  };
}

function route(world: AppHandlerOptions['world'], request: IncomingMessage) {
  const { pathname } = new URL(request.url ?? '/', 'http://lab');
  const [, first = '', ...rest] = pathname.split('/');
  const byPath = world.application(first);
  if (byPath !== undefined) return { application: byPath, path: `/${rest.join('/')}`, host: first };
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return { application: world.application(host), path: pathname, host };
}

function askedBy({ method = 'GET', headers }: IncomingMessage): Asked {
  return {
    method,
    header: name => {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}

function elsewhere(
  others: NonNullable<AppHandlerOptions['others']>,
  host: string,
  path: string,
  asked: Asked,
): Reply | undefined {
  for (const answer of others) {
    const found = answer(host, path, asked);
    if (found !== undefined) return found;
  }
  return undefined;
}

function respond(application: Application, path: string, asked: Asked): Reply {
  const task = pickTask(application);
  return task === undefined
    ? reply({ status: 503, body: '503 Service Temporarily Unavailable' })
    : answer(application, task, path, asked);
}

/** What the default rule of the lab's listeners says. */
const noRule = (): Reply => reply({ status: 404, body: 'No rule of this load balancer matches the request' });

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  response.end(body);
}
