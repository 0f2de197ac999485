/** Names in a sentence: hundreds of them are not listed each time. */
export function few(names: readonly string[], most = 4): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} others`;
}

/** Names of which only the first `some` were kept, of `all` that there are. */
export function fewOf(some: readonly string[], all: number): string {
  const names = some.join(', ');
  return all > some.length ? `${names} and ${all - some.length} more` : names;
}

/** Lines of a list: the first ones, and how many more there are. */
export function fewLines(lines: readonly string[], most = 20): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `… and ${lines.length - most + 1} more`];
}
