/** Who holds the lock of a stack, as a state backend of files tells it. */
export interface LockHolder {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** Epoch milliseconds. */
  readonly since: number;
}

/**
 * What stderr says of a held lock: `undefined` when it says nothing of one. Pulumi Cloud names no holder, so the list may be
 * empty. Sources: test/fixtures/pulumi/15-up-locked; `[409] Conflict` is what Pulumi’s own automation library looks for.
 */
export function readLock(stderr: string): readonly LockHolder[] | undefined {
  if (/\[409\] Conflict: Another update is currently in progress/.test(stderr)) return [];
  if (!/the stack is currently locked by \d+ lock\(s\)/.test(stderr)) return undefined;
  return [...stderr.matchAll(/created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g)].map(
    ([, user = '', host = '', pid = '', since = '']) => ({ user, host, pid: Number(pid), since: Date.parse(since) }),
  );
}

/** `ci@runner (pid 19248) since 2026-11-21T05:50:36Z, 14m` */
export function holderText({ user, host, pid, since }: LockHolder, now: number): string {
  const held = Number.isFinite(since)
    ? ` since ${new Date(since).toISOString().replace('.000', '')}, ${age(now - since)}`
    : '';
  return `${user}@${host} (pid ${pid})${held}`;
}

function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return `${minutes}m`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)}h${minutes % 60}m` : `${Math.floor(minutes / 1440)}d`;
}
