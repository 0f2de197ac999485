/**
 * Whether a pattern of GitHub’s settings means a name: `*` stops at a slash, two of them and a slash do not, `?` and `[a-z]` are one character.
 * Source: docs.github.com, “Creating rulesets for a repository”, using fnmatch syntax.
 */
export function matchesRef(pattern: string, name: string): boolean {
  const parts = pattern.match(/\*\*\/|\*+|\?|\[[^\]/]+\]|\\.|./gs) ?? [];
  return new RegExp(`^${parts.map(expressionOf).join('')}$`).test(name);
}

function expressionOf(part: string): string {
  if (part === '**/') return '(?:[^/]+/)*';
  if (part.startsWith('*')) return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.startsWith('[') && part.length > 2) {
    const set = part.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\');
    return `[${set}]`;
  }
  const character = part.startsWith('\\') && part.length === 2 ? part.slice(1) : part;
  return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
}
