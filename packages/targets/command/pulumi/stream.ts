import { parseJson } from './read-json.ts';

/** Puts the lines of a stream together to JSON values: one on each line, or one over many, as `pulumi` mixes them. */
export interface JsonStream {
  /** The value that this line completes; `undefined` while it is not complete. Lines that are no JSON are handed to `other`. */
  readonly feed: (line: string) => unknown;
  /** Whether the stream broke off in the middle of a value. */
  readonly open: () => boolean;
}

/** The largest preview that is kept, in characters; a longer one is cut off and not understood. */
const largest = 64 * 1024 * 1024;

/**
 * `up --json` with a plan prints the preview first, as one document over many lines, then an event on each line (recorded). A document
 * begins with a bracket that is alone on its line and ends with one in the first column; whatever else begins with one is whole on its line,
 * or was cut off and is lost, alone.
 */
export function createJsonStream(other: (line: string) => void): JsonStream {
  let lines: string[] | undefined;
  let size = 0;
  return {
    feed: line => {
      if (lines === undefined) {
        if (/^[{[]\s*$/.test(line)) {
          lines = [line];
          size = 0;
          return undefined;
        }
        if (/^\s*[{[]/.test(line)) return parseJson(line);
        if (line.trim() !== '') other(line);
        return undefined;
      }
      size += line.length;
      if (size <= largest) lines.push(line);
      if (!/^[}\]]/.test(line)) return undefined;
      const text = lines.join('\n');
      lines = undefined;
      return parseJson(text);
    },
    open: () => lines !== undefined,
  };
}
