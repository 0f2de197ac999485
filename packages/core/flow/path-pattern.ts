/**
 * Paths by a pattern as in .gitignore and CODEOWNERS: a `/` at the beginning or inside ties it to the top, a folder has all that is in it,
 * but `docs/*` only its files; `**` is any number of folders.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const steps = stepsOf(pattern);
  return path => leadsTo(steps, path);
}

/** A step through the folders of a path: a name with `*` and `?` in it, or any number of folders. */
type Step = { readonly name: string } | 'any';

const one: Step = { name: '*' };

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
