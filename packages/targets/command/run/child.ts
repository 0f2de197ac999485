import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';

/** A place that the process started within is put into. */
export interface ChildSlot {
  process?: ChildProcess;
}

const slots = new AsyncLocalStorage<ChildSlot>();
let subscribed = false;

/**
 * Runs `start` and puts the process that it starts into the slot: `exec` keeps it to itself, and whoever cannot signal a process
 * cannot stop it. Node tells of each new process on this channel, in the context that started it.
 * Source: nodejs.org/api/diagnostics_channel.html, “Process”.
 */
export function withChild<T>(slot: ChildSlot, start: () => Promise<T>): Promise<T> {
  if (!subscribed) {
    subscribed = true;
    subscribe('child_process', message => {
      const current = slots.getStore();
      if (current === undefined || !isStarted(message)) return;
      current.process = message.process;
      message.process.once('spawn', () => endInput(message.process));
    });
  }
  return slots.run(slot, start);
}

/**
 * Nobody is there to answer: a tool that asks reads the end of its input. exec’s own `input` would end the whole action where a tool
 * is gone before it is written.
 */
function endInput({ stdin }: ChildProcess): void {
  stdin?.on('error', () => undefined);
  stdin?.end();
}

function isStarted(message: unknown): message is { process: ChildProcess } {
  return typeof message === 'object' && message !== null && 'process' in message;
}
