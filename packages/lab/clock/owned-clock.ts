import type { ChildProcess } from 'node:child_process';
import type { LabClock } from './clock.ts';

/** The clock as those see it who own the lab: they start processes on its time, serve their requests, and close it. */
export interface OwnedClock extends LabClock {
  /** Opens the clock to child processes; they join with `env` in their environment. */
  listen(): Promise<ClockAccess>;
  /**
   * Tells the clock of a process that the lab has just started (never synchronously: a child waits for the lab). Time
   * stands still until it has joined, while it does anything off lab time, and until its output has ended.
   */
  follow(child: ChildProcess): void;
  /**
   * Says that a participant's request is kept waiting on purpose, so that time may pass meanwhile, until the returned
   * function is called: before the answer is sent, or when the request's connection closes.
   */
  keepWaiting(): () => void;
  /** Ends lab time. Participants that still run end with exit code 1. */
  close(): Promise<void>;
}

export interface ClockAccess {
  /** The Unix socket on which participants join; none in `wall` mode. */
  readonly socketPath?: string;
  /** To be merged into a child's environment; NODE_OPTIONS goes before what it already holds. */
  readonly env: Readonly<Record<string, string>>;
}

export interface JumpOptions {
  /** Epoch milliseconds of lab time. */
  readonly start: number;
  readonly mode: 'jump';
  /** Somebody waits, and nothing is left that could happen. `situation` names everybody and what each waits for. */
  readonly onStuck?: (situation: string) => void;
  /** Time has stood still for `slowAfter` milliseconds of wall time, because somebody is busy. */
  readonly onSlow?: (situation: string) => void;
  /** Default 20 000. */
  readonly slowAfter?: number;
  /** Of the participants' Math.random, default 1: jitter differs between processes, and is the same in every run. */
  readonly seed?: number;
}

export interface WallOptions {
  readonly start: number;
  readonly mode: 'wall';
  /** Lab milliseconds per wall millisecond, default 1. */
  readonly speed?: number;
}
