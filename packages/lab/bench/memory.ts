import { readFileSync } from 'node:fs';

/**
 * The most memory that a running process has held, in bytes, asked every 20 ms until it has gone. Linux tells it itself
 * (`VmHWM`), so nothing between two questions is missed; elsewhere there is no figure.
 */
export function watchPeak(pid: number | undefined): { readonly peak: () => number } {
  let peak = Number.NaN;
  const timer = setInterval(() => {
    const found = read(pid);
    if (found === undefined) clearInterval(timer);
    else peak = found;
  }, 20);
  timer.unref();
  return {
    peak: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

function read(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
