/** What is wrong in a file, where, and what was probably meant. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** As a person would say it: `environments.prod.watch.fail-if[0]`. Empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** A problem before it has its place: `path` is relative to what was checked, `offset` counts into the text found there. */
export interface Mistake {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly offset?: number | undefined;
  /** The path of the key that was probably meant: that one is misspelt rather than missing. */
  readonly meant?: Path | undefined;
  /** Which end of `key: value` to point at; the value unless said otherwise. */
  readonly at?: 'key' | 'value';
}

export type Path = readonly (string | number)[];

export function showPath(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

/** One line as compilers print it, which editors and terminals turn into a link. */
export function formatProblem(problem: Problem): string {
  const hint = problem.hint === undefined ? '' : ` (${problem.hint})`;
  const path = problem.path === '' ? '' : `${problem.path}: `;
  return `${problem.file}:${problem.line}:${problem.column}: ${path}${problem.message}${hint}`;
}

export function byPosition(a: Problem, b: Problem): number {
  return a.line - b.line || a.column - b.column;
}
