import { spawn } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { ended, HOUR, inLab, SECOND, START } from './clock-children.ts';

const SPAWN = `import { spawn, spawnSync } from 'node:child_process'; const at = () => performance.now() / 1000;
  const onTime = source => [process.execPath, ['--input-type=module', '--eval', source]];`;

describe('a child process', () => {
  test('polls a server for a day of lab time in seconds, and its Date has moved exactly', async () => {
    const times: number[] = [];
    await inLab(
      async ({ clock, run }) => {
        const wall = performance.now();
        const { lines, code } = await run(`
          import http from 'node:http'; const start = Date.now(); let polls = 0;
          for (; Date.now() < start + 24 * 3600_000; polls++) {
            await new Promise(resolve => http.get(process.env.SERVER, r => r.resume().on('end', resolve)));
            await new Promise(resolve => setTimeout(resolve, 15_000));
          }
          console.log(polls, new Date().toISOString(), performance.now());`);
        expect({ lines, code }).toEqual({ lines: ['5760 2030-01-02T00:00:00.000Z 86400000'], code: 0 });
        expect(clock.now()).toBe(START + 24 * HOUR);
        expect(times).toEqual(Array.from({ length: 5760 }, (_, poll) => START + poll * 15 * SECOND));
        expect(performance.now() - wall).toBeLessThan(30_000);
      },
      (clock, _request, response) => {
        times.push(clock.now());
        response.end('{}');
      },
    );
  });

  test('two of them take the same course in every run, also where both wake at one moment', async () => {
    const source = (name: string, seconds: number) => `import http from 'node:http';
      for (let i = 0; i < 5; i++) {
        await new Promise(resolve => http.get(process.env.SERVER + '${name}', r => r.resume().on('end', resolve)));
        await new Promise(resolve => setTimeout(resolve, ${seconds * SECOND}));
      }`;
    const transcripts = new Set<string>();
    for (let attempt = 0; attempt < 20; attempt++) {
      const transcript: string[] = [];
      await inLab(
        async ({ run }) => {
          await Promise.all([run(source('a', 2)), run(source('b', 2)), run(source('c', 3))]);
        },
        (clock, request, response) => {
          transcript.push(`${(clock.now() - START) / SECOND}${request.url}`);
          response.end('{}');
        },
      );
      transcripts.add(transcript.join(' '));
    }
    expect([...transcripts]).toEqual(['0/a 0/b 0/c 2/a 2/b 3/c 4/a 4/b 6/a 6/b 6/c 8/a 8/b 9/c 12/c']);
  });

  test('may be a shell of the lab, whose commands are on lab time', async () => {
    await inLab(async ({ clock, environment }) => {
      const node = `"${process.execPath}" -e "setTimeout(() => console.log(performance.now()), 5000)"`;
      const shell = spawn('sh', ['-c', `${node}; sleep 0.1; ${node}; true`], { env: environment });
      clock.follow(shell);
      clock.at(START + 7 * SECOND, () => {});
      expect((await ended(shell)).lines).toEqual(['5000', '5000']);
      expect(clock.now()).toBe(START + 10 * SECOND);
    });
  });

  test('draws the same random numbers in every run, others than its neighbour, and others with another seed', async () => {
    const draws: string[] = [];
    for (const seed of [1, 1, 2]) {
      const draw = `console.log(Math.random(), Math.random())`;
      await inLab(
        async ({ run }) => {
          const both = await Promise.all([run(draw), run(draw)]);
          draws.push(...both.flatMap(({ lines }) => lines));
        },
        undefined,
        { seed },
      );
    }
    expect(draws.slice(0, 2)).toEqual(draws.slice(2, 4));
    expect(new Set(draws).size).toBe(4);
    const outside = draws.flatMap(line => line.split(' ').map(Number)).filter(number => !(number >= 0 && number < 1));
    expect(outside).toEqual([]);
  });

  test('finds the world held until the lab lets go', async () => {
    await inLab(async ({ clock, start }) => {
      const child = start(`setTimeout(() => {}, 1000)`);
      const end = ended(child);
      const release = clock.hold('the test looks');
      await new Promise(resolve => setTimeout(resolve, 200));
      expect([child.exitCode, clock.now()]).toEqual([null, START]);
      release();
      expect((await end).code).toBe(0);
      expect(clock.now()).toBe(START + SECOND);
    });
  });

  test('time goes on without one that is killed, and stops while nobody has seen its end', async () => {
    await inLab(async ({ clock, start, run }) => {
      const victim = start(`setInterval(() => {}, 1000)`);
      clock.at(START + 2500, () => victim.kill('SIGKILL'));
      const [killed, other] = await Promise.all([ended(victim), run(`setTimeout(() => console.log('done'), 10_000)`)]);
      expect([killed.signal, other.lines, clock.now()]).toEqual(['SIGKILL', ['done'], START + 10 * SECOND]);
    });
  });

  test('a signal is handled at the time at which it was sent', async () => {
    await inLab(async ({ clock, start }) => {
      const child = start(
        `process.on('SIGTERM', () => { console.log(performance.now()); process.exit(3); }); setInterval(() => {}, 700)`,
      );
      clock.at(START + 5000, () => child.kill('SIGTERM'));
      clock.at(START + 5001, () => {});
      expect(await ended(child)).toEqual({ code: 3, signal: null, lines: ['5000'] });
    });
  });

  test('does not outlive its clock', async () => {
    let end: ReturnType<typeof ended> | undefined;
    await inLab(async ({ clock, start }) => {
      end = ended(start(`setInterval(() => {}, 1000)`));
      await clock.sleep(10 * SECOND);
    });
    expect(await end).toEqual({ code: 1, signal: null, lines: ['the lab clock is gone'] });
  });
});

describe('children of a child', () => {
  test('one on lab time is judged by itself, while its parent waits for it with a timeout of its own', async () => {
    await inLab(async ({ run }) => {
      const { lines } = await run(`${SPAWN}
        const child = spawn(...onTime("setTimeout(() => console.log('inner', performance.now()), 3000)"));
        child.stdout.on('data', text => console.log(String(text).trim(), 'heard at', at()));
        const late = setTimeout(() => console.log('never'), 5000);
        child.on('close', code => { clearTimeout(late); console.log('closed', code, at()); });`);
      expect(lines).toEqual(['inner 3000 heard at 3', 'closed 0 3']);
    });
  });

  test('two that talk through pipes take no lab time, however often they wait for each other', async () => {
    await inLab(async ({ run }) => {
      const { lines } = await run(`${SPAWN}
        const child = spawn(...onTime("process.stdin.on('data', data => setImmediate(() => process.stdout.write(data)))"));
        const late = setTimeout(() => console.log('too late'), 1);
        let rounds = 0;
        child.stdout.on('data', data => {
          if (++rounds < 1000) return child.stdin.write(data);
          console.log(rounds, 'rounds', at());
          clearTimeout(late);
          child.stdin.end();
        });
        child.stdin.write('ball');`);
      expect(lines).toEqual(['1000 rounds 0']);
    });
  });

  test('one that is not stops time while it runs', async () => {
    await inLab(async ({ run }) => {
      const { lines } = await run(`${SPAWN}
        setTimeout(() => console.log('timer', at()), 1);
        spawn('sleep', ['0.2']).on('close', () => console.log('slept', at()));`);
      expect(lines).toEqual(['slept 0', 'timer 0.001']);
    });
  });

  test('a shell above one on lab time only waits for it', async () => {
    await inLab(async ({ run }) => {
      const { lines } = await run(`${SPAWN}
        const command = [process.execPath, '-e', '"setTimeout(() => console.log(1), 60000)"'].join(' ');
        spawn('sh', ['-c', '(' + command + '; echo $?); sleep 0.1'], { stdio: 'inherit' }).on('close', () => console.log('closed', at()));`);
      expect(lines).toEqual(['1', '0', 'closed 60']);
    });
  });

  test('one that is waited for synchronously may run, though not sleep', async () => {
    await inLab(async ({ run }) => {
      const { lines } = await run(`${SPAWN}
        console.log(String(spawnSync(...onTime('console.log(Date.now())')).stdout).trim())`);
      expect(lines).toEqual([String(START)]);
    });
  });
});

describe('trouble is told', () => {
  test('a child that waits for nothing that could happen', async () => {
    const told: string[] = [];
    const onStuck = (text: string) => told.push(text);
    const waits = `import { createServer } from 'node:net'; createServer().listen(0, '127.0.0.1'); setTimeout(() => {}, 1000)`;
    await inLab(
      async ({ start }) => {
        const child = start(waits);
        await new Promise(resolve => setTimeout(resolve, 1000));
        expect(told).toHaveLength(1);
        expect(told[0]).toMatch(/^Lab time stands at 2030-01-01T00:00:01.000Z: nothing is left to happen\n/);
        expect(told[0]).toContain(`(pid ${child.pid}): waits with no timer, 0 open requests, 0 child processes`);
      },
      undefined,
      { onStuck },
    );
  });

  test('a child that is busy for long, with what it does', async () => {
    const told: string[] = [];
    const onSlow = (text: string) => told.push(text);
    await inLab(
      async ({ start }) => {
        const child = start(`import { watch } from 'node:fs'; watch('.'); setTimeout(() => {}, 10)`);
        await new Promise(resolve => setTimeout(resolve, 2500));
        expect(told).toHaveLength(1);
        expect(told[0]).toContain(`(pid ${child.pid}) is busy with FSEventWrap`);
      },
      undefined,
      { onSlow, slowAfter: 2000 },
    );
  });
});
