import { createHash } from 'node:crypto';

/** Identifiers that look like ECS's and are the same in every run: the n-th of its kind is always the same one. */
export interface Ids {
  /** 32 hex digits, as in task ARNs. */
  hex(kind: string): string;
  /** The same digits in the groups of a UUID. */
  uuid(kind: string): string;
  /** 19 digits, as in `ecs-svc/N` and service revision ARNs. */
  decimal(kind: string): string;
  /** URL-safe characters, as in service deployment ARNs and hook ids. */
  token(kind: string, length: number): string;
}

export function createIds(seed: string): Ids {
  const counts = new Map<string, number>();
  const next = (kind: string): Buffer => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return createHash('sha256').update(`${seed}/${kind}/${count}`).digest();
  };
  const hex = (kind: string) => next(kind).toString('hex').slice(0, 32);
  return {
    hex,
    uuid: kind => hex(kind).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    decimal: kind =>
      (1_000_000_000_000_000_000n + (next(kind).readBigUInt64BE() % 8_000_000_000_000_000_000n)).toString(),
    token: (kind, length) => next(kind).toString('base64url').slice(0, length),
  };
}
