import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Path, Problem } from '#core/flow/problem';
import { readSource, type Source } from '#core/flow/source';
import { contradictions } from './contradictions.ts';
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
  return { ok: true, scenario: read.value, lineOf: path => read.locate(path, '').line };
}

/** Reads only the world of a file: that of a scenario, or one that scenarios extend. */
export function readWorld(file: string): ReadWorldResult {
  const read = readAs(world, file);
  return read.ok ? { ok: true, world: read.value } : read;
}

type Locate = (path: Path, message: string) => Problem;

function readAs<S extends z.ZodMiniType<World>>(
  schema: S,
  file: string,
): { readonly ok: true; readonly value: z.output<S>; readonly locate: Locate } | Refused {
  const own = load(file);
  if (!own.ok) return own;
  const { extends: path } = own.values;
  const base = typeof path === 'string' ? load(join(dirname(file), path)) : undefined;
  if (base !== undefined && !base.ok) return base;
  // A key stands in the file that says it last.
  const locate: Locate = (place, message) => {
    const [key = ''] = place;
    const source = base !== undefined && !(key in own.values) && key in base.values ? base.source : own.source;
    return source.locate({ path: place, message });
  };
  const result = z.safeParse(schema, { ...base?.values, ...own.values });
  if (!result.success) return { ok: false, problems: result.error.issues.map(issue => place(locate, issue)) };
  const { data: value } = result;
  const found = contradictions(value, resolve(dirname(file)));
  if (found.length > 0) return { ok: false, problems: found.map(({ path, message }) => locate(path, message)) };
  return { ok: true, value, locate };
}

function place(locate: Locate, { path, message }: z.core.$ZodIssue): Problem {
  return locate(
    path.filter(part => typeof part !== 'symbol'),
    message,
  );
}

type Loaded =
  | { readonly ok: true; readonly source: Source; readonly values: Readonly<Record<string, unknown>> }
  | Refused;

function load(file: string): Loaded {
  const text = textOf(file);
  if (text === undefined) {
    return { ok: false, problems: [{ file, line: 1, column: 1, path: '', message: 'cannot be read' }] };
  }
  const { source, broken, problems } = readSource(text, file);
  if (broken || problems.length > 0) return { ok: false, problems };
  const { value } = source;
  return { ok: true, source, values: typeof value === 'object' && value !== null ? { ...value } : {} };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
