import type { EnvironmentState } from '../journal/state.ts';
import type { GateFacts } from './facts.ts';

/** Facts as the journal keeps them: a state is the number of its last event, for the journal itself holds what led there. */
export interface RecordedFacts extends Omit<GateFacts, 'state' | 'earlier'> {
  readonly state: JournalPoint;
  readonly earlier: JournalPoint | null;
}

export interface JournalPoint {
  readonly environment: string;
  readonly sequence: number;
}

export function recordFacts({ state, earlier, ...facts }: GateFacts): RecordedFacts {
  return { ...facts, state: pointOf(state), earlier: earlier === null ? null : pointOf(earlier) };
}

/** The facts again; `stateAt` folds the events of a journal up to a point. */
export function recallFacts(recorded: RecordedFacts, stateAt: (point: JournalPoint) => EnvironmentState): GateFacts {
  const { state, earlier, ...facts } = recorded;
  return { ...facts, state: stateAt(state), earlier: earlier === null ? null : stateAt(earlier) };
}

function pointOf({ environment, sequence }: EnvironmentState): JournalPoint {
  return { environment, sequence };
}
