import type { Command } from './command.ts';
import { createByteTail, createLineCutter, createLineTail } from './output.ts';
import type { Redactor } from './redact.ts';

/** What one command may write into the log of a job, both streams together; beyond that nobody reads it, and pages break. */
const shownAtMost = { lines: 5_000, characters: 1024 * 1024 } as const;

const tailLines = 40;
/** Enough for the last lines of a stream that is no longer read line by line. Bytes. */
const tailBytes = 64 * 1024;

export interface Streams {
  /** Reads what a stream has written. The buffer is the reader’s from then on. */
  push(stream: Stream, chunk: Buffer): void;
  end(): void;
  readonly stdout: string | undefined;
  readonly tail: readonly string[];
  readonly errors: readonly string[];
}

type Stream = 'stdout' | 'stderr';

/** Takes in what a command writes: shows it redacted and bounded, keeps its end, and collects what is data. */
export function createStreams(command: Command, redactor: Redactor, show: (line: string) => void): Streams {
  const tail = createLineTail(tailLines);
  const errors = createLineTail(tailLines);
  const collected = createCollector(command.collect);
  let left: { readonly lines: number; readonly characters: number } = shownAtMost;
  let full = false;

  const isShown = (stream: Stream) => command.show === 'all' || (command.show === 'errors' && stream === 'stderr');
  const showLine = (line: string) => {
    if (full) return;
    left = { lines: left.lines - 1, characters: left.characters - line.length };
    full = left.lines < 0 || left.characters < 0;
    show(full ? '… It writes more than anybody reads: the rest is not shown, except for its last lines.' : line);
  };
  const readLine = (stream: Stream, line: string) => {
    if (stream === 'stdout') command.onLine?.(line);
    const masked = maskCommand.exec(line);
    if (masked !== null) {
      redactor.add(unescaped(masked[1] ?? ''));
      return;
    }
    const shown = harmless(redactor.redact(line));
    if (stream === 'stderr') errors.push(shown);
    // Data is not the last word of a tool that failed, and may hold secrets.
    if (stream === 'stderr' || (command.show === 'all' && command.collect === undefined)) tail.push(shown);
    if (isShown(stream)) showLine(shown);
  };
  const readers = { stdout: createReader('stdout'), stderr: createReader('stderr') };

  function createReader(stream: Stream) {
    const cutter = createLineCutter(line => readLine(stream, line));
    const bytes = createByteTail(tailBytes);
    const everyLine = stream === 'stdout' && command.onLine !== undefined;
    return {
      push(chunk: Buffer) {
        // What is neither shown nor looked at costs no more than reading it: a tool may write a gigabyte.
        const cheap = !everyLine && (full || (stream === 'stdout' && command.show !== 'all'));
        if (cheap) bytes.push(Buffer.from(chunk));
        else cutter.push(chunk);
      },
      end() {
        const rest = bytes.take();
        // Where it has been cut, its first line is a part of one.
        const whole = bytes.passed > rest.length ? rest.subarray(rest.indexOf(10) + 1) : rest;
        if (rest.length > 0) cutter.push(whole);
        cutter.end();
      },
    };
  }

  return {
    push(stream, chunk) {
      if (stream === 'stdout') collected.push(chunk);
      readers[stream].push(chunk);
    },
    end() {
      readers.stdout.end();
      readers.stderr.end();
    },
    get stdout() {
      return collected.text();
    },
    get tail() {
      return tail.lines();
    },
    get errors() {
      return errors.lines();
    },
  };
}

/** As scripts for Actions write it; the runner would not see it behind the name of the component. */
const maskCommand = /^\s*::add-mask::(.*)$/;

/**
 * What a tool prints is not for the runner to obey: `##[…]` is a command wherever it stands in a line, `::…::` only at its
 * beginning, where the component’s name stands. Source: actions/runner, ActionCommand.
 */
function harmless(line: string): string {
  return line.replaceAll('##[', '# #[');
}

/** Source: actions/runner, ActionCommand, “UnescapeData”. */
function unescaped(data: string): string {
  return data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function createCollector(limit: number | undefined) {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    push(chunk: Buffer) {
      if (limit === undefined || size > limit) return;
      size += chunk.length;
      if (size > limit) chunks.length = 0;
      else chunks.push(Buffer.from(chunk));
    },
    text: () => (limit === undefined || size > limit ? undefined : Buffer.concat(chunks).toString('utf8')),
  };
}
