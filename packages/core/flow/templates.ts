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
  /** Absent where a file has no use for them: then `{secrets.NAME}` is not known. */
  readonly secrets?: Readonly<Record<string, string>>;
}

const single = ['env', 'version', 'sha'] as const;

const withoutValue: Record<(typeof single)[number], string> = {
  env: 'there is no environment here',
  version: 'no version is known here: a release from a branch has none',
  sha: 'the commit is not known here',
};

/** What stands behind the dot, by the name before it. */
type Group = 'vars' | 'secrets';

type Found = { readonly value: string } | { readonly message: string; readonly hint?: string | undefined };

/** Mistakes in the templates of a component that are wrong whatever the release: braces and unknown names. */
export function checkTemplates(declaration: Declaration): readonly Mistake[] {
  return replaceTexts(declaration, name => nameMistake(name, ['vars']) ?? { value: '' }).mistakes;
}

export type ResolvedTemplates =
  | { readonly ok: true; readonly component: Declaration }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Fills in every text of a component. */
export function resolveTemplates(component: Declaration, context: TemplateContext): ResolvedTemplates {
  const { value, mistakes } = fillTexts(component, context);
  if (mistakes.length > 0 || !isRecord(value)) return { ok: false, mistakes };
  return { ok: true, component: value };
}

/** Fills in every text of a value, however deep; a name without a value is a mistake, never empty text. */
export function fillTexts(
  value: unknown,
  context: TemplateContext,
): { readonly value: unknown; readonly mistakes: readonly Mistake[] } {
  const groups: readonly Group[] = context.secrets === undefined ? ['vars'] : ['vars', 'secrets'];
  return replaceTexts(value, name => nameMistake(name, groups) ?? lookUp(name, context));
}

function nameMistake(name: string, groups: readonly Group[]): { message: string; hint?: string } | undefined {
  if (isSingle(name)) return undefined;
  const [group, key] = partsOf(name);
  const known = groups.find(candidate => candidate === group);
  if (known !== undefined && /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) return undefined;
  const names = [...single, ...groups.map(candidate => `${candidate}.NAME`)];
  if (name === '') return { message: 'names nothing', hint: `known here: ${names.join(', ')}` };
  const message = `\`{${name}}\` is not known`;
  if (known !== undefined) return { message, hint: `a ${words[known]} is named with letters, digits, - and _` };
  return { message, hint: /^[\w .-]+$/.test(name) ? didYouMean(name.trim(), names) : 'write {{ and }} for braces' };
}

const words: Record<Group, string> = { vars: 'variable', secrets: 'secret' };

function lookUp(name: string, context: TemplateContext): Found {
  if (isSingle(name)) {
    const value = context[name];
    return value ? { value } : { message: `\`{${name}}\` has no value`, hint: withoutValue[name] };
  }
  const [group, key] = partsOf(name);
  const values = (group === 'secrets' ? context.secrets : context.vars) ?? {};
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value) return { value };
  const where = group === 'secrets' || context.env === undefined ? '' : ` in ${context.env}`;
  return { message: `\`{${name}}\` has no value${where}`, hint: didYouMean(key, Object.keys(values)) };
}

function isSingle(name: string): name is (typeof single)[number] {
  return single.some(candidate => candidate === name);
}

/** `vars.domain` → `vars`, `domain` */
function partsOf(name: string): readonly [string, string] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** Rebuilds a value with every name in braces replaced, and gathers the mistakes of all texts. */
function replaceTexts(value: unknown, look: (name: string) => Found) {
  const mistakes: Mistake[] = [];
  const replace = (text: string, path: Path): string =>
    // An escaped brace, a name in braces, or a brace that is alone.
    text.replace(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g, (token, name: string | undefined, index: number) => {
      if (token === '{{' || token === '}}') return token.slice(1);
      const found = name === undefined ? stray(token) : look(name);
      if ('value' in found) return found.value;
      mistakes.push({ ...found, path, offset: name === undefined ? index : index + 1 });
      return token;
    });
  const visit = (current: unknown, at: Path): unknown => {
    if (typeof current === 'string') return replace(current, at);
    if (Array.isArray(current)) return current.map((entry: unknown, index) => visit(entry, [...at, index]));
    if (!isRecord(current)) return current;
    return Object.fromEntries(Object.entries(current).map(([key, entry]) => [key, visit(entry, [...at, key])]));
  };
  return { value: visit(value, []), mistakes };
}

function stray(brace: string): Found {
  const message = brace === '{' ? 'this `{` is never closed' : '`}` closes nothing';
  return { message, hint: `write ${brace}${brace} for a brace` };
}
