import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createEventQueue } from './event-queue.ts';
import type { ClockAccess, JumpOptions, OwnedClock } from './owned-clock.ts';
import { type Crew, openCrew, type Place } from './participants.ts';
import { writePreload } from './preload-files.ts';
import { createRestCheck } from './rest.ts';
import { type SharedTime, shareTime } from './shared-time.ts';
import { sleepOn } from './sleep.ts';
import { watchForStalls } from './stalls.ts';
import { describeWorld, type Participant, type World, whatIsBusy } from './world.ts';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * A clock that jumps. One thing happens at a time: an event of the lab, or the turn of one participant (its start, or
 * its timers that are due). Then the whole world comes to rest before the next, so that every run takes the same course.
 */
export function createJumpClock(options: JumpOptions): OwnedClock {
  const queue = createEventQueue();
  const holds = new Map<symbol, string>();
  /** Running processes that the lab started, with their places. */
  const followed = new Map<number, number>();
  /** How many processes have joined with a place. */
  const joinedAt = new Map<number, number>();
  const rest = createRestCheck();
  const stalls = watchForStalls(options, situation);
  let kept = 0;
  let started = 0;
  let time = options.start;
  let crew: Crew | undefined;
  let shared: SharedTime | undefined;
  let considering = false;
  let closed = false;

  const members = () => crew?.members() ?? [];
  function world(): World {
    return { holds: [...holds.values()], followed: [...followed.keys()], participants: members(), kept };
  }

  function situation(): string {
    const show = (moment: number) => new Date(moment).toISOString();
    const reason = whatIsBusy(world()) ?? 'nothing is left to happen';
    return `Lab time stands at ${show(time)}: ${reason}\n${describeWorld(world(), show)}`;
  }

  function stir(): void {
    rest.stir();
    considerSoon();
  }

  function considerSoon(): void {
    if (considering || closed) return;
    considering = true;
    setImmediate(() => {
      considering = false;
      if (!closed) consider();
    });
  }

  function consider(): void {
    if (whatIsBusy(world())) stalls.busy();
    else if (rest.isConfirmed(members())) advance();
    else {
      const asked = rest.ask(members());
      for (const participant of asked) crew?.order(participant, 'probe');
      if (asked.length === 0) considerSoon();
    }
  }

  function advance(): void {
    rest.forget();
    const starter = members()
      .filter(({ begun }) => !begun)
      .toSorted(byOrder)[0];
    const next = members().toSorted(byDue)[0];
    const due = next?.report?.due ?? NEVER;
    const event = queue.nextTime() ?? NEVER;
    if (starter) giveTurn(starter, time);
    else if (event === NEVER && due === NEVER) stalls.atRest(members().length > 0 || kept > 0);
    else if (event <= due) runEvent(event);
    else if (next) giveTurn(next, due);
  }

  function runEvent(moment: number): void {
    setTime(moment);
    try {
      queue.take()?.();
    } finally {
      stir();
    }
  }

  function giveTurn(participant: Participant, moment: number): void {
    setTime(moment);
    crew?.order(participant, 'turn');
    stalls.busy();
  }

  function setTime(moment: number): void {
    stalls.moved();
    if (moment <= time) return;
    time = moment;
    shared?.write(time);
  }

  /** A process that the lab started takes its turns in the order of the starts; one of a participant's own begins at once. */
  function placeOf(pid: number, ancestors: readonly number[]): Place {
    const above = members().find(participant => ancestors.includes(participant.pid));
    const own = [pid, ...ancestors].map(id => followed.get(id)).find(place => place !== undefined);
    const order = above?.order ?? own ?? Number.MAX_SAFE_INTEGER;
    const joined = (joinedAt.get(order) ?? 0) + 1;
    joinedAt.set(order, joined);
    return { order, seed: (options.seed ?? 1) * 1_000_003 + order * 1009 + joined, waits: above === undefined };
  }

  async function listen(): Promise<ClockAccess> {
    shared = shareTime();
    shared.write(time);
    const preload = await writePreload(shared.folder);
    const socketPath = join(shared.folder, 'socket');
    crew = await openCrew(socketPath, { placeOf, changed: considerSoon });
    return { socketPath, env: { NODE_OPTIONS: `--import=${preload}`, LAB_CLOCK: shared.folder } };
  }

  function follow(child: ChildProcess): void {
    const { pid } = child;
    if (pid === undefined) return;
    followed.set(pid, ++started);
    let outputEnded = () => {};
    child.once('exit', () => {
      outputEnded = hold(`the output of process ${pid} has not ended`);
      followed.delete(pid);
    });
    child.once('close', () => outputEnded());
    stir();
  }

  function hold(reason: string): () => void {
    const id = Symbol(reason);
    holds.set(id, reason);
    stir();
    return () => {
      if (holds.delete(id)) stir();
    };
  }

  function keepWaiting(): () => void {
    let open = true;
    kept++;
    stir();
    return () => {
      if (!open) return;
      open = false;
      kept--;
      stir();
    };
  }

  function at(moment: number, event: () => void): () => void {
    const cancel = queue.add(Math.max(moment, time), event);
    stir();
    return cancel;
  }

  async function close(): Promise<void> {
    closed = true;
    stalls.close();
    await crew?.close();
    shared?.close();
  }

  return { now: () => time, at, sleep: sleepOn({ now: () => time, at }), hold, listen, follow, keepWaiting, close };
}

function byOrder(one: Participant, other: Participant): number {
  return one.order - other.order || one.pid - other.pid;
}

function byDue(one: Participant, other: Participant): number {
  const due = (participant: Participant) => participant.report?.due ?? Number.MAX_VALUE;
  return due(one) - due(other) || byOrder(one, other);
}
