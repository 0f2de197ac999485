import { afterEach, describe, expect, test } from '@jest/globals';
import { createSend, type HttpRequest } from '#verify/smoke/send';
import { bodyOf, closeServers, realClock, serve } from './server.ts';

afterEach(closeServers);

const send = createSend(realClock);
const never = new AbortController().signal;

function get(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url: new URL(url), headers: {}, timeout: 2_000, followRedirects: false, ...more };
}

describe('one request', () => {
  test('carries method, headers and body, and brings back status, headers, body and time', async () => {
    const server = await serve(async (request, response) => {
      response.writeHead(
        201,
        [
          ['X-One', '1'],
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ].flat(),
      );
      response.end(`${request.method} ${request.headers['x-key']} ${await bodyOf(request)}`);
    });
    const request = get(`${server.url}/a?b=c`, { method: 'POST', headers: { 'X-Key': 'k' }, body: 'ü' });
    const exchange = await send(request, never);
    expect(exchange).toMatchObject({
      ...{ kind: 'answer', status: 201, body: 'POST k ü' },
      headers: { 'x-one': '1', 'set-cookie': 'a=1, b=2' },
    });
    expect(exchange.latency).toBeLessThan(1_000);
    expect(server.asked).toEqual(['POST /a?b=c']);
  });

  test('can name another host, as behind a load balancer that is not in the DNS yet', async () => {
    const server = await serve((request, response) => response.end(request.headers.host));
    expect(await send(get(server.url, { headers: { Host: 'api.example.com' } }), never)).toMatchObject({
      body: 'api.example.com',
    });
  });

  test('ends without an answer after its time, although the headers came', async () => {
    const server = await serve((_request, response) => response.writeHead(200).write('first'));
    const exchange = await send(get(server.url, { timeout: 60 }), never);
    expect(exchange).toMatchObject({ kind: 'no-answer', why: 'no answer within 60 ms' });
  });

  test('says that nobody listens, and asks no second time', async () => {
    const server = await serve(() => undefined);
    await server.close();
    expect(await send(get(server.url), never)).toMatchObject({
      ...{ kind: 'no-answer', why: 'the connection was refused (ECONNREFUSED)' },
    });
  });

  test('says that the connection was reset, and asks no second time', async () => {
    const server = await serve(request => request.socket.destroy());
    expect(await send(get(server.url), never)).toMatchObject({ kind: 'no-answer', why: /reset|hang up/ });
    expect(server.asked).toHaveLength(1);
  });

  test('gives up on an answer without end', async () => {
    const server = await serve((_request, response) => {
      for (let sent = 0; sent < 6; sent++) response.write('x'.repeat(1024 * 1024));
      response.end();
    });
    expect(await send(get(server.url), never)).toMatchObject({ kind: 'no-answer', why: 'an answer larger than 5 MiB' });
  });

  test('is broken off when the run is cancelled', async () => {
    const server = await serve(() => undefined);
    const run = new AbortController();
    const sent = send(get(server.url), run.signal);
    setTimeout(() => run.abort(new Error('cancelled')), 30);
    await expect(sent).rejects.toThrow('cancelled');
  });
});

describe('redirects', () => {
  test('are not followed unless the step says so', async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: '/login' }).end());
    expect(await send(get(server.url), never)).toMatchObject({ status: 302, headers: { location: '/login' } });
    expect(server.asked).toEqual(['GET /']);
  });

  test('keep the method where they must, and the headers on the same origin', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(308, { location: '/new' }).end();
      else response.end(`${request.method} ${request.headers['x-key']}`);
    });
    const request = get(`${server.url}/old`, {
      method: 'PUT',
      body: 'b',
      headers: { 'x-key': 'k' },
      followRedirects: true,
    });
    expect(await send(request, never)).toMatchObject({ status: 200, body: 'PUT k' });
  });

  test('carry no header of the step to another origin', async () => {
    const other = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    const server = await serve((_request, response) => response.writeHead(302, { location: other.url }).end());
    const headers = { authorization: 'Bearer s3cret', 'x-api-key': 's3cret' };
    const exchange = await send(get(server.url, { headers, followRedirects: true }), never);
    expect(exchange).toMatchObject({ status: 200 });
    expect(JSON.stringify(exchange)).not.toContain('s3cret');
  });

  test('that go in a circle end', async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: '/' }).end());
    const exchange = await send(get(server.url, { followRedirects: true }), never);
    expect(exchange).toMatchObject({ kind: 'no-answer', why: 'more than 5 redirects, the last to /' });
    expect(server.asked).toHaveLength(6);
  });
});
