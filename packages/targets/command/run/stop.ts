import type { ChildProcess } from 'node:child_process';
import type { Clock } from '#core/clock';
import type { Progress } from '#core/target';
import type { Stopping } from './command.ts';

export interface StopSetting {
  readonly clock: Clock;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly stopping: Stopping;
  readonly say: (text: string, level: Progress['level']) => void;
}

/**
 * The runner gives a cancelled step 7.5 s, and 2.5 s more after SIGTERM: in ms, what a tool gets of them. Those that are never sent a
 * second signal get it all in one piece. What is left is for our own last words.
 */
const whenCancelled = { interrupted: 4_000, alone: 7_000, terminated: 1_500 } as const;

/** After SIGTERM, when nobody is in a hurry, in ms. */
const terminated = 30_000;

/** From SIGKILL to the end of its output, in ms. */
const killed = 3_000;

/** Asks once, waits, and insists as far as the tool allows it. Returns when it has ended or nothing more may be done. */
export async function stopTool(
  child: ChildProcess,
  running: Promise<unknown>,
  why: 'cancelled' | 'timed-out',
  { clock, signal, stopping, say }: StopSetting,
): Promise<void> {
  let ended = false;
  const end = running.then(() => {
    ended = true;
  });
  const hurried = () => why === 'cancelled' || signal.aborted;
  const alone = !stopping.terminate && !stopping.kill;

  /** A run that is cancelled meanwhile has no more time than any other. */
  const wait = async (milliseconds: number, whenHurried: number): Promise<void> => {
    const broken = hurried() || (await pause(milliseconds, signal));
    if (broken && !ended) await pause(whenHurried);
  };
  const pause = (milliseconds: number, breaking?: AbortSignal): Promise<boolean> => {
    const enough = new AbortController();
    const breakers = breaking === undefined ? enough.signal : AbortSignal.any([enough.signal, breaking]);
    const slept = clock.sleep(milliseconds, breakers).then(
      () => false,
      () => breaking?.aborted === true,
    );
    return Promise.race([slept, end.then(() => false)]).finally(() => enough.abort());
  };

  child.kill('SIGINT');
  await wait(stopping.patience, alone ? whenCancelled.alone : whenCancelled.interrupted);
  if (ended) return;
  if (stopping.terminate) {
    say('it does not heed SIGINT: sending SIGTERM', 'warning');
    child.kill('SIGTERM');
    await wait(terminated, whenCancelled.terminated);
    if (ended) return;
  }
  if (stopping.kill) {
    say('it does not heed SIGTERM: killing it', 'warning');
    child.kill('SIGKILL');
    await wait(killed, killed);
  }
}
