/** An end that the CLI tells on standard error as `Error: …`. */
export class Refusal extends Error {
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

export type Flags = Readonly<Record<string, string>>;

/** `--flag value`; of the flags that are switches the value is `true`. */
export function readFlags(args: readonly string[], known: readonly string[]): Flags {
  const flags: Record<string, string> = {};
  for (let index = 0; index < args.length; index += 1) {
    const name = /^--([a-z0-9-]+)$/.exec(args[index] ?? '')?.[1] ?? '';
    if (!known.includes(name)) throw new Refusal(`the lab’s sam does not model ${args[index]}`, 99);
    flags[name] = name.startsWith('no-') ? 'true' : (args[++index] ?? '');
  }
  return flags;
}

export const say = (text: string) => void process.stdout.write(`${text}\n`);

/** What goes on is told on standard error. */
export const tell = (text: string) => void process.stderr.write(`${text}\n`);
