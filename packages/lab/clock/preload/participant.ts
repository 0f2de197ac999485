import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { watchActivity } from './activity.ts';
import { keepChildrenInLab, watchChildProcesses } from './child-processes.ts';
import { openLabTime, replaceClocks } from './lab-time.ts';
import { onMessage, sendMessage } from './lines.ts';
import type { Busy, Hello, Order, Quiet } from './messages.ts';
import { replaceRandom } from './random.ts';
import type { Timeout } from './timeout.ts';
import { replaceTimers } from './timer-functions.ts';
import { createWaitingTimers } from './waiting-timers.ts';

// The real ones, for the clock itself.
const { setImmediate: nextTurn, setTimeout: realTimeout, clearTimeout: clearRealTimeout } = globalThis;
const wallTime = performance.now.bind(performance);

/** Says hello, waits for the first turn, and puts the process on lab time. */
export async function joinLab(folder: string): Promise<void> {
  const socket = connect(join(folder, 'socket'));
  const now = openLabTime(folder);
  const hello: Hello = { kind: 'hello', pid: process.pid, ppid: process.ppid, title: process.argv[1] ?? 'node' };
  let obey: (order: Order) => void = () => {};
  const first = new Promise<Order>((resolve, reject) => {
    obey = resolve;
    socket.on('error', reject);
  });
  onMessage(socket, message => obey(message as Order));
  sendMessage(socket, hello);
  const firstTurn = await first;
  // The turn ends here, so that the main module does not run inside a callback of the clock.
  await new Promise(resolve => nextTurn(resolve));
  obey = takePart(socket, now, firstTurn);
  // A process cannot outlive its clock: its time would stand still for ever.
  socket.on('close', () => {
    process.stderr.write('the lab clock is gone\n');
    process.exit(1);
  });
}

/** Installs lab time, and reports from now on whenever the process has become quiet. */
function takePart(socket: Socket, now: () => number, firstTurn: Order): (order: Order) => void {
  let timerWaits = false;
  const timers = createWaitingTimers(now, alive => {
    timerWaits = alive;
    if (alive) socket.ref();
    else socket.unref();
  });
  const children = watchChildProcesses();
  keepChildrenInLab();
  replaceClocks(now);
  replaceTimers(timers);
  replaceRandom(firstTurn.seed);
  socket.unref();
  const activity = watchActivity(asyncIdOf(socket), wake);
  let seq = firstTurn.seq;
  let said = '';
  let looking = false;
  let patience = 2;
  let quietAt = wallTime();
  let again: ReturnType<typeof realTimeout> | undefined;
  wake();
  return obey;

  function obey(order: Order): void {
    seq = order.seq;
    // One immediate each, so that promises settle between two timers as they do in Node.
    if (order.kind === 'turn') for (const timer of timers.takeDue()) runInItsTurn(timer, timer.order);
    wake();
  }

  function wake(): void {
    patience = 2;
    wakeAgain();
  }

  /** Two turns of the event loop: whatever is ready to run has run by then, or has moved the count. */
  function lookLater(): void {
    const seen = activity.count();
    activity.unseen(() => nextTurn(() => nextTurn(() => (activity.count() === seen ? look() : lookLater()))));
  }

  function look(): void {
    looking = false;
    const resources = whatGoesOn();
    if (resources.length > 0) lookAgain(resources);
    else if (!isKeptAlive()) lookAgain(['its own end']);
    else reportQuiet();
  }

  /** A process that waits for nothing is about to end: it is not quiet, it only has not come to its end yet. */
  function isKeptAlive(): boolean {
    return timerWaits || children().length > 0 || process.getActiveResourcesInfo().some(type => KEEPS_ALIVE.has(type));
  }

  function reportQuiet(): void {
    quietAt = wallTime();
    const sockets = process.getActiveResourcesInfo().filter(type => type === 'TCPSocketWrap').length;
    const due = timers.nextDue();
    const quiet: Quiet = { kind: 'quiet', seq, activity: activity.count(), due, sockets, children: children() };
    const text = JSON.stringify(quiet);
    if (text !== said) sendMessage(socket, quiet);
    said = text;
  }

  /** The end of what goes on wakes us; the timer is for an end without a callback, and to tell what takes so long. */
  function lookAgain(resources: readonly string[]): void {
    const busy: Busy = { kind: 'busy', resources };
    if (wallTime() - quietAt > 1000) sendMessage(socket, busy);
    clearRealTimeout(again);
    again = activity.unseen(() => realTimeout(wakeAgain, patience).unref());
    patience = Math.min(patience * 2, 500);
  }

  function wakeAgain(): void {
    if (looking) return;
    looking = true;
    lookLater();
  }

  function whatGoesOn(): readonly string[] {
    const listed = process.getActiveResourcesInfo().filter(type => !QUIET.has(type));
    return [...listed, ...activity.poolJobs()];
  }
}

function runInItsTurn(timer: Timeout, order: number): void {
  nextTurn(() => timer.fire(order));
}

/** Resources that only wait for others; children and sockets are for the lab to judge. */
const QUIET = new Set([
  'PipeWrap',
  'TTYWrap',
  'TCPServerWrap',
  'PipeServerWrap',
  'TCPSocketWrap',
  'ProcessWrap',
  'SignalWrap',
]);

/** Those of them that keep a process from ending. Its output pipes do not. */
const KEEPS_ALIVE = new Set(['TCPServerWrap', 'PipeServerWrap', 'TCPSocketWrap']);

function asyncIdOf(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, '_handle');
  if (typeof handle !== 'object' || handle === null || !('getAsyncId' in handle))
    throw new Error('the socket has no handle');
  const id: unknown = typeof handle.getAsyncId === 'function' ? handle.getAsyncId() : undefined;
  if (typeof id !== 'number') throw new Error('the socket has no async id');
  return id;
}
