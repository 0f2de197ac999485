/** The branch that is the journal of an environment. */
export function journalBranch(environment: string): string {
  return `release-journal/${environment}`;
}
