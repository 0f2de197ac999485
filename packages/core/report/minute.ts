/** `2026-11-17 02:30`, of an ISO time. */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

/** The same, of epoch milliseconds, in UTC. */
export function minuteAt(epoch: number): string {
  return minuteOf(new Date(epoch).toISOString());
}
