import { parseDuration } from '#core/duration';
import type { Finding } from '#core/finding';

/** How one input is read as the runner passes it: always text, empty when nobody set it. */
export type InputSource = (name: string) => string;

/**
 * Reads the inputs of an action and collects every mistake, so that all are named at once and before any call.
 * A mistaken input reads as a harmless value; nobody sees it, because `problems` ends the action first.
 */
export interface InputReader {
  text(name: string): string;
  optional(name: string): string | undefined;
  required(name: string): string;
  flag(name: string): boolean;
  choice<const V extends readonly [string, ...string[]]>(name: string, values: V): V[number];
  optionalChoice<const V extends readonly [string, ...string[]]>(name: string, values: V): V[number] | undefined;
  /** Milliseconds. */
  duration(name: string): number;
  optionalDuration(name: string): number | undefined;
  optionalCount(name: string, lowest: number): number | undefined;
  /** One entry a line or separated by commas. */
  list(name: string): readonly string[];
  /** A JSON array of words, or one word a line: an argv, never a shell line. */
  words(name: string): readonly string[];
  /** A JSON object of strings; empty when nobody set it. */
  strings(name: string): Readonly<Record<string, string>>;
  problem(name: string, message: string, next?: string): void;
  readonly problems: readonly Finding[];
}

export function createInputReader(source: InputSource): InputReader {
  const problems: Finding[] = [];
  const read = (name: string) => source(name).trim();
  const problem = (name: string, message: string, next?: string) => {
    problems.push({
      reason: 'input-invalid',
      message: `Input \`${name}\`: ${message}`,
      evidence: { input: name },
      where: { kind: 'input', input: name },
      ...(next === undefined ? {} : { next }),
    });
  };

  const optional = (name: string) => read(name) || undefined;

  const optionalChoice = <const V extends readonly [string, ...string[]]>(
    name: string,
    values: V,
  ): V[number] | undefined => {
    const value = optional(name);
    if (value === undefined) return undefined;
    const chosen = values.find(candidate => candidate === value);
    if (chosen === undefined) problem(name, `“${value}” is none of ${values.join(', ')}.`);
    return chosen;
  };

  const optionalDuration = (name: string) => {
    const value = optional(name);
    if (value === undefined) return undefined;
    const duration = parseDuration(value);
    if (duration.ok) return duration.milliseconds;
    problem(name, `${duration.message}.`, 'Write a duration such as `90s`, `30m` or `2h`.');
    return undefined;
  };

  const wordsOfLines = (name: string, value: string) => {
    const words = value
      .split('\n')
      .map(word => word.trim())
      .filter(word => word !== '');
    if (words.length === 1 && /\s/.test(value)) {
      const asJson = JSON.stringify(value.split(/\s+/));
      problem(name, `“${value}” is a shell line, not a list of words.`, `Write \`${asJson}\`, or one word a line.`);
    }
    return words;
  };

  return {
    problems,
    problem,
    optional,
    optionalChoice,
    optionalDuration,
    text: read,

    required(name) {
      const value = read(name);
      if (value === '') problem(name, 'is missing.');
      return value;
    },

    flag(name) {
      const value = read(name);
      if (value !== '' && value !== 'true' && value !== 'false') problem(name, `“${value}” is neither true nor false.`);
      return value === 'true';
    },

    choice(name, values) {
      const chosen = optionalChoice(name, values);
      if (chosen === undefined && read(name) === '') problem(name, `is missing; it is one of ${values.join(', ')}.`);
      return chosen ?? values[0];
    },

    duration(name) {
      if (read(name) === '') problem(name, 'is missing.', 'Write a duration such as `90s`, `30m` or `2h`.');
      return optionalDuration(name) ?? 0;
    },

    optionalCount(name, lowest) {
      const value = optional(name);
      if (value === undefined) return undefined;
      const count = /^\d+$/.test(value) ? Number(value) : Number.NaN;
      if (Number.isSafeInteger(count) && count >= lowest) return count;
      problem(name, `“${value}” is not a whole number of at least ${lowest}.`);
      return undefined;
    },

    list(name) {
      return read(name)
        .split(/[\n,]/)
        .map(entry => entry.trim())
        .filter(entry => entry !== '');
    },

    strings(name) {
      const value = read(name) === '' ? {} : parseJson(read(name));
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        problem(name, 'is not a JSON object of strings.');
        return {};
      }
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [key, typeof entry === 'string' ? entry : JSON.stringify(entry)]),
      );
    },

    words(name) {
      const value = read(name);
      if (!value.startsWith('[')) return wordsOfLines(name, value);
      const parsed = parseJson(value);
      if (Array.isArray(parsed) && parsed.every(word => typeof word === 'string')) return parsed;
      problem(
        name,
        'is not a JSON array of strings.',
        'Write `["npx", "prisma", "migrate", "deploy"]`, or one word a line.',
      );
      return [];
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
