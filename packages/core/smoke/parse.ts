import * as z from 'zod/mini';
import { explainIssue, withoutEchoes } from '../flow/issues.ts';
import { byPosition, type Mistake, type Path, type Problem } from '../flow/problem.ts';
import { readSource, type Source } from '../flow/source.ts';
import { fillTexts, type TemplateContext } from '../flow/templates.ts';
import { readSmoke } from './read.ts';
import { smokeMistakes } from './rules.ts';
import { expectKeys, readyKeys, requestKeys, smokeFile, smokeKeys, stepKeys, versionKeys } from './schema.ts';
import type { SmokeFile } from './smoke-file.ts';

/** What the names in braces stand for in a smoke file: those of the flow file, and secrets. */
export type SmokeContext = TemplateContext & { readonly secrets: Readonly<Record<string, string>> };

export type SmokeResult =
  | { readonly ok: true; readonly smoke: SmokeFile; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a smoke file for one release. Never throws; tells every problem at once with its place. Problems speak of the text as it
 * is written: what the names in braces stand for may be secret.
 */
export function parseSmoke(text: string, file: string, context: SmokeContext): SmokeResult {
  const { source, broken, problems, warnings } = readSource(text, file);
  if (broken) return { ok: false, problems: problems.toSorted(byPosition) };
  const { value } = source;
  const filled = fillTexts(value, context);
  const mistakes = [...issuesOf(value, source), ...smokeMistakes(value), ...filled.mistakes];
  const known = [...problems, ...withoutEchoes(mistakes, value).map(source.locate)];
  if (known.length > 0) return { ok: false, problems: known.toSorted(byPosition) };

  const result = z.safeParse(smokeFile, filled.value);
  if (result.success) return { ok: true, smoke: readSmoke(result.data), warnings };
  const spoilt = result.error.issues.map(issue => {
    const path = issue.path.map(part => (typeof part === 'symbol' ? String(part) : part));
    return source.locate({ path, message: 'is not valid once the names in braces are filled in' });
  });
  return { ok: false, problems: spoilt.toSorted(byPosition) };
}

function issuesOf(value: unknown, source: Source): readonly Mistake[] {
  const { error } = z.safeParse(smokeFile, value);
  const vocabulary = { value, written: source.written, keysAt, elsewhere };
  return (error?.issues ?? []).flatMap(issue => explainIssue(issue, vocabulary));
}

function keysAt(path: Path): readonly string[] {
  const [section, , part] = path;
  if (path.length === 0) return Object.keys(smokeKeys);
  if (path.length === 1 && section === 'ready') return Object.keys(readyKeys);
  if (path.length === 1 && section === 'version') return Object.keys(versionKeys);
  if (section !== 'steps') return [];
  if (path.length === 2) return Object.keys(stepKeys);
  if (part === 'request') return Object.keys(requestKeys);
  return part === 'expect' ? Object.keys(expectKeys) : [];
}

function elsewhere(key: string, path: Path): string | undefined {
  if (path[0] !== 'steps') return undefined;
  const ofRequest = Object.hasOwn(requestKeys, key);
  const ofExpect = Object.hasOwn(expectKeys, key);
  if (path.length === 2 && ofRequest !== ofExpect) return ofRequest ? 'into `request`' : 'into `expect`';
  if (path[2] === 'request' && ofExpect && !ofRequest) return 'into `expect`';
  return path[2] === 'expect' && ofRequest && !ofExpect ? 'into `request`' : undefined;
}
