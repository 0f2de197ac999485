import { didYouMean } from './nearest.ts';
import type { Mistake, Path } from './problem.ts';
import { isRecord } from './raw.ts';
import type { Declaration } from './targets/target.ts';

/** What the names in braces stand for. An absent one is unknown for this release, and an error where it is used. */
export interface TemplateContext {
  readonly env?: string | undefined;
  /** Without `v`; a release from a branch has none. */
  readonly version?: string | undefined;
  /** The commit that is released. */
  readonly sha?: string | undefined;
  readonly vars: Readonly<Record<string, string>>;
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string; readonly offset: number };

type TemplateResult =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly message: string; readonly hint?: string | undefined; readonly offset: number };

const NAMES = ['env', 'version', 'sha', 'vars.NAME'] as const;
const WITHOUT_VALUE: Readonly<Record<string, string>> = {
  env: 'there is no environment here',
  version: 'a release from a branch has no version',
  sha: 'the commit is not known here',
};

/** An escaped brace, a name in braces, a brace that is alone, or text. */
const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g;

/** Text with `{name}` in it; `{{` and `}}` are braces. */
export function parseTemplate(template: string): TemplateResult {
  const parts: Part[] = [];
  for (const { 0: token, 1: name, index } of template.matchAll(TOKEN)) {
    if (name !== undefined) {
      const mistake = nameMistake(name);
      if (mistake !== undefined) return { ok: false, ...mistake, offset: index + 1 };
      parts.push({ kind: 'name', name, offset: index + 1 });
    } else if (token === '{') {
      return { ok: false, message: 'this `{` is never closed', hint: 'write {{ for a brace', offset: index };
    } else if (token === '}') {
      return { ok: false, message: '`}` closes nothing', hint: 'write }} for a brace', offset: index };
    } else {
      parts.push({ kind: 'text', text: token === '{{' || token === '}}' ? token.slice(1) : token });
    }
  }
  return { ok: true, parts };
}

function nameMistake(name: string): { message: string; hint?: string } | undefined {
  if (name === 'env' || name === 'version' || name === 'sha') return undefined;
  if (/^vars\.[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) return undefined;
  const message = name === '' ? 'names nothing' : `\`{${name}}\` is not known`;
  if (name.startsWith('vars.')) return { message, hint: 'a variable is named with letters, digits, - and _' };
  return { message, hint: name === '' ? `known here: ${NAMES.join(', ')}` : didYouMean(name.trim(), NAMES) };
}

/** Mistakes in the templates of a component that are wrong whatever the release: braces and unknown names. */
export function checkTemplates(declaration: Declaration): readonly Mistake[] {
  return walk(declaration, [], (template, path) => {
    const result = parseTemplate(template);
    return result.ok ? { ok: true, text: template } : { ok: false, mistakes: [{ ...result, path }] };
  }).mistakes;
}

export type ResolvedTemplates =
  | { readonly ok: true; readonly component: Declaration }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Fills in every text of a component. */
export function resolveTemplates(component: Declaration, context: TemplateContext): ResolvedTemplates {
  const { value, mistakes } = walk(component, [], (template, path) => fill(template, path, context));
  if (mistakes.length > 0 || !isRecord(value)) return { ok: false, mistakes };
  return { ok: true, component: value };
}

type Filled =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

function fill(template: string, path: Path, context: TemplateContext): Filled {
  const result = parseTemplate(template);
  if (!result.ok) return { ok: false, mistakes: [{ ...result, path }] };
  const mistakes: Mistake[] = [];
  const texts = result.parts.map(part => {
    if (part.kind === 'text') return part.text;
    const value = lookUp(part.name, context);
    if (value === undefined || value === '') mistakes.push(withoutValue(part.name, part.offset, path, context));
    return value ?? '';
  });
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, text: texts.join('') };
}

function lookUp(name: string, context: TemplateContext): string | undefined {
  if (name === 'env' || name === 'version' || name === 'sha') return context[name];
  const variable = name.slice('vars.'.length);
  return Object.hasOwn(context.vars, variable) ? context.vars[variable] : undefined;
}

function withoutValue(name: string, offset: number, path: Path, context: TemplateContext): Mistake {
  const message = `\`{${name}}\` has no value`;
  if (!name.startsWith('vars.')) return { path, message, offset, hint: WITHOUT_VALUE[name] };
  const where = context.env === undefined ? '' : ` in ${context.env}`;
  const variable = name.slice('vars.'.length);
  return { path, message: `${message}${where}`, offset, hint: didYouMean(variable, Object.keys(context.vars)) };
}

/** Rebuilds a value with every text replaced, and gathers the mistakes of all of them. */
function walk(value: unknown, path: Path, replace: (text: string, path: Path) => Filled) {
  const mistakes: Mistake[] = [];
  function visit(current: unknown, at: Path): unknown {
    if (typeof current === 'string') {
      const filled = replace(current, at);
      if (filled.ok) return filled.text;
      mistakes.push(...filled.mistakes);
      return current;
    }
    if (Array.isArray(current)) return current.map((entry: unknown, index) => visit(entry, [...at, index]));
    if (!isRecord(current)) return current;
    return Object.fromEntries(Object.entries(current).map(([key, entry]) => [key, visit(entry, [...at, key])]));
  }
  return { value: visit(value, path), mistakes };
}
