import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';

/** The pids of this process's own children that still run. */
export function watchChildProcesses(): () => readonly number[] {
  const children = new Set<ChildProcess>();
  subscribe('child_process', message => {
    if (isStarted(message)) children.add(message.process);
  });
  return () => {
    const running: number[] = [];
    for (const child of children) {
      const ended = child.exitCode !== null || child.signalCode !== null;
      if (ended || child.pid === undefined) children.delete(child);
      else running.push(child.pid);
    }
    return running;
  };
}

function isStarted(message: unknown): message is { process: ChildProcess } {
  return typeof message === 'object' && message !== null && 'process' in message;
}
