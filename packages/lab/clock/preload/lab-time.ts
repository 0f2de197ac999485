import { openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lab time lives in a file of eight bytes (a double, epoch milliseconds) that the clock writes before anybody wakes.
 * Reading it costs a microsecond, and no process can be woken by another one before it has heard of the new time.
 */
export function openLabTime(folder: string): () => number {
  const file = openSync(join(folder, 'now'), 'r');
  const value = new Float64Array(1);
  return () => {
    readSync(file, value, 0, 8, 0);
    return value[0] ?? Number.NaN;
  };
}

/** Lets Date, performance.now, process.hrtime and process.uptime tell lab time. */
export function replaceClocks(now: () => number): void {
  const origin = now();
  const sinceOrigin = () => now() - origin;
  const RealDate = Date;
  const date = () => Math.floor(now());

  RealDate.now = date;
  const LabDate = new Proxy(RealDate, {
    apply: () => new RealDate(date()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [date()] : args, newTarget),
  });
  RealDate.prototype.constructor = LabDate;
  globalThis.Date = LabDate;

  Object.defineProperty(performance, 'now', { value: sinceOrigin, configurable: true, writable: true });
  Object.defineProperty(performance, 'timeOrigin', { value: origin, configurable: true });
  process.uptime = () => sinceOrigin() / 1000;
  process.hrtime = Object.assign(hrtime, { bigint: nanoseconds });

  function nanoseconds(): bigint {
    return BigInt(Math.round(sinceOrigin() * 1e6));
  }
  function hrtime(earlier?: [number, number]): [number, number] {
    const elapsed = nanoseconds() - (earlier ? BigInt(earlier[0]) * 1_000_000_000n + BigInt(earlier[1]) : 0n);
    const seconds = elapsed / 1_000_000_000n;
    const rest = elapsed % 1_000_000_000n;
    return rest < 0n ? [Number(seconds) - 1, Number(rest) + 1e9] : [Number(seconds), Number(rest)];
  }
}
