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
 * `up --json` with a plan prints the preview first, as one document over many lines, then an event on each line (recorded). So a
 * value begins where a line begins with `{` or `[`, and ends where it balances.
 */
export function createJsonStream(other: (line: string) => void): JsonStream {
  let lines: string[] = [];
  let size = 0;
  const parse = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  };
  const end = () => {
    const text = lines.join('\n');
    lines = [];
    size = 0;
    return text;
  };
  return {
    feed: line => {
      if (lines.length === 0) {
        if (!/^\s*[{[]/.test(line)) {
          if (line.trim() !== '') other(line);
          return undefined;
        }
        const whole = parse(line);
        if (whole !== undefined) return whole;
      }
      size += line.length;
      if (size > largest) lines = [];
      lines.push(line);
      // A pretty document ends with a bracket in the first column: only there is it worth trying.
      if (!/^[}\]]/.test(line)) return undefined;
      const value = parse(lines.join('\n'));
      if (value !== undefined) end();
      return value;
    },
    open: () => lines.length > 0,
  };
}
