import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import type { OwnedClock } from '../../packages/lab/clock/lab-clock.ts';
import { inLab, SECOND, START } from './clock-children.ts';

/** Keeps a request of `/slow/<milliseconds>` waiting for that long, and answers others at once, after real work. */
function answer(clock: OwnedClock, request: IncomingMessage, response: ServerResponse): void {
  const delay = Number(request.url?.split('/slow/')[1]);
  if (!delay) {
    setTimeout(() => response.end(JSON.stringify({ url: request.url })), 20);
    return;
  }
  const release = clock.keepWaiting();
  const cancel = clock.at(clock.now() + delay, () => {
    release();
    response.end(JSON.stringify({ url: request.url }));
  });
  response.on('close', () => {
    release();
    cancel();
  });
}

const CLIENTS = `import http from 'node:http'; const at = () => performance.now() / 1000;
  const get = (path, options) => fetch(process.env.SERVER + path, options).then(r => r.json()).then(() => 'ok', e => e.name);
  const getPlain = path => new Promise(resolve => http.get(process.env.SERVER + path, r => r.resume().on('end', () => resolve('ok'))));`;

test.each(['get', 'getPlain'])('a request in flight stops time, by %s', async client => {
  await inLab(async ({ run }) => {
    const { lines } = await run(`${CLIENTS} const late = setTimeout(() => console.log('too late'), 1);
      for (let i = 0; i < 5; i++) console.log(await ${client}('now'), at()); clearTimeout(late)`);
    expect(lines).toEqual(Array.from({ length: 5 }, () => 'ok 0'));
  }, answer);
});

test.each(['get', 'getPlain'])(
  'a request that the lab keeps waiting is answered at its lab time, by %s',
  async client => {
    await inLab(async ({ run }) => {
      const { lines } = await run(`${CLIENTS} setTimeout(() => console.log('timer', at()), 30_000);
      console.log(await ${client}('slow/45000'), at());`);
      expect(lines).toEqual(['timer 30', 'ok 45']);
    }, answer);
  },
);

test('a shorter timeout of the product comes first, and time goes on after it', async () => {
  await inLab(async ({ run, clock }) => {
    const { lines } = await run(`${CLIENTS}
      console.log(await get('slow/45000', { signal: AbortSignal.timeout(10_000) }), at());
      console.log(await get('now'), at()); setTimeout(() => console.log('end', at()), 100_000)`);
    expect(lines).toEqual(['TimeoutError 10', 'ok 10', 'end 110']);
    expect(clock.now()).toBe(START + 110 * SECOND);
  }, answer);
});

test("undici's own timeout of five minutes for the head of an answer counts lab time", async () => {
  await inLab(async ({ run }) => {
    const { lines } = await run(`${CLIENTS}
      const error = await fetch(process.env.SERVER + 'slow/900000').catch(e => e); console.log(error.cause.code, Math.round(at()))`);
    expect(lines).toEqual(['UND_ERR_HEADERS_TIMEOUT 300']);
  }, answer);
});

test('many at once, some kept waiting and some not, each end at their own time', async () => {
  await inLab(async ({ run }) => {
    const { lines } = await run(`${CLIENTS}
      await Promise.all([3, 1, 0, 2, 0].map(async s => { await get(s ? 'slow/' + s * 1000 : 'now'); console.log(s, at()); }))`);
    expect(lines).toEqual(['0 0', '0 0', '1 1', '2 2', '3 3']);
  }, answer);
});

test('a kept request of a child that is killed does not stop time', async () => {
  await inLab(async ({ start, clock }) => {
    const child = start(`${CLIENTS} await get('slow/60000')`);
    clock.at(START + 5 * SECOND, () => child.kill('SIGKILL'));
    await clock.sleep(300 * SECOND);
    expect(child.signalCode).toBe('SIGKILL');
  }, answer);
});

test('an AWS client retries and waits in lab time', async () => {
  const times: number[] = [];
  const throttleTwice = (clock: OwnedClock, request: IncomingMessage, response: ServerResponse) => {
    times.push((clock.now() - START) / SECOND);
    request.resume().on('end', () => {
      response.statusCode = times.length <= 2 ? 400 : 200;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      const throttled = { __type: 'ThrottlingException', message: 'Rate exceeded' };
      response.end(
        JSON.stringify(times.length <= 2 ? throttled : { services: [{ serviceName: 'api', status: 'ACTIVE' }] }),
      );
    });
  };
  await inLab(async ({ run }) => {
    const { lines, code } = await run(
      `import { ECSClient, DescribeServicesCommand } from '@aws-sdk/client-ecs';
      const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
      const client = new ECSClient({ endpoint: process.env.SERVER, region: 'eu-central-1', credentials });
      for (let i = 0; i < 3; i++) {
        const { services } = await client.send(new DescribeServicesCommand({ services: ['api'] }));
        console.log(services[0].serviceName);
        await new Promise(resolve => setTimeout(resolve, 600_000));
      }
      console.log(performance.now() >= 1_800_000)`,
      process.cwd(),
    );
    expect({ lines, code }).toEqual({ lines: ['api', 'api', 'api', 'true'], code: 0 });
    expect(times).toHaveLength(5);
    // Retries back off by up to a second or so; polls are ten minutes apart.
    expect(times.map(time => Math.floor(time / 600))).toEqual([0, 0, 0, 1, 2]);
    expect((times[4] ?? 0) - (times[3] ?? 0)).toBeCloseTo(600, 6);
  }, throttleTwice);
});
