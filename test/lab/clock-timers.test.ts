import { expect, test } from '@jest/globals';
import { type Ended, inLab } from './clock-children.ts';

/** What a module says on lab time; `at()` is the lab seconds since its start. */
async function says(source: string): Promise<Ended> {
  const prelude = 'const begin = Date.now(); const at = () => (Date.now() - begin) / 1000; const say = console.log;\n';
  let result: Ended | undefined;
  await inLab(async ({ run }) => {
    result = await run(prelude + source);
  });
  if (!result) throw new Error('the module did not run');
  return result;
}

const cases: readonly { readonly name: string; readonly source: string; readonly said: readonly string[] }[] = [
  {
    name: 'every clock tells the same lab time',
    source: `const mark = process.hrtime(); const big = process.hrtime.bigint();
      setTimeout(() => {
        say(Date.now(), new Date().toISOString(), Date().slice(0, 15), new Date() instanceof Date, new Date(0).getTime());
        say(performance.now(), performance.timeOrigin, process.hrtime(mark), process.hrtime.bigint() - big, process.uptime());
        say(Reflect.construct(Date, [], class extends Date {}).getTime(), structuredClone(new Date()).constructor === Date);
      }, 3_600_000)`,
    said: [
      '1893459600000 2030-01-01T01:00:00.000Z Tue Jan 01 2030 true 0',
      '3600000 1893456000000 [ 3600, 0 ] 3600000000000n 3600',
      '1893459600000 true',
    ],
  },
  {
    name: 'timers fire by due time, then by their start, with promises settled between them',
    source: `setTimeout(say, 2000, 'c'); setTimeout(say, 1000, 'b');
      setTimeout(() => { say('a'); Promise.resolve().then(() => say('a, settled')); }, 500);
      setTimeout(() => { say('d'); setImmediate(() => say('after e')); }, 2000); setTimeout(say, 2000, 'e');`,
    said: ['a', 'a, settled', 'b', 'c', 'd', 'e', 'after e'],
  },
  {
    name: 'a timer that comes due can clear its neighbour, by object, number or string',
    source: `const three = [];
      setTimeout(() => { clearTimeout(three[0]); clearTimeout(+three[1]); clearInterval(String(+three[2])); say('first'); }, 10);
      for (let i = 0; i < 3; i++) three.push(setTimeout(say, 10, 'never')); Number(three[1]); Number(three[2]);
      clearTimeout(undefined); clearTimeout(null); clearTimeout(12345);`,
    said: ['first'],
  },
  {
    name: 'setInterval repeats until it is cleared',
    source: `let n = 0; const timer = setInterval(x => { say(x, at()); if (++n === 3) clearInterval(timer); }, 60_000, 'tick')`,
    said: ['tick 60', 'tick 120', 'tick 180'],
  },
  {
    name: 'an unref timer keeps nobody alive, and a ref timer does',
    source: `setTimeout(say, 5000, 'never').unref(); const back = setTimeout(() => say('back', back.hasRef(), at()), 4000).unref().ref();`,
    said: ['back true 4'],
  },
  {
    name: 'refresh starts the time anew, also of a timer that has fired',
    source: `let fired = 0; const timer = setTimeout(() => { say('fired', at()); if (++fired === 1) timer.refresh(); }, 10_000);
      setTimeout(() => timer.refresh(), 9_000)`,
    said: ['fired 19', 'fired 29'],
  },
  {
    name: 'using and close end a timer',
    source: `{ using timer = setTimeout(say, 1, 'never'); } setTimeout(say, 1, 'never').close(); say('end')`,
    said: ['end'],
  },
  {
    name: 'odd delays are one millisecond, and a callback must be a function',
    source: `for (const delay of [undefined, 0, -1, NaN, 'x', 1.9, '7']) setTimeout(() => say(delay, performance.now()), delay);
      try { setTimeout('code') } catch (error) { say(error.name, error.code) }`,
    said: ['TypeError ERR_INVALID_ARG_TYPE', 'undefined 1', '0 1', '-1 1', 'NaN 1', 'x 1', '1.9 1', '7 7'],
  },
  {
    name: 'timers/promises, node:timers and promisify wait in lab time',
    source: `import { setTimeout as wait, setInterval as every, scheduler } from 'node:timers/promises';
      import * as timers from 'node:timers'; import { promisify } from 'node:util';
      say(await wait(1000, 'value'), at()); await scheduler.wait(2000); say(at());
      await timers.promises.setTimeout(3000); say(at()); await promisify(setTimeout)(4000); say(at());
      timers.setTimeout(() => say('node:timers', at()), 5000); await wait(5000);
      for await (const x of every(1000, 'tick')) { say(x, at()); if (at() >= 18) break; }`,
    said: ['value 1', '3', '6', '10', 'node:timers 15', 'tick 16', 'tick 17', 'tick 18'],
  },
  {
    name: 'a wait ends with its signal',
    source: `import { setTimeout as wait, setInterval as every } from 'node:timers/promises';
      const failed = error => say(error.name, error.code, error.cause?.name, at());
      await wait(9000, 0, { signal: AbortSignal.timeout(2000) }).catch(failed);
      await wait(9000, 0, { signal: AbortSignal.abort() }).catch(failed);
      try { for await (const x of every(2000, 0, { signal: AbortSignal.timeout(3000) })) say('tick', at()); } catch (error) { failed(error) }`,
    said: [
      'AbortError ABORT_ERR TimeoutError 2',
      'AbortError ABORT_ERR AbortError 2',
      'tick 4',
      'AbortError ABORT_ERR TimeoutError 5',
    ],
  },
  {
    name: 'AbortSignal.timeout aborts with a TimeoutError, keeps nobody alive, and works through AbortSignal.any',
    source: `const signal = AbortSignal.any([AbortSignal.timeout(30_000), AbortSignal.timeout(60_000)]);
      signal.addEventListener('abort', () => say(signal.reason.name, at())); setTimeout(() => say('end', at()), 40_000);
      AbortSignal.timeout(90_000).addEventListener('abort', () => say('never'));
      try { AbortSignal.timeout(-1) } catch (error) { say(error.code) }`,
    said: ['ERR_OUT_OF_RANGE', 'TimeoutError 30', 'end 40'],
  },
  {
    name: 'a callback runs in the async context that started its timer',
    source: `import { AsyncLocalStorage } from 'node:async_hooks'; const local = new AsyncLocalStorage();
      local.run('one', () => setTimeout(() => say(local.getStore()), 10)); setTimeout(() => say(local.getStore()), 20)`,
    said: ['one', 'undefined'],
  },
  {
    name: 'files, imports, crypto and compression take no lab time, a timeout beside them never wins',
    source: `import { readFile, writeFile, rm } from 'node:fs/promises'; import { pbkdf2, randomBytes } from 'node:crypto';
      import { gzip, brotliCompress } from 'node:zlib'; import { promisify } from 'node:util'; import { tmpdir } from 'node:os';
      const late = setTimeout(say, 1, 'too late'); const file = tmpdir() + '/lab-clock-test-' + process.pid;
      await writeFile(file, randomBytes(3_000_000)); const bytes = await readFile(file); await rm(file);
      await writeFile(file + '.mjs', 'export const x = 1'); await import(file + '.mjs'); await rm(file + '.mjs'); await import('node:http2');
      await promisify(pbkdf2)('a', 'b', 200_000, 32, 'sha512'); await promisify(gzip)(bytes);
      await crypto.subtle.generateKey({ name: 'RSA-PSS', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign']);
      await promisify(brotliCompress)(bytes.subarray(0, 300_000)); say(performance.now()); clearTimeout(late)`,
    said: ['0'],
  },
  {
    name: 'worker threads keep real time',
    source: `import { Worker } from 'node:worker_threads';
      const worker = new Worker("const { parentPort } = process.getBuiltinModule('node:worker_threads'); parentPort.postMessage(Date.now() < Date.UTC(2029, 11))", { eval: true });
      worker.on('message', real => say('real', real)); worker.on('exit', () => say(at()))`,
    said: ['real true', '0'],
  },
];

test.each(cases)('$name', async ({ source, said }) => {
  const { lines, code } = await says(source);
  expect(lines).toEqual(said);
  expect(code).toBe(0);
});

test('an error in a timer ends the process as it does without a lab', async () => {
  const { lines, code } = await says(`setTimeout(() => { throw new Error('from a timer') }, 1000)`);
  expect(lines.join('\n')).toContain('Error: from a timer');
  expect(code).toBe(1);
});
