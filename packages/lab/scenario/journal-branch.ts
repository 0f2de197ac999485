/** Where the suite keeps its journal: public interface, so the lab may know it. */
export function journalBranch(environment: string): string {
  return `release-journal/${environment}`;
}
