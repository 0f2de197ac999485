import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createInputReader, type InputReader } from '#action-kit/inputs';
import { repository } from './modules.ts';

/** An action as `uses:` sees it: the parts of its `action.yml` that the code has to agree with. */
export interface Metadata {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { readonly description?: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description?: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export type GetInputs = (input: InputReader) => unknown;

/** The folders at the root that hold an `action.yml`. */
export function publishedActions(): readonly string[] {
  return globSync('*/action.yml', { cwd: repository }).map(folderOf).toSorted();
}

/** The folders of `actions/`. */
export function writtenActions(): readonly string[] {
  return globSync('actions/*/main.ts', { cwd: repository })
    .map(path => folderOf(path.slice('actions/'.length)))
    .toSorted();
}

export function readMetadata(action: string): Metadata {
  const file = join(repository, action, 'action.yml');
  try {
    // What has to be in it is for the contract test to say.
    const metadata = parse(readFileSync(file, 'utf8')) as Metadata;
    return { ...metadata, inputs: metadata.inputs ?? {}, outputs: metadata.outputs ?? {} };
  } catch (cause) {
    // The place in the file is in the message; the parser’s own stack would only bury it.
    throw new Error(`${action}/action.yml: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The sources of one action by path. */
export function readSources(action: string): Readonly<Record<string, string>> {
  const paths = globSync(`actions/${action}/**/*.ts`, { cwd: repository }).toSorted();
  return Object.fromEntries(paths.map(path => [path, readFileSync(join(repository, path), 'utf8')]));
}

export async function loadGetInputs(action: string): Promise<GetInputs> {
  const loaded: { readonly getInputs: GetInputs } = await import(join(repository, 'actions', action, 'inputs.ts'));
  return loaded.getInputs;
}

/** Outputs of one action beyond the common ones: the list `outputs` of its `outputs.ts`, where there is one. */
export async function loadOwnOutputs(action: string): Promise<readonly string[]> {
  const file = join(repository, 'actions', action, 'outputs.ts');
  if (!existsSync(file)) return [];
  const loaded: { readonly outputs: readonly string[] } = await import(file);
  return loaded.outputs;
}

/**
 * Every input that an action reads, or complains about, whatever it is given. Each input takes every value that could turn
 * a branch in the code while the others keep their defaults, so that what is read on a condition shows too.
 */
export function inputsRead(getInputs: GetInputs, { inputs }: Pick<Metadata, 'inputs'>): ReadonlySet<string> {
  const read = new Set<string>();
  const choices = new Map<string, readonly string[]>();
  const readWith = (given: Readonly<Record<string, string>>) =>
    getInputs(recorder(name => given[name] ?? inputs[name]?.default ?? '', read, choices));

  readWith({});
  for (const name of Object.keys(inputs)) {
    for (const value of ['', 'true', 'a', 'a:1', 'a.json', '1', '30m', '{}', ...(choices.get(name) ?? [])]) {
      readWith({ [name]: value });
    }
  }
  return read;
}

function recorder(
  source: (name: string) => string,
  read: Set<string>,
  choices: Map<string, readonly string[]>,
): InputReader {
  const reader = createInputReader(name => {
    read.add(name);
    return source(name);
  });
  return {
    ...reader,
    choice(name, values) {
      choices.set(name, values);
      return reader.choice(name, values);
    },
    optionalChoice(name, values) {
      choices.set(name, values);
      return reader.optionalChoice(name, values);
    },
    problem(name, message, next) {
      read.add(name);
      reader.problem(name, message, next);
    },
  };
}

function folderOf(path: string): string {
  return path.split(/[\\/]/)[0] ?? path;
}
