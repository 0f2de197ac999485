/**
 * The filter patterns of `on.push.branches` and its like.
 * Source: "Filter pattern cheat sheet", docs.github.com/actions/reference/workflows-and-actions/workflow-syntax.
 * `*` anything but `/` · `**` anything · `?` and `+` repeat what stands before them · `[abc]`, `[a-z]` one character ·
 * `\` takes the next character as it is · a leading `!` takes away again. A pattern matches the whole name.
 */
export function globToRegExp(pattern: string): RegExp {
  let source = '';
  let at = 0;
  // What `?` and `+` would repeat; nothing at the start or after another of them.
  let repeatable = false;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (character === '*') {
      const deep = pattern.charAt(at + 1) === '*';
      const segmentStart = at === 0 || pattern.charAt(at - 1) === '/';
      if (deep && segmentStart && pattern.charAt(at + 2) === '/') {
        // `**/docs` also matches `docs` itself.
        source += '(?:.*/)?';
        at += 3;
      } else {
        source += deep ? '.*' : '[^/]*';
        at += deep ? 2 : 1;
      }
      repeatable = false;
      continue;
    }
    if (character === '?' || character === '+') {
      if (!repeatable) throw new Error(`Invalid filter pattern '${pattern}': '${character}' repeats nothing`);
      source += character;
      at += 1;
      repeatable = false;
      continue;
    }
    if (character === '[') {
      const end = pattern.indexOf(']', at + 1);
      const members = end < 0 ? '' : pattern.slice(at + 1, end);
      if (!/^(?:[A-Za-z0-9](?:-[A-Za-z0-9])?)+$/.test(members)) {
        throw new Error(`Invalid filter pattern '${pattern}': brackets hold letters, digits and ranges of them`);
      }
      source += `[${members}]`;
      at = end + 1;
      repeatable = true;
      continue;
    }
    const escaped = character === '\\';
    if (escaped && at + 1 === pattern.length) throw new Error(`Invalid filter pattern '${pattern}': nothing to escape`);
    source += literally(escaped ? pattern.charAt(at + 1) : character);
    at += escaped ? 2 : 1;
    repeatable = true;
  }
  return new RegExp(`^${source}$`, 's');
}

/** Why a pattern, with or without its `!`, is none; undefined when it is one. */
export function patternProblem(pattern: string): string | undefined {
  try {
    globToRegExp(pattern.replace(/^!/, ''));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Patterns in order: the last one that matches decides, `!` takes away what an earlier one gave. */
export function matchesAny(patterns: readonly string[], name: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      if (globToRegExp(pattern.slice(1)).test(name)) matched = false;
    } else if (globToRegExp(pattern).test(name)) matched = true;
  }
  return matched;
}

function literally(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
