import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;
type FileCommand = (typeof FILES)[number];

/** The limit of one step's summary, in bytes. */
export const SUMMARY_LIMIT = 1024 * 1024;

/** The empty files that a step may write to. */
export interface CommandFiles {
  readonly variables: Readonly<Record<FileCommand, string>>;
  /** Reads what was written and removes the files. */
  collect(): Written;
}

export interface Written {
  readonly outputs: ReadonlyMap<string, string>;
  readonly env: ReadonlyMap<string, string>;
  /** In the order in which they were added; the last one goes first in PATH. */
  readonly paths: readonly string[];
  readonly state: ReadonlyMap<string, string>;
  readonly summary: string;
  /** Each fails the step. */
  readonly problems: readonly string[];
  /** Larger than the limit: GitHub says so and shows nothing. Bytes. */
  readonly summaryTooLarge?: number;
}

export function createCommandFiles(temporary: string, id: string): CommandFiles {
  const folder = join(temporary, '_runner_file_commands');
  mkdirSync(folder, { recursive: true });
  const file = (name: FileCommand) => join(folder, `${name.slice('GITHUB_'.length).toLowerCase()}_${id}`);
  for (const name of FILES) writeFileSync(file(name), '');
  return {
    variables: {
      GITHUB_OUTPUT: file('GITHUB_OUTPUT'),
      GITHUB_ENV: file('GITHUB_ENV'),
      GITHUB_PATH: file('GITHUB_PATH'),
      GITHUB_STATE: file('GITHUB_STATE'),
      GITHUB_STEP_SUMMARY: file('GITHUB_STEP_SUMMARY'),
    },
    collect() {
      const text = (name: FileCommand) => readFileSync(file(name), 'utf8');
      const problems: string[] = [];
      const pairs = (name: FileCommand, label: string): Map<string, string> => {
        const reading = parsePairs(text(name));
        if (reading.ok) return reading.pairs;
        problems.push(`Unable to process file command '${label}' successfully.`, reading.problem);
        return new Map();
      };
      const summary = text('GITHUB_STEP_SUMMARY');
      const bytes = Buffer.byteLength(summary);
      const env = pairs('GITHUB_ENV', 'env');
      if ([...env.keys()].some(name => name.toUpperCase() === 'NODE_OPTIONS')) {
        problems.push("Unable to process file command 'env' successfully.");
        problems.push("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
        env.clear();
      }
      const written: Written = {
        outputs: pairs('GITHUB_OUTPUT', 'output'),
        env,
        paths: text('GITHUB_PATH')
          .split(/\r?\n/)
          .filter(line => line !== ''),
        state: pairs('GITHUB_STATE', 'state'),
        summary: bytes > SUMMARY_LIMIT ? '' : summary,
        problems,
        ...(bytes > SUMMARY_LIMIT ? { summaryTooLarge: bytes } : {}),
      };
      for (const name of FILES) rmSync(file(name), { force: true });
      return written;
    },
  };
}

export type Pairs =
  | { readonly ok: true; readonly pairs: Map<string, string> }
  | { readonly ok: false; readonly problem: string };

/** `name=value` and `name<<DELIMITER` … `DELIMITER`, as GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE hold them. */
export function parsePairs(text: string): Pairs {
  const pairs = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) return { ok: false, problem: `Invalid format '${line}'. Name must not be empty` };
      pairs.set(line.slice(0, equals), line.slice(equals + 1));
      continue;
    }
    if (heredoc < 0) return { ok: false, problem: `Invalid format '${line}'` };
    const name = line.slice(0, heredoc);
    const delimiter = line.slice(heredoc + 2);
    if (name === '' || delimiter === '') {
      return { ok: false, problem: `Invalid format '${line}'. Name must not be empty and delimiter must not be empty` };
    }
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) return { ok: false, problem: `Invalid value. Matching delimiter not found '${delimiter}'` };
    pairs.set(name, lines.slice(at + 1, end).join('\n'));
    at = end;
  }
  return { ok: true, pairs };
}
