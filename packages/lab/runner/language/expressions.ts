import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { data, Evaluator, Lexer, Parser } from './github-language.ts';
import { isExpression, isTemplateList, isTemplateMapping, type Template } from './template.ts';

/** What an expression works on and yields: JSON. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

export type Functions = Readonly<Record<string, (...args: readonly Value[]) => Value>>;

/** The contexts (`github`, `inputs`, …) and the functions besides GitHub's built-in ones at one place of a workflow. */
export interface Scope {
  readonly contexts: Readonly<Record<string, Value>>;
  readonly functions?: Functions;
}

type Data = InstanceType<typeof data.Dictionary> | ReturnType<typeof data.reviver>;

/** Evaluates with GitHub's evaluator. Throws its errors: an unknown context or function, bad JSON, a syntax error. */
export function evaluateExpression(expression: string, scope: Scope): Value {
  const functions = new Map<string, FunctionDefinition>();
  for (const [name, call] of Object.entries(scope.functions ?? {})) {
    functions.set(name.toLowerCase(), {
      name,
      minArgs: 0,
      maxArgs: Number.MAX_SAFE_INTEGER,
      call: (...args) => toData(call(...args.map(fromData))),
    });
  }
  const tree = new Parser(tokensOf(expression), Object.keys(scope.contexts), [...functions.values()]).parse();
  const contexts = new data.Dictionary(
    ...Object.entries(scope.contexts).map(([key, value]) => ({ key, value: toData(value) })),
  );
  return fromData(new Evaluator(tree, contexts, functions).evaluate());
}

/** The package's lexer takes only the first `''` of a string for a quote (0.3.61); GitHub takes all of them. */
function tokensOf(expression: string) {
  const { tokens } = new Lexer(expression).lex();
  for (const token of tokens) {
    if (typeof token.value === 'string' && token.lexeme.startsWith("'")) {
      token.value = token.lexeme.slice(1, -1).replaceAll("''", "'");
    }
  }
  return tokens;
}

/** Evaluates every expression in a template. */
export function resolve(template: Template, scope: Scope): Value {
  if (isExpression(template)) return evaluateExpression(template.expression, scope);
  if (isTemplateList(template)) return template.items.map(item => resolve(item, scope));
  if (isTemplateMapping(template)) {
    return Object.fromEntries([...template.entries].map(([key, value]) => [key, resolve(value, scope)]));
  }
  return template;
}

/** As `if` judges a value: everything but false, 0, '', null and NaN. */
export function isTruthy(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== '' && !Number.isNaN(value);
}

/** The text that GitHub puts where a string is wanted. A sequence or a mapping there is an error. */
export function textOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'object') throw new Error(`A ${Array.isArray(value) ? 'sequence' : 'mapping'} was not expected`);
  return toData(value).coerceString();
}

export function resolveText(template: Template, scope: Scope): string {
  return textOf(resolve(template, scope));
}

/** Booleans and numbers are not converted from text: `'true'` where a boolean is wanted is an error. */
export function resolveBoolean(template: Template, scope: Scope): boolean {
  const value = resolve(template, scope);
  if (typeof value !== 'boolean') throw new Error(`Unexpected value '${textOf(value)}'`);
  return value;
}

export function resolveNumber(template: Template, scope: Scope): number {
  const value = resolve(template, scope);
  if (typeof value !== 'number') throw new Error(`Unexpected value '${textOf(value)}'`);
  return value;
}

/** `env`, `with` and their like: a mapping of texts. */
export function resolveTexts(template: Template | undefined, scope: Scope): Record<string, string> {
  if (template === undefined || template === null) return {};
  const value = resolve(template, scope);
  if (!isObject(value)) throw new Error('A mapping was expected');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textOf(item)]));
}

export function isObject(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toData(value: Value): Data {
  if (Array.isArray(value)) return new data.Array(...value.map(toData));
  if (isObject(value)) {
    return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })));
  }
  return data.reviver('', value);
}

function fromData(value: Data): Value {
  if (value instanceof data.StringData || value instanceof data.BooleanData) return value.value;
  if (value instanceof data.NumberData) return value.number();
  if (value instanceof data.Array) return value.values().map(fromData);
  if (value instanceof data.Dictionary) {
    return Object.fromEntries(value.pairs().map(pair => [pair.key, fromData(pair.value)]));
  }
  return null;
}
