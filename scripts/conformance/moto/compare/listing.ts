import type { Difference } from './differ.ts';
import type { ListedDifference } from './differences.ts';

/** A difference, and where it showed. */
export interface Found extends Difference {
  readonly service: string;
  readonly step: string;
}

/** One line of the list: a path in a step of a service, `*` for anything in either. */
export interface Line {
  readonly service: string;
  readonly step: string;
  readonly path: string;
}

export function linesOf(
  differences: Readonly<Record<string, readonly Pick<ListedDifference, 'on'>[]>>,
): readonly Line[] {
  return Object.entries(differences).flatMap(([service, entries]) =>
    entries.flatMap(({ on }) =>
      Object.entries(on).flatMap(([step, paths]) => [paths].flat().map(path => ({ service, step, path }))),
    ),
  );
}

export function unlisted(found: readonly Found[], lines: readonly Line[]): readonly string[] {
  return found
    .filter(each => !lines.some(line => covers(line, each)))
    .map(({ service, step, path, lab, moto }) => `${service}, ${step}: ${path} is ${lab} here, ${moto} in moto`);
}

export function outdated(found: readonly Found[], lines: readonly Line[]): readonly string[] {
  return lines
    .filter(line => !found.some(each => covers(line, each)))
    .map(({ service, step, path }) => `${service}, ${step}: ${path} is listed as different, and is the same`);
}

function covers(line: Line, found: Found): boolean {
  return line.service === found.service && matches(line.step, found.step) && matches(line.path, found.path);
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[.+^${}()|[\]\\?]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
