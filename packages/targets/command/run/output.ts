import { StringDecoder } from 'node:string_decoder';

/** A longer line is cut: a tool that never ends its line must not fill the memory. Characters. */
const longestLine = 16 * 1024;

/** Cuts a stream of bytes into lines; `\r` alone ends one as well, as progress bars write it. */
export interface LineCutter {
  push(chunk: Buffer): void;
  /** What came after the last end of line. */
  end(): void;
}

export function createLineCutter(onLine: (line: string) => void): LineCutter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let cut = false;
  let afterReturn = false;

  const take = (text: string) => {
    if (cut) return;
    rest += text;
    if (rest.length <= longestLine) return;
    rest = `${rest.slice(0, longestLine)}…`;
    cut = true;
  };
  const flush = () => {
    onLine(rest);
    rest = '';
    cut = false;
  };
  const read = (text: string) => {
    // `\r\n` is one end of line, also where a chunk ends between the two.
    const fresh = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') afterReturn = text.endsWith('\r');
    const parts = fresh.split(/\r\n|\n|\r/);
    parts.forEach((part, index) => {
      if (index > 0) flush();
      take(part);
    });
  };
  return {
    push: chunk => read(decoder.write(chunk)),
    end() {
      read(decoder.end());
      if (rest !== '') flush();
    },
  };
}

/** Keeps the newest bytes of a stream that nobody reads line by line any more. */
export interface ByteTail {
  push(chunk: Buffer): void;
  /** How many bytes have passed. */
  readonly passed: number;
  take(): Buffer;
}

export function createByteTail(limit: number): ByteTail {
  let chunks: Buffer[] = [];
  let held = 0;
  let passed = 0;
  return {
    push(chunk) {
      passed += chunk.length;
      chunks.push(chunk);
      held += chunk.length;
      for (let first = chunks[0]; first !== undefined && held - first.length >= limit; first = chunks[0]) {
        held -= first.length;
        chunks.shift();
      }
    },
    get passed() {
      return passed;
    },
    take() {
      const all = Buffer.concat(chunks);
      chunks = [];
      held = 0;
      return all;
    },
  };
}

/** Keeps the newest lines. */
export interface LineTail {
  push(line: string): void;
  lines(): readonly string[];
}

export function createLineTail(limit: number): LineTail {
  const kept: string[] = [];
  return {
    push(line) {
      kept.push(line);
      if (kept.length > limit) kept.shift();
    },
    lines: () => [...kept],
  };
}
