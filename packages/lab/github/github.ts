/** The lab's GitHub: a world (`ports.ts`) and the HTTP handler that shows it as REST and GraphQL. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LabClock } from '../clock/clock.ts';
import { createFaults } from './faults/faults.ts';
import { createLog } from './faults/log.ts';
import { createGraphql } from './graphql/endpoint.ts';
import { createHandler, type Handler } from './http/handler.ts';
import { createLimits } from './http/limits.ts';
import { createRest } from './http/rest.ts';
import { createStorage } from './http/storage.ts';
import type { GitHubWorld } from './ports.ts';
import { allRoutes } from './routes/routes.ts';
import { createWorld } from './world/world.ts';

export interface GitHubOptions {
  readonly clock: LabClock;
  /** An empty folder: the bare repositories go there. */
  readonly directory: string;
  /** GITHUB_SERVER_URL, as links show it. `https://github.com` by default. */
  readonly serverUrl?: string;
  /** GITHUB_API_URL, as answers show it; a function where it is known later. What `listen` answers by default. */
  readonly apiUrl?: string | (() => string);
  /** Lab time between something happening and its webhook, milliseconds; 1,000 by default. */
  readonly eventDelay?: number;
  /** The clock's count of requests that the lab keeps waiting on purpose. */
  readonly keepWaiting?: () => () => void;
}

export interface GitHub {
  /** REST at `/` (and `/api/v3`), GraphQL at `/graphql` (and `/api/graphql`). */
  readonly handler: Handler;
  readonly world: GitHubWorld;
  /** Serves the handler on a free port of the loopback. */
  listen(): Promise<Listening>;
}

export interface Listening {
  /** What jobs get as GITHUB_API_URL and GITHUB_GRAPHQL_URL. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  close(): Promise<void>;
}

export function createGitHub(options: GitHubOptions): GitHub {
  const {
    clock,
    directory,
    serverUrl = 'https://github.com',
    eventDelay = 1_000,
    keepWaiting = () => () => {},
  } = options;
  let address = 'https://api.github.com';
  const apiUrl = () => (typeof options.apiUrl === 'function' ? options.apiUrl() : (options.apiUrl ?? address));
  const log = createLog();
  const faults = createFaults(() => clock.now());
  const limits = createLimits(() => clock.now());
  const { world, lab, tokens } = createWorld({ clock, directory, serverUrl, apiUrl, eventDelay }, faults, log);
  let storage = 'https://storage.invalid';
  const rest = createRest(
    lab,
    allRoutes(limits, () => storage),
  );
  const graphql = createGraphql(lab);
  const handler = createHandler({ lab, tokens, limits, faults, log, keepWaiting, rest, graphql });
  return {
    handler,
    world,
    async listen() {
      const api = await open(handler);
      const archives = await open(createStorage(lab));
      address = api.url;
      storage = archives.url;
      const close = async () => void (await Promise.all([api.close(), archives.close()]));
      return { apiUrl: address, graphqlUrl: `${address}/graphql`, close };
    },
  };
}

async function open(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve, reject) => server.close(error => (error ? reject(error) : resolve())));
  return { url: `http://127.0.0.1:${port}`, close };
}
