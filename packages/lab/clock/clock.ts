/**
 * The lab's one clock, as the rest of the lab sees it. Times are epoch milliseconds of lab time.
 *
 * The clock jumps to the next event as soon as nobody is busy: no hold is open, every child process waits for
 * one of its own timers, and every request that is still open is one that the lab itself keeps waiting.
 */
export interface LabClock {
  now(): number;
  /** Runs `event` when lab time reaches `time` (at once, in order, when that has passed). Returns its cancellation. */
  at(time: number, event: () => void): () => void;
  /** Resolves `milliseconds` of lab time from now. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Stops time from jumping until the returned function is called. `reason` is shown when the lab is stuck. */
  hold(reason: string): () => void;
}
