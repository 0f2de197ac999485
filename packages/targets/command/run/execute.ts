import type { ChildProcess } from 'node:child_process';
import { exec } from '@actions/exec';
import type { Clock } from '#core/clock';
import { formatDuration } from '#core/duration';
import type { Progress } from '#core/target';
import { type ChildSlot, withChild } from './child.ts';
import type { Command, CommandEnd } from './command.ts';
import type { Redactor } from './redact.ts';
import { stopTool } from './stop.ts';
import { createStreams, type Streams } from './streams.ts';

export interface Execution {
  readonly clock: Clock;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  readonly redactor: Redactor;
}

/** A tool that says nothing for so long is reported to be running still, in ms. */
const heartbeat = 60_000;

/** How long a process that has ended may leave its output open to others, in ms. */
const drain = 2_000;

/** Runs one command to its end, its time, or the end of the run. Throws for nothing that the command does. */
export async function execute(command: Command, execution: Execution): Promise<CommandEnd> {
  const { clock, signal, report, redactor } = execution;
  const started = clock.now();
  const say = (text: string, level: Progress['level'] = 'info') => report({ subject: command.title, text, level });
  const streams = createStreams(command, redactor, line => say(line));
  if (signal.aborted) return { ...endOf(streams, started, started), how: 'cancelled' };

  let heard = started;
  const slot: ChildSlot = {};
  const over = new AbortController();
  const running = start(command, slot, streams, () => {
    heard = clock.now();
  }).finally(() => over.abort());
  void beat(clock, over.signal, () => {
    if (clock.now() - heard < heartbeat) return;
    say(
      `still running after ${formatDuration(clock.now() - started)}, silent for ${formatDuration(clock.now() - heard)}`,
    );
  });

  const first = await Promise.race([
    running.then(() => 'ended' as const),
    aborted(signal, over.signal),
    clock.sleep(command.timeout, over.signal).then(
      () => 'timed-out' as const,
      () => 'ended' as const,
    ),
  ]);
  if (first !== 'ended' && slot.process !== undefined) {
    say(
      first === 'cancelled' ? 'the run was cancelled: asking it to stop' : `its time is up: asking it to stop`,
      'warning',
    );
    await stopTool(slot.process, running, first, { clock, signal, stopping: command.stopping, say });
  }
  const stillRuns = !over.signal.aborted;
  const child = slot.process;
  if (stillRuns && child !== undefined && first === 'timed-out') letGo(child);
  if (!stillRuns) closeOutput(child);
  over.abort();
  const result = stillRuns ? undefined : await running;
  streams.end();
  const base = { ...endOf(streams, started, clock.now()), stillRuns };
  if (result?.kind === 'not-started') return { ...base, how: 'not-started', errors: [redactor.redact(result.message)] };
  const ended = { code: child?.exitCode ?? null, signal: child?.signalCode ?? null };
  if (first !== 'ended') return { ...base, ...ended, how: first };
  return { ...base, ...ended, how: ended.signal === null ? 'exited' : 'signalled' };
}

type Ran = { readonly kind: 'ran' } | { readonly kind: 'not-started'; readonly message: string };

async function start(command: Command, slot: ChildSlot, streams: Streams, onOutput: () => void): Promise<Ran> {
  const read = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
    onOutput();
    streams.push(stream, chunk);
    // exec keeps whatever comes after the last end of line, without a bound: nothing of it is left for exec to keep.
    chunk.fill(0).fill('\n', chunk.length - 1);
  };
  try {
    await withChild(slot, () =>
      exec(quoted(command.program), [...command.args], {
        cwd: command.cwd,
        env: { ...command.env },
        silent: true,
        ignoreReturnCode: true,
        delay: drain,
        listeners: { stdout: read('stdout'), stderr: read('stderr') },
      }),
    );
    return { kind: 'ran' };
  } catch (error) {
    return { kind: 'not-started', message: error instanceof Error ? error.message : String(error) };
  }
}

/** exec reads its first argument as words. */
function quoted(program: string): string {
  return `"${program.replaceAll('"', '\\"')}"`;
}

async function beat(clock: Clock, over: AbortSignal, look: () => void): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(heartbeat, over);
      look();
    }
  } catch (error) {
    if (!over.aborted) throw error;
  }
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<'cancelled'> {
  return new Promise(resolve => {
    signal.addEventListener('abort', () => resolve('cancelled'), { once: true, signal: over });
  });
}

/** It goes on without us: neither it nor its output keeps this process from ending. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

/** A process that it left behind may hold these open, and this process with them. */
function closeOutput(child: ChildProcess | undefined): void {
  child?.stdout?.destroy();
  child?.stderr?.destroy();
}

function endOf(streams: Streams, started: number, now: number): Omit<CommandEnd, 'how'> {
  return {
    code: null,
    signal: null,
    stillRuns: false,
    stdout: streams.stdout,
    tail: streams.tail,
    errors: streams.errors,
    took: now - started,
  };
}
