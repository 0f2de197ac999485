import type { WorldEvent } from '../../github/ports.ts';
import type { RunnerRepository } from '../ports.ts';
import type { TriggerFacts } from './triggers.ts';

/** What decides on triggers, read from an event as GitHub sends it. */
export function factsOf(event: WorldEvent, repository: RunnerRepository): TriggerFacts {
  const text = (...path: readonly string[]) => {
    const value = at(event.payload, path);
    return typeof value === 'string' ? value : undefined;
  };
  const message = text('head_commit', 'message');
  const baseBranch = text('pull_request', 'base', 'ref');
  const cron = event.name === 'schedule' ? text('schedule') : undefined;
  const base = event.name === 'push' ? text('before') : text('pull_request', 'base', 'sha');
  const head = event.name === 'push' ? event.sha : (text('pull_request', 'head', 'sha') ?? event.sha);
  return {
    name: event.name,
    ref: event.ref,
    ...(event.action === undefined ? {} : { action: event.action }),
    ...(baseBranch === undefined ? {} : { baseBranch }),
    ...(cron === undefined ? {} : { cron }),
    ...(message === undefined ? {} : { message }),
    changedFiles: () => repository.changedFiles(base === undefined || /^0+$/.test(base) ? undefined : base, head),
  };
}

/** A branch or tag that was deleted has no commit to read workflows from. */
export function isDeletion(event: WorldEvent): boolean {
  return event.name === 'push' && (event.payload.deleted === true || /^0+$/.test(event.sha));
}

/** The value at a path of an event's payload. */
export function at(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}
