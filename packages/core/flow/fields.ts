import * as z from 'zod/mini';
import { parseDuration } from '../duration.ts';

/**
 * The vocabulary that the schema is written in. A field describes itself once: the description is what editors show,
 * and the check that fails is the check that editors make.
 */
export interface Documentation {
  readonly description: string;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly default?: unknown;
}

export const documentation = z.registry<Documentation & Record<string, unknown>>();

/** What a reader of text says; `offset` counts into that text. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly message: string;
      readonly offset?: number | undefined;
      readonly hint?: string | undefined;
    };

/** What a check hands over with its message; `issues.ts` turns it into a place and a hint. */
export interface IssueParams {
  readonly hint?: string | undefined;
  readonly offset?: number | undefined;
}

type More = Omit<Documentation, 'description'>;

export function documented<S extends z.ZodMiniType>(schema: S, description: string, more: More = {}): S {
  documentation.add(schema, { description, ...more });
  return schema;
}

/** What a duration is called where something else was found: a bare number wants a unit, not quotes. */
export const DURATION_WORDS = 'a duration like 90s, 30m or 2h';

/** Text that `read` understands; its value is what the reader made of it. */
export function parsed<T>(read: (text: string) => Reading<T>, description: string, more: More = {}, words?: string) {
  const transform = z.transform((text: string, context): T => {
    const reading = read(text);
    if (reading.ok) return reading.value;
    const params: IssueParams = { hint: reading.hint, offset: reading.offset };
    context.issues.push({ code: 'custom', message: reading.message, input: text, params });
    return z.NEVER;
  });
  return documented(z.pipe(z.string(words), transform), description, more);
}

export function text(description: string, more: More = {}) {
  return parsed(readText, description, { pattern: '\\S', ...more });
}

export function choice<const Values extends readonly [string, ...string[]]>(
  values: Values,
  description: string,
  more: More = {},
) {
  return documented(z.enum(values), description, more);
}

export function wholeNumber(lowest: number, highest: number, description: string, more: More = {}) {
  return documented(z.int().check(z.gte(lowest), z.lte(highest)), description, more);
}

export function duration(description: string, more: More = {}) {
  return parsed(readDuration, description, { pattern: DURATION_PATTERN, ...more }, DURATION_WORDS);
}

/** A file of the repository. */
export function path(description: string, more: More = {}) {
  return parsed(readPath, description, more);
}

export function url(description: string, more: More = {}) {
  return parsed(readUrl, description, { pattern: '^https?://', ...more });
}

export function list<Item extends z.ZodMiniType>(item: Item, description: string, more: More = {}) {
  return documented(z.array(item).check(z.minLength(1)), description, more);
}

/** One value, or a list of them: people write both. Read it with `asList`. */
export function oneOrMany<Item extends z.ZodMiniType>(item: Item, description: string, more: More = {}) {
  return documented(z.union([item, z.array(item).check(z.minLength(1))]), description, more);
}

export function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/** Names of components, environments and roles: they become parts of branch names, ids and outputs. */
export const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

export function named<Value extends z.ZodMiniType>(value: Value, description: string, more: More = {}) {
  return documented(z.record(z.string().check(z.maxLength(64), z.regex(NAME)), value), description, more);
}

const DURATION_PATTERN = '^(?=\\d)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?$';

function readText(written: string): Reading<string> {
  if (written.trim() === '') return { ok: false, message: 'is empty' };
  return { ok: true, value: written };
}

function readDuration(written: string): Reading<number> {
  const result = parseDuration(written);
  if (!result.ok) return result;
  if (result.milliseconds === 0) return { ok: false, message: 'must be longer than nothing' };
  return { ok: true, value: result.milliseconds };
}

function readPath(written: string): Reading<string> {
  if (written.trim() === '') return { ok: false, message: 'is empty' };
  if (written.startsWith('/') || written.includes('\\')) {
    return { ok: false, message: 'is not a path in the repository', hint: 'write it from the top folder, with /' };
  }
  const up = written.split('/').indexOf('..');
  return up === -1 ? { ok: true, value: written } : { ok: false, message: 'leaves the repository with `..`' };
}

export function readUrl(written: string): Reading<string> {
  if (/^https?:\/\/[^\s/]+(\/\S*)?$/.test(written)) return { ok: true, value: written };
  return { ok: false, message: `\`${written}\` is not a URL`, hint: 'it begins with https:// or http://' };
}
