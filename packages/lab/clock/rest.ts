import { isBegun, type Participant } from './world.ts';

/**
 * Whether a quiet world is at rest. Everybody has said to be quiet, but each at another moment: something may still be under
 * way between two of them. So everybody is asked once more, and the world is at rest if nobody has run a single callback
 * since its last word, and the lab has done nothing either.
 */
export interface RestCheck {
  /** The lab has done something. */
  stir(): void;
  /** Everybody has answered as before the last `ask`. */
  isConfirmed(members: readonly Participant[]): boolean;
  /** Remembers what everybody has said; returns whom to ask again. */
  ask(members: readonly Participant[]): readonly Participant[];
  forget(): void;
}

export function createRestCheck(): RestCheck {
  // Counts what the lab does, as `activity` counts what a participant does.
  let stirs = 0;
  let last: { readonly stirs: number; readonly activities: ReadonlyMap<Participant, number | undefined> } | undefined;

  return {
    stir() {
      stirs++;
    },
    isConfirmed(members) {
      const begun = members.filter(isBegun);
      if (last?.stirs !== stirs || last.activities.size !== begun.length) return false;
      const { activities } = last;
      return begun.every(member => activities.has(member) && activities.get(member) === member.report?.activity);
    },
    ask(members) {
      const begun = members.filter(isBegun);
      last = { stirs, activities: new Map(begun.map(member => [member, member.report?.activity])) };
      return begun;
    },
    forget() {
      last = undefined;
    },
  };
}
