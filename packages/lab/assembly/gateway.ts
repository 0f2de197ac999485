import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';
import { open } from './servers.ts';

/** The way from a job to the applications of the lab, by their real names and over TLS. */
export interface Gateway {
  /** Variables that send requests for other hosts than the lab’s own through the gateway, and trust its certificate. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * A forward proxy in front of the load balancers. Nothing in the product knows of it: Node itself reads the variables
 * (`NODE_USE_ENV_PROXY`, https://nodejs.org/api/cli.html#node_use_env_proxy1).
 */
export async function openGateway(hosts: readonly string[], application: RequestListener): Promise<Gateway> {
  const { cert, private: key } = await certificate(hosts);
  const directory = mkdtempSync(join(tmpdir(), 'lab-ca-'));
  const authority = join(directory, 'ca.pem');
  writeFileSync(authority, cert);

  const tls = createTlsServer({ cert, key }, closing(application));
  const proxy = createServer(closing(application));
  const tunnels = new Set<Duplex>();
  proxy.on('connect', (request, socket: Duplex) => {
    const [host = '', port = ''] = (request.url ?? '').split(':');
    // Nothing listens elsewhere: a tunnel to it must not end at an application.
    if (port !== '443' || !hosts.includes(host)) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');
      return;
    }
    tunnels.add(socket);
    socket.once('close', () => tunnels.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    tls.emit('connection', socket);
  });
  const served = await open(proxy);
  return {
    variables: {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: served.url,
      HTTPS_PROXY: served.url,
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: authority,
    },
    async close() {
      for (const socket of tunnels) socket.destroy();
      await served.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** An open connection means a request in flight: that is how the clock knows who waits for whom. */
function closing(listener: RequestListener): RequestListener {
  return (request, response) => {
    response.setHeader('Connection', 'close');
    listener(request, response);
  };
}

function certificate(hosts: readonly string[]) {
  const altNames = hosts.map(value => ({ type: 2 as const, value }));
  // TLS is checked against the wall clock, whatever the lab's clock says.
  const day = 24 * 3_600_000;
  return generate([{ name: 'commonName', value: 'release-actions lab' }], {
    keyType: 'ec',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 30 * day),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: altNames.length > 0 ? altNames : [{ type: 2, value: 'localhost' }] },
    ],
  });
}
