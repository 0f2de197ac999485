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
