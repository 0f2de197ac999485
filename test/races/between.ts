import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between the racers and GitHub, and sometimes answers a question about the journal as GitHub answered it before. */
export interface Between {
  readonly apiUrl: string;
  /** The next so many reads of the journal get an old answer, where there is one. */
  showOld(reads: number): void;
  /** How many have. */
  readonly shown: number;
  close(): Promise<void>;
}

/** GitHub’s replicas lag: what was read before another one’s commit may be read once more after it. */
export async function standBetween(gitHub: string): Promise<Between> {
  let old: { readonly body: string; readonly type: string } | undefined;
  let left = 0;
  let shown = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const asks = body.includes('query journal(');
    if (asks && left > 0 && old !== undefined) {
      left -= 1;
      shown += 1;
      response.writeHead(200, { 'content-type': old.type }).end(old.body);
      return;
    }
    const { method = 'GET', url = '/' } = request;
    const headers = headersOf(request.headers);
    const sent = body.length === 0 ? {} : { body };
    try {
      const answer = await fetch(`${gitHub}${url}`, { method, headers, ...sent });
      const text = await answer.text();
      const type = answer.headers.get('content-type') ?? 'application/json';
      if (asks && answer.ok) old = { body: text, type };
      response.writeHead(answer.status, { 'content-type': type }).end(text);
    } catch {
      // GitHub broke the connection: so does whoever stands between.
      request.socket.destroy();
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    showOld(reads) {
      left = reads;
    },
    get shown() {
      return shown;
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}

function headersOf(given: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const own = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      typeof value === 'string' && !own.has(name) ? [[name, value]] : [],
    ),
  );
}
