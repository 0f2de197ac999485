import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Clock } from '#core/clock';
import { type Command, type CommandEnd, statefulTool, stoppableScript } from '#targets/command/run/command';
import { execute } from '#targets/command/run/execute';
import { createRedactor } from '#targets/command/run/redact';

const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

interface Ran {
  readonly end: CommandEnd;
  readonly shown: readonly string[];
}

/** Runs a script of Node; `stop` cancels the run. */
async function run(script: string, more: Partial<Command> = {}, stop = new AbortController()): Promise<Ran> {
  const shown: string[] = [];
  const command: Command = {
    title: 'test',
    program: process.execPath,
    args: ['--eval', script],
    cwd: process.cwd(),
    env: { PATH: process.env.PATH ?? '' },
    timeout: 60_000,
    stopping: { ...stoppableScript, patience: 300 },
    show: 'all',
    ...more,
  };
  const report = ({ text }: { readonly text: string }) => void shown.push(text);
  const end = await execute(command, { clock, signal: stop.signal, report, redactor: createRedactor(() => undefined) });
  return { end, shown };
}

describe('a command', () => {
  test('gets its words as they are: no shell reads them', async () => {
    const words = ['$HOME', '`id`', '; rm -rf /', 'a "b" \\c', ''];
    const { shown } = await run('console.log(JSON.stringify(process.argv.slice(1)))', {
      args: ['--eval', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...words],
    });
    expect(shown).toEqual([JSON.stringify(words)]);
  });

  test('has its exit code, and the last lines of both streams', async () => {
    const { end } = await run('console.log("out"); console.error("err"); process.exitCode = 7');
    expect(end).toMatchObject({ how: 'exited', code: 7, signal: null, stillRuns: false, errors: ['err'] });
    expect(end.tail.toSorted()).toEqual(['err', 'out']);
  });

  test('that something else has ended is not one that exited', async () => {
    const { end } = await run('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)');
    expect(end).toMatchObject({ how: 'signalled', signal: 'SIGTERM' });
  });

  test('that cannot be started says why', async () => {
    const { end } = await run('', { program: '/not/there' });
    expect(end).toMatchObject({ how: 'not-started', code: null });
    expect(end.errors.join()).toContain('/not/there');
  });

  test('whose output is data shows nothing of it', async () => {
    const { end, shown } = await run('console.log("data"); console.error("about it")', {
      show: 'errors',
      collect: 100,
    });
    expect(end.stdout).toBe('data\n');
    expect([shown, end.tail]).toEqual([['about it'], ['about it']]);
  });

  test('with more data than is wanted has none', async () => {
    const { end } = await run('console.log("x".repeat(1000))', { show: 'nothing', collect: 100 });
    expect(end.stdout).toBeUndefined();
  });

  test('that is not to be begun any more is not begun', async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await run('console.log("begun")', {}, stop)).shown).toEqual([]);
  });

  test('that holds a state is asked once, and never killed', async () => {
    const stop = new AbortController();
    const script =
      'let n = 0; process.on("SIGINT", () => { n += 1; setTimeout(() => { console.log("asked", n); process.exit(1) }, 500) }); console.log("on"); setInterval(() => {}, 1000)';
    const running = run(script, { stopping: statefulTool, onLine: line => line === 'on' && stop.abort() }, stop);
    const { end, shown } = await running;
    expect(end).toMatchObject({ how: 'cancelled', code: 1, signal: null, stillRuns: false });
    expect(shown).toContain('asked 1');
  });
});

test('commands that run at the same time are stopped each on its own', async () => {
  const [slow, other] = await Promise.all([
    run('setInterval(() => {}, 1000)', { timeout: 500 }),
    run('setTimeout(() => console.log("done"), 1500)'),
  ]);
  expect([slow.end.how, slow.end.signal]).toEqual(['timed-out', 'SIGINT']);
  expect([other.end.how, other.end.code, other.shown]).toEqual(['exited', 0, ['done']]);
});

describe('a gigabyte of output', () => {
  const chunk = 'const chunk = Buffer.alloc(1024 * 1024, process.argv[1]); let left = 1024;';
  const flood = `${chunk} const write = () => { while (left-- > 0) if (!process.stdout.write(chunk)) return process.stdout.once("drain", write); process.stdout.write("\\nthe end\\n"); }; write();`;

  test.each([
    ['in lines', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n'],
    ['in one line without an end', 'x'],
  ])(
    '%s, costs little memory, and its end is kept',
    async (_, text) => {
      const before = process.memoryUsage().rss;
      let most = before;
      const watch = setInterval(() => {
        most = Math.max(most, process.memoryUsage().rss);
      }, 20);
      const { end, shown } = await run('', { args: ['--eval', flood, '--', text] });
      clearInterval(watch);
      expect(end).toMatchObject({ how: 'exited', code: 0 });
      expect(end.tail.at(-1)).toBe('the end');
      expect(shown.length).toBeLessThan(10_000);
      expect((most - before) / 1024 ** 2).toBeLessThan(200);
    },
    60_000,
  );
});
