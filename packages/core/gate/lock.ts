import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

export function judgeLockRule({ lock }: GateFacts): RuleVerdict {
  switch (lock.kind) {
    case 'free':
    case 'mine':
      return rule('lock', 'pass', 'lock-free', 'No other run is changing the environment.');
    case 'abandoned': {
      const message = `The lock of ${lock.lock.run.url} is left over from a run that has ended; it is taken over.`;
      return rule('lock', 'pass', 'lock-free', message, { run: lock.lock.run.url });
    }
    case 'held': {
      const unknown = lock.life === 'unknown' ? ' (whether that run still lives could not be read)' : '';
      const message = `${lock.lock.run.actor} has been changing the environment since ${lock.lock.since}${unknown}: ${lock.lock.reason}`;
      const next = `Wait for ${lock.lock.run.url}, or cancel it, then start this run again: the lock of a run that has ended is taken over by itself.`;
      return rule('lock', 'fail', 'environment-locked', message, { run: lock.lock.run.url }, next);
    }
  }
}
