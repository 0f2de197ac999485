import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { onMessage, sendMessage } from './preload/lines.ts';
import type { Order, Report } from './preload/messages.ts';
import type { Participant } from './world.ts';

export interface Crew {
  readonly members: () => readonly Participant[];
  /** Sends an order; the participant counts as busy until it has reported after it. */
  order(participant: Participant, kind: Order['kind']): void;
  close(): Promise<void>;
}

export interface Place {
  /** Among those that have something to do at one moment. */
  readonly order: number;
  /** For its Math.random. */
  readonly seed: number;
  /** Whether it begins with a turn of its own, or at once. */
  readonly waits: boolean;
}

export interface CrewEvents {
  /** A process has joined. */
  placeOf(pid: number, ancestors: readonly number[]): Place;
  /** Somebody joined, left, or reported. */
  changed(): void;
}

/** The processes that have joined on the Unix socket at `path`. */
export async function openCrew(path: string, events: CrewEvents): Promise<Crew> {
  const sockets = new Map<Socket, Participant | undefined>();
  const socketOf = new WeakMap<Participant, Socket>();
  let seq = 0;

  const server = createServer(socket => {
    sockets.set(socket, undefined);
    onMessage(socket, message => receive(socket, message as Report));
    // A process that is killed resets its connection: it has left like any other.
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      events.changed();
    });
  });
  await listening(server, path);

  function receive(socket: Socket, report: Report): void {
    const participant = sockets.get(socket);
    if (report.kind === 'hello') join(socket, report);
    else if (participant && report.kind === 'quiet') Object.assign(participant, { report, busyWith: [] });
    else if (participant && report.kind === 'busy') participant.busyWith = report.resources;
    events.changed();
  }

  function join(socket: Socket, { pid, ppid, title }: Report & { kind: 'hello' }): void {
    const ancestors = ancestorsOf(ppid);
    const { waits, ...place } = events.placeOf(pid, ancestors);
    const state = { begun: false, asked: 0, report: undefined, busyWith: [] };
    const participant: Participant = { pid, ancestors, title, ...place, ...state };
    sockets.set(socket, participant);
    socketOf.set(participant, socket);
    if (!waits) order(participant, 'turn');
  }

  function order(participant: Participant, kind: Order['kind']): void {
    const socket = socketOf.get(participant);
    participant.asked = ++seq;
    if (kind === 'turn') participant.begun = true;
    if (socket) sendMessage(socket, { kind, seq, seed: participant.seed } satisfies Order);
  }

  return {
    members: () => [...sockets.values()].filter(participant => participant !== undefined),
    order,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets.keys()) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
}

/** The chain of parents from `ppid` upwards, where the system shows it (/proc); else the parent alone. */
function ancestorsOf(ppid: number): readonly number[] {
  const chain = [ppid];
  for (let pid = ppid; pid > 1 && pid !== process.pid; chain.push(pid)) {
    const parent = parentOf(pid);
    if (parent === undefined) break;
    pid = parent;
  }
  return chain;
}

function parentOf(pid: number): number | undefined {
  try {
    // "pid (name) state ppid …": the name may hold anything, brackets too.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
