/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
import { Refusal } from '../world/refusal.ts';
import type { Caller } from '../world/tokens.ts';

export type Resource = 'core' | 'graphql';

export interface Limits {
  /** Counts a call; throws when it is one too many. `writes`: it makes content. */
  count(caller: Caller, resource: Resource, writes: boolean): void;
  headers(caller: Caller, resource: Resource): Readonly<Record<string, string>>;
  window(caller: Caller, resource: Resource): Window;
}

export interface Window {
  readonly limit: number;
  readonly used: number;
  readonly resetsAt: number;
}

const hour = 3_600_000;
const minute = 60_000;
const perHour = { job: 1_000, person: 5_000 } as const;
const writesPerMinute = 80;
const writesPerHour = 500;
const documentation = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';

export function createLimits(now: () => number): Limits {
  const windows = new Map<string, { used: number; resetsAt: number }>();
  const writes = new Map<string, number[]>();

  // A GITHUB_TOKEN's allowance belongs to the repository: every job draws from the same.
  const owner = (caller: Caller) => (caller.kind === 'job' ? caller.repository : caller.account.login);
  const open = (caller: Caller, resource: Resource) => {
    const key = `${caller.kind} ${owner(caller)} ${resource}`;
    const known = windows.get(key);
    if (known && known.resetsAt > now()) return known;
    const fresh = { used: 0, resetsAt: now() + hour };
    windows.set(key, fresh);
    return fresh;
  };
  const limits: Limits = {
    count(caller, resource, isWrite) {
      const window = open(caller, resource);
      if (window.used >= perHour[caller.kind]) throw rateLimited(caller);
      window.used += 1;
      if (!isWrite) return;
      const key = `${caller.kind} ${owner(caller)}`;
      const recent = (writes.get(key) ?? []).filter(at => at > now() - hour);
      if (recent.filter(at => at > now() - minute).length >= writesPerMinute || recent.length >= writesPerHour) {
        throw new SecondaryLimit(60);
      }
      writes.set(key, [...recent, now()]);
    },
    window(caller, resource) {
      const { used, resetsAt } = open(caller, resource);
      return { limit: perHour[caller.kind], used, resetsAt };
    },
    headers(caller, resource) {
      const { limit, used, resetsAt } = limits.window(caller, resource);
      return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(limit - used),
        'x-ratelimit-used': String(used),
        'x-ratelimit-reset': String(Math.ceil(resetsAt / 1000)),
        'x-ratelimit-resource': resource,
      };
    },
  };
  return limits;
}

export function rateLimited(caller: Caller): Refusal {
  const whose = caller.kind === 'job' ? 'installation ID 41898282' : `user ID ${caller.account.id}`;
  return new RateLimit(`API rate limit exceeded for ${whose}.`);
}

/** The hour's allowance is used up: `x-ratelimit-remaining: 0` goes with it. */
export class RateLimit extends Refusal {
  readonly documentation = documentation;

  constructor(message: string) {
    super(403, message, { type: 'RATE_LIMITED' });
  }
}

/** Too much at once; `retry-after` says how long to be quiet. */
export class SecondaryLimit extends Refusal {
  readonly documentation = `${documentation}#about-secondary-rate-limits`;
  readonly retryAfterSeconds: number | undefined;

  constructor(retryAfterSeconds: number | undefined) {
    super(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
      type: 'RATE_LIMITED',
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
