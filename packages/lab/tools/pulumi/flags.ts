import { Refusal } from './refusal.ts';

/** A command line, read as cobra reads it: flags may stand anywhere, `--flag value` and `--flag=value` are the same. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly has: (flag: string) => boolean;
  /** The last one that is given. */
  readonly value: (flag: string) => string | undefined;
  readonly values: (flag: string) => readonly string[];
}

/** Every flag that is modelled, and whether a value follows it. `refresh` takes one only after `=`. */
const known: Readonly<Record<string, 'switch' | 'value'>> = {
  json: 'switch',
  yes: 'switch',
  'non-interactive': 'switch',
  'skip-preview': 'switch',
  'expect-no-changes': 'switch',
  refresh: 'switch',
  'full-dates': 'switch',
  stack: 'value',
  config: 'value',
  message: 'value',
  plan: 'value',
  'save-plan': 'value',
  'page-size': 'value',
  cwd: 'value',
  color: 'value',
};

const short: Readonly<Record<string, string>> = {
  s: 'stack',
  c: 'config',
  m: 'message',
  y: 'yes',
  j: 'json',
  C: 'cwd',
  r: 'refresh',
};

export function readCommandLine(args: readonly string[]): CommandLine {
  const words: string[] = [];
  const flags = new Map<string, string[]>();
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const match = /^(?:--([a-z-]+)|-([A-Za-z]))(?:=(.*))?$/s.exec(argument);
    if (match === null) {
      words.push(argument);
      continue;
    }
    const name = match[1] ?? short[match[2] ?? ''] ?? match[2] ?? '';
    const kind = known[name];
    if (kind === undefined) throw new Refusal(`unknown flag: --${name}`);
    const written = match[3] ?? (kind === 'value' ? args[++index] : 'true');
    if (written === undefined) throw new Refusal(`flag needs an argument: --${name}`);
    flags.set(name, [...(flags.get(name) ?? []), written]);
  }
  return {
    words,
    has: flag => (flags.get(flag)?.at(-1) ?? 'false') !== 'false',
    value: flag => flags.get(flag)?.at(-1),
    values: flag => flags.get(flag) ?? [],
  };
}
