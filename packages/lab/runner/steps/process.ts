import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { LabClock } from '../../clock/clock.ts';
import type { Activity } from '../engine/activity.ts';
import type { ChildClock } from '../ports.ts';

export interface ProcessPlan {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  readonly stop: Stop;
}

/** How others end a process: `cancel` the polite way, `kill` at once (the machine is gone, five minutes are over). */
export interface Stop {
  onCancel(cancel: () => void): () => void;
  onKill(kill: () => void): () => void;
}

export interface ProcessSurroundings {
  readonly clock: LabClock;
  readonly activity: Activity;
  readonly children: ChildClock | undefined;
  /** Process groups that are killed when the job ends. */
  readonly groups: Set<number>;
}

/** `null` when the process was ended by a signal. */
export type ExitCode = number | null;

/** The runner's patience after SIGINT, then after SIGTERM, in milliseconds. */
const INTERRUPTED = 7_500;
const TERMINATED = 2_500;
/** Wall milliseconds to wait for output pipes that a background process keeps open. */
const DRAIN = 2_000;

/** Runs a process as the runner does. The runner rests meanwhile: time moves as the process lets it. */
export async function runProcess(
  plan: ProcessPlan,
  { clock, activity, children, groups }: ProcessSurroundings,
): Promise<ExitCode> {
  const outcome = await activity.rest<ExitCode | Error>(wake => {
    const child = spawn(plan.command, plan.args, {
      cwd: plan.cwd,
      env: onLabTime(plan.env, children),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    if (child.pid !== undefined) groups.add(child.pid);
    const release = children ? undefined : clock.hold(`${plan.command} runs off the lab clock`);
    children?.follow(child);
    const flush = [readLines(child.stdout, plan.onLine), readLines(child.stderr, plan.onLine)];
    const ladder = stoppable(child, clock);
    const undo = [plan.stop.onCancel(ladder.stop), plan.stop.onKill(() => killGroup(child.pid))];
    const settle = (result: ExitCode | Error) => {
      for (const rest of flush) rest();
      for (const stop of undo) stop();
      ladder.leave();
      wake(result);
      release?.();
    };
    child.once('error', settle);
    child.once('exit', code => {
      ladder.leave();
      const drain = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, DRAIN);
      child.once('close', () => {
        clearTimeout(drain);
        settle(code);
      });
    });
  });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** The process and whatever it started that did not leave its group. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

function onLabTime(env: Readonly<Record<string, string>>, children: ChildClock | undefined): Record<string, string> {
  const options = [children?.env.NODE_OPTIONS, env.NODE_OPTIONS].filter(part => part !== undefined).join(' ');
  return { ...env, ...children?.env, ...(options === '' ? {} : { NODE_OPTIONS: options }) };
}

/**
 * SIGINT to the entry process, then SIGTERM, then SIGKILL to its group. A wait is over when it has passed on either clock:
 * a process that is not on lab time keeps that one still.
 */
function stoppable(child: ChildProcess, clock: LabClock) {
  let begun = false;
  let clear = () => {};
  const after = (milliseconds: number, next: () => void) => {
    const go = () => {
      clear();
      next();
    };
    const forget = clock.at(clock.now() + milliseconds, go);
    const timer = setTimeout(go, milliseconds);
    clear = () => {
      forget();
      clearTimeout(timer);
    };
  };
  return {
    stop() {
      if (begun) return;
      begun = true;
      child.kill('SIGINT');
      after(INTERRUPTED, () => {
        child.kill('SIGTERM');
        after(TERMINATED, () => killGroup(child.pid));
      });
    },
    leave: () => clear(),
  };
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
  });
  return () => {
    rest += decoder.end();
    if (rest !== '') onLine(rest);
    rest = '';
  };
}
