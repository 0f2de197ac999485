import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { createLabClock, type JumpOptions, type OwnedClock } from '../../packages/lab/clock/lab-clock.ts';

export const START = Date.UTC(2030, 0, 1);
export const SECOND = 1000;
export const HOUR = 3600 * SECOND;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
}

export interface ClockLab {
  readonly clock: OwnedClock;
  /** What a child needs; SERVER is the address of a server that answers as `answer` says. */
  readonly environment: NodeJS.ProcessEnv;
  /** Starts a module on lab time, far from the project's folder. */
  start(source: string, cwd?: string): ChildProcess;
  run(source: string, cwd?: string): Promise<Ended>;
}

type Answer = (clock: OwnedClock, request: IncomingMessage, response: ServerResponse) => void;

/** Runs a test with a clock and a server, and ends both. */
export async function inLab(
  test: (lab: ClockLab) => Promise<void>,
  answer: Answer = (_clock, _request, response) => response.end('{}'),
  options: Partial<JumpOptions> = {},
): Promise<void> {
  const clock = createLabClock({ start: START, mode: 'jump', ...options });
  const { env } = await clock.listen();
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close');
    answer(clock, request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const environment = { PATH: process.env.PATH, ...env, SERVER: url };
  const start = (source: string, cwd = tmpdir()) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], { cwd, env: environment });
    clock.follow(child);
    return child;
  };
  try {
    await test({ clock, environment, start, run: (source, cwd) => ended(start(source, cwd)) });
  } finally {
    await clock.close();
    server.closeAllConnections();
    server.close();
  }
}

export function ended(child: ChildProcess): Promise<Ended> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise(resolve => {
    child.on('close', (code, signal) =>
      resolve({ code, signal, lines: output.split('\n').filter(line => line !== '') }),
    );
  });
}
