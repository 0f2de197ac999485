import type { core } from 'zod/mini';
import { DURATION_WORDS, type IssueParams } from './fields.ts';
import { didYouMean, editDistance, nearest } from './nearest.ts';
import { type Mistake, type Path, showPath } from './problem.ts';

/** What the words need to know beyond the issue itself. */
export interface Vocabulary {
  /** The whole value that was checked. */
  readonly value: unknown;
  /** A scalar as the file has it. */
  written(path: Path): string | undefined;
  /** The keys that are known at `path`. */
  keysAt(path: Path): readonly string[];
  /** Where the key belongs if not at `path`, in words. */
  elsewhere(key: string, path: Path): string | undefined;
}

/** The schema's issues in people's words. One issue may hold several mistakes: each unknown key has its own place. */
export function explainIssue(issue: core.$ZodIssue, vocabulary: Vocabulary): readonly Mistake[] {
  const path = issue.path.map(part => (typeof part === 'symbol' ? String(part) : part));
  const value = valueAt(vocabulary.value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey(key, path, vocabulary));
    case 'invalid_type':
      return [wrongType(path, value, typeWords(issue), vocabulary)];
    case 'invalid_value':
      return [wrongValue(path, value, issue.values.map(String), vocabulary)];
    case 'invalid_union':
      return explainUnion(issue, path, value, vocabulary);
    case 'invalid_key':
      return [{ path, message: `\`${path.at(-1)}\` cannot be a name`, hint: NAMES, at: 'key' }];
    case 'invalid_format':
      return [{ path, message: `\`${String(value)}\` cannot be a name`, hint: NAMES }];
    case 'too_small':
      if (issue.origin === 'array') return [{ path, message: 'is an empty list' }];
      return [{ path, message: `must be at least ${issue.minimum}, found ${shown(path, value, vocabulary)}` }];
    case 'too_big':
      if (issue.origin === 'string') return [{ path, message: `is longer than ${issue.maximum} characters` }];
      return [{ path, message: `must be at most ${issue.maximum}, found ${shown(path, value, vocabulary)}` }];
    case 'custom':
      return [{ path, message: issue.message, ...readParams(issue.params) }];
    default:
      return [{ path, message: `is not valid: ${issue.message}` }];
  }
}

const NAMES = 'names begin with a letter, then letters, digits, - or _';

/** A key that is misspelt is wrong once: what is missing because of it goes without saying. */
export function withoutEchoes(mistakes: readonly Mistake[], value: unknown): readonly Mistake[] {
  const meant = new Set(mistakes.flatMap(mistake => (mistake.meant === undefined ? [] : [showPath(mistake.meant)])));
  return mistakes.filter(({ path }) => !meant.has(showPath(path)) || valueAt(value, path) !== undefined);
}

export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    current = (current as Readonly<Record<string | number, unknown>>)[part];
  }
  return current;
}

function unknownKey(key: string, path: Path, { keysAt, elsewhere }: Vocabulary): Mistake {
  const known = keysAt(path);
  const other = elsewhere(key, path);
  // Where it is known elsewhere, one letter too many may still be a slip of the pen: `tags` of an environment, or `tag` of `publish`.
  const meant = other === undefined ? nearest(key, known) : known.find(name => editDistance(name, key) === 1);
  return {
    path: [...path, key],
    message: `unknown key \`${key}\``,
    hint: other === undefined ? didYouMean(key, known) : belongs(other, meant),
    at: 'key',
    meant: meant === undefined ? undefined : [...path, meant],
  };
}

function belongs(other: string, meant: string | undefined): string {
  return meant === undefined ? `it belongs ${other}` : `did you mean \`${meant}\`? Otherwise it belongs ${other}`;
}

function wrongType(path: Path, value: unknown, expected: string, vocabulary: Vocabulary): Mistake {
  const name = path.at(-1);
  if (name === undefined && (value === undefined || value === null)) return { path, message: 'there is nothing in it' };
  if (value === undefined) {
    return {
      path,
      message: `\`${name}\` is missing`,
      hint: `it is ${expected}`,
      at: 'key',
    };
  }
  const message = `must be ${expected}, found ${shown(path, value, vocabulary)}`;
  return { path, message, hint: quotingHint(path, value, expected, vocabulary) };
}

function wrongValue(path: Path, value: unknown, values: readonly string[], vocabulary: Vocabulary): Mistake {
  const allowed = values.map(allowedValue => `\`${allowedValue}\``).join(', ');
  const expected = values.length === 1 ? allowed : `one of ${allowed}`;
  if (typeof value !== 'string') return wrongType(path, value, expected, vocabulary);
  if (values.includes(value)) return { path, message: `must be the number ${value}`, hint: 'write it without quotes' };
  return { path, message: `must be ${expected}, found \`${value}\``, hint: didYouMean(value, values) };
}

/** Of the branches of a union, the one whose type fits says what is wrong; when none fits, all are named. */
function explainUnion(
  issue: core.$ZodIssueInvalidUnion,
  path: Path,
  value: unknown,
  vocabulary: Vocabulary,
): readonly Mistake[] {
  if (issue.discriminator !== undefined) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return [wrongValue(path, value, options, vocabulary)];
  }
  const fitting = issue.errors.find(
    errors => !errors.some(error => error.code === 'invalid_type' && error.path.length === 0),
  );
  if (fitting !== undefined) {
    return fitting.flatMap(error => explainIssue({ ...error, path: [...path, ...error.path] }, vocabulary));
  }
  const types = issue.errors.flatMap(errors =>
    errors.flatMap(error => (error.code === 'invalid_type' ? [typeWords(error)] : [])),
  );
  return [wrongType(path, value, [...new Set(types)].join(' or '), vocabulary)];
}

function typeWords({ expected, message }: core.$ZodIssueInvalidType): string {
  if (message === DURATION_WORDS) return DURATION_WORDS;
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
  };
  return words[expected] ?? expected;
}

/** The value as the file has it, `the number 1.10`: people look for what they wrote. */
function shown(path: Path, value: unknown, { written }: Vocabulary): string {
  const source = written(path) ?? String(value);
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'a mapping';
    case 'number':
    case 'bigint':
      return `the number ${source}`;
    case 'string':
      return `\`${value}\``;
    default:
      return `\`${source}\``;
  }
}

/** Where YAML made something else of what was meant as text. */
function quotingHint(path: Path, value: unknown, expected: string, { written }: Vocabulary): string | undefined {
  if (!expected.includes('text')) return undefined;
  const source = written(path);
  if (typeof value === 'number' || typeof value === 'boolean') return `write '${source ?? value}' in quotes`;
  const template = typeof value === 'object' && value !== null && Object.values(value).every(entry => entry === null);
  if (!template || Array.isArray(value)) return undefined;
  return `quote a value that begins with {, as in "{${Object.keys(value).join(', ')}}"`;
}

function readParams(params: unknown): IssueParams {
  if (typeof params !== 'object' || params === null) return {};
  const hint = 'hint' in params && typeof params.hint === 'string' ? params.hint : undefined;
  const offset = 'offset' in params && typeof params.offset === 'number' ? params.offset : undefined;
  return { hint, offset };
}
