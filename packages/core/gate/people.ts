/** GitHub’s logins do not know upper and lower case. */
export function sameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function isAmong(login: string, people: readonly string[]): boolean {
  return people.some(person => sameLogin(person, login));
}

/** Each once, as first written. */
export function distinct(logins: readonly string[]): readonly string[] {
  return logins.filter((login, index) => logins.findIndex(other => sameLogin(other, login)) === index);
}

/** Written as `@org/team`. Who belongs to it cannot be read with a workflow’s token. */
export function isTeam(entry: string): boolean {
  return entry.startsWith('@');
}

/** Those who are people, each once as written: whoever is not known, and bots, nobody could hold to anything. */
export function peopleAmong(logins: readonly (string | undefined)[]): readonly string[] {
  const known = logins.flatMap(login => login ?? []);
  return [...new Set(known.filter(login => login !== '' && !login.endsWith('[bot]')))];
}
