import type { Mistake, Problem } from '../flow/problem.ts';
import { readSource } from '../flow/source.ts';
import { type DatedFreeze, parseDatedFreeze } from './dated-freeze.ts';

export type Holidays<T> =
  | { readonly ok: true; readonly freezes: readonly T[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const FORM = 'as in `- 2026-12-25 Christmas`';

/** A file of holidays in YAML or JSON: a list of what `freeze: dates` takes. Never throws: every mistake is told, with its place. */
export function readHolidayList(text: string, file: string): Holidays<DatedFreeze> {
  const { source, broken, problems } = readSource(text, file);
  if (broken || problems.length > 0) return { ok: false, problems };
  const { value } = source;
  if (!Array.isArray(value) || value.length === 0) {
    const message = Array.isArray(value) ? 'names no holiday' : 'must be a list of holidays';
    return { ok: false, problems: [source.locate({ path: [], message, hint: FORM })] };
  }
  const freezes: DatedFreeze[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, entry] of value.entries()) {
    const reading = typeof entry === 'string' ? parseDatedFreeze(entry) : undefined;
    if (reading === undefined) mistakes.push({ path: [index], message: 'must be text', hint: FORM });
    else if (reading.ok) freezes.push(reading.value);
    else mistakes.push({ path: [index], ...reading });
  }
  return mistakes.length === 0 ? { ok: true, freezes } : { ok: false, problems: mistakes.map(source.locate) };
}
