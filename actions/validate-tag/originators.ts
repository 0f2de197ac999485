import type { RunContext } from '#action-kit/run-context';
import { peopleAmong } from '#core/gate/people';

/** Everybody who set this release off: none of them can approve it. A dispatch by the workflow token carries its originator along. */
export function originatorsOf(run: RunContext, carried: string | undefined): readonly string[] {
  const sender = loginOf(run.event.sender);
  const pusher = nameOf(run.event.pusher);
  return peopleAmong([run.actor, run.triggeringActor, sender, pusher, carried]);
}

function loginOf(value: unknown): string | undefined {
  return member(value, 'login');
}

function nameOf(value: unknown): string | undefined {
  return member(value, 'name');
}

function member(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[name];
  return typeof found === 'string' ? found : undefined;
}
