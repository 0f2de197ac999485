import { readFileSync } from 'node:fs';
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
  const result = z.safeParse(scenario, source.value);
  if (!result.success) {
    const mistakes = result.error.issues.map(issue =>
      source.locate({ path: issue.path.filter(part => typeof part !== 'symbol'), message: issue.message }),
    );
    return { ok: false, problems: mistakes };
  }
  return { ok: true, scenario: result.data, lineOf: path => source.locate({ path, message: '' }).line };
}
