import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { Problem } from '#core/flow/problem';
import { readSource } from '#core/flow/source';
import { type Scenario, scenario } from './schema.ts';

export type ReadResult =
  | { readonly ok: true; readonly scenario: Scenario; readonly lineOf: (path: readonly (string | number)[]) => number }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a scenario file; every mistake comes with its line and column. */
export function readScenario(file: string): ReadResult {
  const { source, broken, problems } = readSource(readFileSync(file, 'utf8'), file);
  if (broken || problems.length > 0) return { ok: false, problems };
  const base = baseOf(source.value, file);
  if (base !== undefined && !base.ok) return base;
  const result = z.safeParse(scenario, { ...base?.value, ...asObject(source.value) });
  if (!result.success) {
    const mistakes = result.error.issues.map(issue =>
      source.locate({ path: issue.path.filter(part => typeof part !== 'symbol'), message: issue.message }),
    );
    return { ok: false, problems: mistakes };
  }
  return { ok: true, scenario: result.data, lineOf: path => source.locate({ path, message: '' }).line };
}

/** The keys of the file that this one extends; the paths in it stay relative to the scenario. */
function baseOf(
  value: unknown,
  file: string,
): { ok: true; value: object } | { ok: false; problems: readonly Problem[] } | undefined {
  const { extends: path } = asObject(value) as { readonly extends?: unknown };
  if (typeof path !== 'string') return undefined;
  const from = join(dirname(file), path);
  const { source, broken, problems } = readSource(readFileSync(from, 'utf8'), from);
  return broken || problems.length > 0 ? { ok: false, problems } : { ok: true, value: asObject(source.value) };
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
