/** `Key=Value Other="a value"`, as `sam deploy` takes parameters and tags; undefined for anything else. */
export type Pairs = Readonly<Record<string, string>>;

/** One pair: `Key=value`, `Key="a value"`, or the longer `ParameterKey=Key,ParameterValue=value`. */
const word = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'=,]+`;
const value = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\.|[^\s"'\\])*`;
const long = new RegExp(String.raw`\s*ParameterKey=(?<key>${word}),ParameterValue=(?<value>${value})(?=\s|$)`, 'y');
const short = new RegExp(String.raw`\s*(?<key>${word})=(?<value>${value})(?=\s|$)`, 'y');

/** Source: AWS SAM CLI configuration file, and the help of `sam deploy`: `--parameter-overrides`, `--tags`. */
export function readPairs(written: unknown): Pairs | undefined {
  if (typeof written === 'string') return readText(written);
  if (Array.isArray(written)) {
    const parts = written.map(readPairs);
    return parts.includes(undefined) ? undefined : Object.assign({}, ...parts);
  }
  if (typeof written !== 'object' || written === null) return undefined;
  const entries = Object.entries(written);
  const readable = entries.every(
    ([key, each]) => !key.startsWith('$') && ['string', 'number', 'boolean'].includes(typeof each),
  );
  return readable ? Object.fromEntries(entries.map(([key, each]) => [key, String(each)])) : undefined;
}

function readText(text: string): Pairs | undefined {
  const pairs: Record<string, string> = {};
  let at = 0;
  while (text.slice(at).trim() !== '') {
    const found = take(long, text, at) ?? take(short, text, at);
    if (found === undefined) return undefined;
    pairs[unquoted(found.key)] = unquoted(found.value);
    at = found.end;
  }
  return pairs;
}

function take(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at;
  const { key, value: given } = pattern.exec(text)?.groups ?? {};
  return key === undefined || given === undefined ? undefined : { key, value: given, end: pattern.lastIndex };
}

function unquoted(text: string): string {
  const inner = /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
  return inner.replaceAll(/\\([\s"'])/g, '$1');
}
