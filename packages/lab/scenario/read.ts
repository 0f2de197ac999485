import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { explainIssue, type Vocabulary, withoutEchoes } from '#core/flow/issues';
import { byPosition, type Mistake, type Path, type Problem } from '#core/flow/problem';
import { readSource, type Source } from '#core/flow/source';
import { contradictions } from './contradictions.ts';
import { keysAt } from './keys-at.ts';
import { type Scenario, scenario, type World, world } from './schema.ts';

type Refused = { readonly ok: false; readonly problems: readonly Problem[] };

export type ReadResult =
  | { readonly ok: true; readonly scenario: Scenario; readonly lineOf: (path: readonly (string | number)[]) => number }
  | Refused;

export type ReadWorldResult = { readonly ok: true; readonly world: World } | Refused;

/** Reads a scenario file; every mistake comes with its line and column. */
export function readScenario(file: string): ReadResult {
  const read = readAs(scenario, file);
  if (!read.ok) return read;
  return { ok: true, scenario: read.value, lineOf: path => read.locate({ path, message: '' }).line };
}

/** Reads only the world of a file: that of a scenario, or one that scenarios extend. */
export function readWorld(file: string): ReadWorldResult {
  const read = readAs(world, file);
  return read.ok ? { ok: true, world: read.value } : read;
}

type Locate = (mistake: Mistake) => Problem;

function readAs<S extends z.ZodMiniType<World>>(
  schema: S,
  file: string,
): { readonly ok: true; readonly value: z.output<S>; readonly locate: Locate } | Refused {
  const chain = loadChain(file, []);
  if (!chain.ok) return chain;
  const [own] = chain.files;
  // A key stands in the first file that says it.
  const holder = ([key = '']: Path) => chain.files.find(({ values }) => key in values) ?? own;
  const sourceOf = (path: Path) => holder(path).source;
  const locate: Locate = mistake => sourceOf(mistake.path).locate(mistake);
  const refuse = (mistakes: readonly Mistake[]): Refused => ({
    ok: false,
    problems: mistakes.map(locate).toSorted(byPosition),
  });
  const values = Object.assign({}, ...chain.files.map(each => each.values).reverse()) as Record<string, unknown>;
  const result = z.safeParse(schema, values);
  if (!result.success) {
    const vocabulary: Vocabulary = {
      value: values,
      written: place => sourceOf(place).written(place),
      keysAt: place => keysAt(schema, place),
      elsewhere: () => undefined,
    };
    const mistakes = result.error.issues.flatMap(issue => explainIssue(issue, vocabulary));
    return refuse(withoutEchoes(mistakes, values));
  }
  const { files } = result.data.repository;
  // A folder is named from where the file stands that names it.
  const folder = dirname(resolve(holder(['repository']).file));
  const found = contradictions(result.data, folder);
  if (found.length > 0) return refuse(found);
  if (files !== undefined) result.data.repository.files = resolve(folder, files);
  return { ok: true, value: result.data, locate };
}

interface File {
  readonly file: string;
  readonly source: Source;
  readonly values: Readonly<Record<string, unknown>>;
}

type Loaded = ({ readonly ok: true } & File) | Refused;
type Chain = { readonly ok: true; readonly files: readonly [File, ...File[]] } | Refused;

/** The file, what it extends, what that extends, …: what an earlier one says goes over the later ones. */
function loadChain(file: string, extending: readonly string[]): Chain {
  const own = load(file);
  if (!own.ok) return own;
  const { extends: path } = own.values;
  if (typeof path !== 'string') return { ok: true, files: [own] };
  const known = [...extending, resolve(file)];
  const next = join(dirname(file), path);
  if (known.includes(resolve(next))) {
    return { ok: false, problems: [own.source.locate({ path: ['extends'], message: 'extends itself' })] };
  }
  const rest = loadChain(next, known);
  return rest.ok ? { ok: true, files: [own, ...rest.files] } : rest;
}

function load(file: string): Loaded {
  const text = textOf(file);
  if (text === undefined) {
    return { ok: false, problems: [{ file, line: 1, column: 1, path: '', message: 'cannot be read' }] };
  }
  const { source, broken, problems } = readSource(text, file);
  if (broken || problems.length > 0) return { ok: false, problems };
  const { value } = source;
  return { ok: true, file, source, values: typeof value === 'object' && value !== null ? { ...value } : {} };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
