import type { RunContext } from '#action-kit/run-context';
import { peopleAmong } from '#core/gate/people';

/** What this run is about: a pull request, or a branch as it is. */
export interface Proposal {
  /** The branch that it would go into. */
  readonly base: string;
  /** Who proposes it: they could not approve it. */
  readonly people: readonly string[];
}

export function proposalOf({ event, ref, actor }: Pick<RunContext, 'event' | 'ref' | 'actor'>): Proposal {
  const request = asRecord(event.pull_request);
  const base = asRecord(request.base).ref;
  const author = asRecord(request.user).login;
  return {
    base: typeof base === 'string' ? base : ref.replace(/^refs\/heads\//, ''),
    people: peopleAmong([typeof author === 'string' ? author : undefined, actor]),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
