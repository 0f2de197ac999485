import type { Quiet } from './preload/messages.ts';

/** A child process on lab time, as the clock knows it. */
export interface Participant {
  readonly pid: number;
  /** Its parent, the parent's parent, … as far as the system tells. */
  readonly ancestors: readonly number[];
  readonly title: string;
  /** Of participants with something to do at one moment, the lowest goes first. */
  readonly order: number;
  readonly seed: number;
  /** Whether its main module was let go. */
  begun: boolean;
  /** The last thing said to it; what it reported before it heard that does not count. */
  asked: number;
  report: Quiet | undefined;
  /** What it said to be busy with when it last took long. */
  busyWith: readonly string[];
}

export interface World {
  readonly holds: readonly string[];
  /** Processes that the lab started and that still run. */
  readonly followed: readonly number[];
  readonly participants: readonly Participant[];
  /** Requests that the lab deliberately keeps waiting. */
  readonly kept: number;
}

/** Why time cannot move, in the order in which a person would look; undefined when all is quiet. */
export function whatIsBusy(world: World): string | undefined {
  const [hold] = world.holds;
  if (hold !== undefined) return `the lab holds the clock: ${hold}`;
  const running = world.followed.find(pid => isBusyProcess(pid, world));
  if (running !== undefined) return `process ${running} runs, and is not on lab time`;
  for (const participant of world.participants) {
    const reason = whatKeeps(participant, world);
    if (reason) return `${nameOf(participant)} ${reason}`;
  }
  // Without participants the kept requests come from the lab's own process, whose sockets nobody counts.
  const sockets = openSockets(world);
  if (world.participants.some(isBegun) && sockets !== world.kept) {
    return `${sockets} requests are open, and the lab keeps ${world.kept} of them waiting`;
  }
  return undefined;
}

/** Everything that exists and what each of it waits for, one line each. */
export function describeWorld(world: World, when: (time: number) => string): string {
  const lines = [
    ...world.holds.map(reason => `hold: ${reason}`),
    ...world.followed
      .filter(pid => isBusyProcess(pid, world))
      .map(pid => `process ${pid}: not on lab time, still runs`),
    ...world.participants.map(participant => `${nameOf(participant)}: ${describe(participant, world, when)}`),
    `${world.kept} requests are kept waiting by the lab`,
  ];
  return lines.map(line => `  ${line}`).join('\n');
}

function describe(participant: Participant, world: World, when: (time: number) => string): string {
  const { report, begun } = participant;
  if (!begun) return 'waits for its first turn';
  const keeps = whatKeeps(participant, world);
  if (keeps || !report) return keeps ?? 'has not reported yet';
  const timer = report.due === null ? 'no timer' : `a timer at ${when(report.due)}`;
  return `waits with ${timer}, ${report.sockets} open requests, ${report.children.length} child processes`;
}

function whatKeeps(participant: Participant, world: World): string | undefined {
  const { begun, report, asked, busyWith } = participant;
  if (!begun) return undefined;
  if (report?.seq !== asked) return busyWith.length > 0 ? `is busy with ${busyWith.join(', ')}` : 'is busy';
  const child = report.children.find(pid => isBusyProcess(pid, world));
  return child === undefined ? undefined : `waits for its child process ${child}, which is not on lab time`;
}

/** A process off lab time is busy, unless it stands above a participant: a shell that waits for its command. */
function isBusyProcess(pid: number, world: World): boolean {
  return !world.participants.some(({ pid: own, ancestors }) => own === pid || ancestors.includes(pid));
}

export function isBegun(participant: Participant): boolean {
  return participant.begun;
}

function openSockets(world: World): number {
  return world.participants.reduce((sum, { report }) => sum + (report?.sockets ?? 0), 0);
}

function nameOf({ pid, title }: Participant): string {
  return `${title} (pid ${pid})`;
}
