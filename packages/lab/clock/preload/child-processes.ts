import { ChildProcess } from 'node:child_process';
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

/**
 * Children are on lab time whatever environment their parent gives them: one that hands on no more than it must would take them out
 * of the lab. `spawn` of the class is what all functions of the module come to, with the environment as `NAME=value`.
 */
export function keepChildrenInLab(): void {
  const spawn: unknown = Reflect.get(ChildProcess.prototype, 'spawn');
  if (typeof spawn !== 'function') throw new Error('child processes are not spawned as this version of Node does it');
  const kept = ['LAB_CLOCK', 'NODE_OPTIONS'].flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [{ name, pair: `${name}=${value}` }];
  });
  Reflect.set(ChildProcess.prototype, 'spawn', function spawnInLab(this: ChildProcess, options: unknown): unknown {
    const pairs: unknown =
      typeof options === 'object' && options !== null ? Reflect.get(options, 'envPairs') : undefined;
    if (!Array.isArray(pairs)) throw new Error('child processes are not spawned as this version of Node does it');
    for (const { name, pair } of kept) {
      if (!pairs.some(given => String(given).startsWith(`${name}=`))) pairs.push(pair);
    }
    return Reflect.apply(spawn, this, [options]);
  });
}

function isStarted(message: unknown): message is { process: ChildProcess } {
  return typeof message === 'object' && message !== null && 'process' in message;
}
