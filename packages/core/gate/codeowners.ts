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
  const steps = stepsOf(pattern);
  return [{ matches: path => leadsTo(steps, path), owners: owners.map(nameOf) }];
}

/** `@lena` is the login lena; teams (`@org/team`) and addresses stay as they are, because nobody can tell who they are. */
function nameOf(owner: string): string {
  return owner.startsWith('@') && !owner.includes('/') ? owner.slice(1) : owner;
}

/** A step through the folders of a path: a name with `*` and `?` in it, or any number of folders. */
type Step = { readonly name: string } | 'any';

const one: Step = { name: '*' };

/** As in .gitignore: a `/` at the beginning or inside ties a pattern to the top, and a folder has all that is in it; but `docs/*` only its files. */
function stepsOf(pattern: string): readonly Step[] {
  const names = pattern
    .replace(/\\(.)/g, '$1')
    .split('/')
    .filter(name => name !== '');
  const tied = pattern.replace(/\/$/, '').includes('/');
  const last = names.at(-1);
  const inner = (last === '**' ? names.slice(0, -1) : names).map((name): Step => (name === '**' ? 'any' : { name }));
  const below: readonly Step[] = pattern.endsWith('/') || last === '**' ? [one, 'any'] : last === '*' ? [] : ['any'];
  return [...(tied ? [] : (['any'] as const)), ...inner, ...below];
}

/** Goes along the path at all places of the pattern at once: a regular expression could take for ever. */
function leadsTo(steps: readonly Step[], path: string): boolean {
  let places = open(steps, [0]);
  for (const folder of path.split('/')) {
    const next = places.flatMap(place => {
      const step = steps[place];
      if (step === undefined) return [];
      return step === 'any' ? [place] : fits(step.name, folder) ? [place + 1] : [];
    });
    places = open(steps, next);
  }
  return places.includes(steps.length);
}

/** Any number of folders may be none. */
function open(steps: readonly Step[], places: readonly number[]): readonly number[] {
  const further = places.flatMap(place => (steps[place] === 'any' ? [place + 1] : []));
  const unseen = further.filter(place => !places.includes(place));
  return unseen.length === 0 ? [...new Set(places)] : open(steps, [...places, ...unseen]);
}

/** `*` stands for anything, `?` for one character. Where it does not go on, the last `*` takes one more. */
function fits(name: string, text: string): boolean {
  let [at, from] = [0, 0];
  let star: { readonly at: number; from: number } | undefined;
  while (from < text.length) {
    if (name[at] === '*') {
      star = { at, from };
      at += 1;
    } else if (name[at] === '?' || name[at] === text[from]) {
      at += 1;
      from += 1;
    } else if (star === undefined) {
      return false;
    } else {
      star.from += 1;
      [at, from] = [star.at + 1, star.from];
    }
  }
  return /^\**$/.test(name.slice(at));
}
