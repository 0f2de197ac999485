import { pathPattern } from '../flow/path-pattern.ts';
import type { CodeOwners } from './lookups.ts';

/**
 * Where GitHub looks for the file, and in which order; the first one counts. This, and how the file is read, is from docs.github.com,
 * “About code owners”.
 */
export const ownersFiles = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

interface Line {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

/** Who owns which of the paths by a CODEOWNERS file: the last line that matches a path decides, and it may name nobody. */
export function ownersOf(file: string, text: string, paths: readonly string[]): CodeOwners {
  const lines = text.split(/\r?\n/).flatMap(lineOf);
  const owned = paths.flatMap(path => {
    const owners = lines.findLast(({ matches }) => matches(path))?.owners ?? [];
    return owners.length === 0 ? [] : [{ path, owners }];
  });
  const groups = Map.groupBy(owned, ({ owners }) => owners.join(' ')).values();
  return {
    file,
    groups: [...groups].map(files => ({
      owners: files[0]?.owners ?? [],
      files: files.length,
      some: files.slice(0, 3).map(({ path }) => path),
    })),
  };
}

/** A line that GitHub cannot read is left out, as GitHub does. */
function lineOf(line: string): readonly Line[] {
  const [pattern = '', ...words] = line.trim().match(/(?:\\.|[^\s\\])+/g) ?? [];
  if (pattern === '' || /^[#!]|\[/.test(pattern)) return [];
  const comment = words.findIndex(word => word.startsWith('#'));
  const owners = comment < 0 ? words : words.slice(0, comment);
  if (!owners.every(owner => owner.includes('@'))) return [];
  return [{ matches: pathPattern(pattern), owners: owners.map(nameOf) }];
}

/** `@lena` is the login lena; teams (`@org/team`) and addresses stay as they are, because nobody can tell who they are. */
function nameOf(owner: string): string {
  return owner.startsWith('@') && !owner.includes('/') ? owner.slice(1) : owner;
}
