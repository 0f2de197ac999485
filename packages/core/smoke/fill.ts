import { didYouMean } from '../flow/nearest.ts';
import type { Mistake, Path } from '../flow/problem.ts';
import { isRecord } from '../flow/raw.ts';

/** What the names in braces stand for in a smoke file: those of the flow file, and secrets. */
export interface SmokeContext {
  readonly env?: string | undefined;
  readonly version?: string | undefined;
  readonly sha?: string | undefined;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

const NAMES = ['env', 'version', 'sha', 'vars.NAME', 'secrets.NAME'];

/** Fills in every text of a value, `{{` and `}}` being braces; a name without a value is a mistake, never empty text. */
export function fill(
  value: unknown,
  context: SmokeContext,
): { readonly value: unknown; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const visit = (current: unknown, path: Path): unknown => {
    if (typeof current === 'string') return fillText(current, path);
    if (Array.isArray(current)) return current.map((entry: unknown, index) => visit(entry, [...path, index]));
    if (!isRecord(current)) return current;
    return Object.fromEntries(Object.entries(current).map(([key, entry]) => [key, visit(entry, [...path, key])]));
  };
  const fillText = (text: string, path: Path): string =>
    text.replace(/\{\{|\}\}|\{[^{}]*\}|[{}]/g, (token, offset: number) => {
      if (token === '{{' || token === '}}') return token.slice(1);
      const found = token.length === 1 ? stray(token) : lookUp(token.slice(1, -1), context);
      if ('value' in found) return found.value;
      mistakes.push({ ...found, path, offset });
      return token;
    });
  return { value: visit(value, []), mistakes };
}

type Found = { readonly value: string } | { readonly message: string; readonly hint: string };

function stray(brace: string): Found {
  const message = brace === '{' ? 'this `{` is never closed' : '`}` closes nothing';
  return { message, hint: `write ${brace}${brace} for a brace` };
}

function lookUp(name: string, context: SmokeContext): Found {
  if (name === 'env' || name === 'version' || name === 'sha') {
    const value = context[name];
    if (value !== undefined && value !== '') return { value };
    return { message: `\`{${name}}\` has no value`, hint: WITHOUT_VALUE[name] };
  }
  const [kind, key] = /^(vars|secrets)\.([A-Za-z_][A-Za-z0-9_-]*)$/.exec(name)?.slice(1) ?? [];
  if ((kind !== 'vars' && kind !== 'secrets') || key === undefined) {
    const isName = /^[\w.-]+$/.test(name);
    return {
      message: `\`{${name}}\` is not known`,
      hint: isName ? didYouMean(name, NAMES) : 'write {{ and }} for braces',
    };
  }
  const values = context[kind];
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value !== undefined && value !== '') return { value };
  return { message: `\`{${name}}\` has no value`, hint: didYouMean(key, Object.keys(values)) };
}

const WITHOUT_VALUE = {
  env: 'there is no environment here',
  version: 'no version is known here',
  sha: 'the commit is not known here',
} as const;
