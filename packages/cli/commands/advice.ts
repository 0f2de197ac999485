import { reasons } from '#core/reasons';

/** What unblocks it in general; a journal may hold reasons of another version of the suite. */
export function adviceFor(reason: string): string {
  return Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons].unblocks : `see ${reason}`;
}
