import { createJumpClock } from './jump-clock.ts';
import type { JumpOptions, OwnedClock, WallOptions } from './owned-clock.ts';
import { createWallClock } from './wall-clock.ts';

export type { ClockAccess, JumpOptions, OwnedClock, WallOptions } from './owned-clock.ts';

/** `jump` for scenarios and tests, which wait for nothing; `wall` for a lab that a person uses from a shell. */
export function createLabClock(options: JumpOptions | WallOptions): OwnedClock {
  return options.mode === 'jump' ? createJumpClock(options) : createWallClock(options);
}
