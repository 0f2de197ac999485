import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { clear, Timeout, type Waiting } from './timeout.ts';

interface Options {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}
type Callback = (...args: unknown[]) => void;

// util.promisify.custom, without the millisecond that loading util takes.
const PROMISIFY = Symbol.for('nodejs.util.promisify.custom');

/** Replaces every public way to wait, as globals and in `node:timers` and `node:timers/promises`. setImmediate stays. */
export function replaceTimers(waiting: Waiting): void {
  const start = (callback: Callback, delay: unknown, repeat: boolean, args: unknown[]) => {
    if (typeof callback !== 'function') throw notAFunction(callback);
    return new Timeout(waiting, () => callback(...args), delay, repeat);
  };
  const setTimeout = (callback: Callback, delay?: unknown, ...args: unknown[]) => start(callback, delay, false, args);
  const setInterval = (callback: Callback, delay?: unknown, ...args: unknown[]) => start(callback, delay, true, args);
  Object.defineProperty(setTimeout, PROMISIFY, { value: wait, enumerable: true });

  function wait(delay?: number, value?: unknown, { signal, ref = true }: Options = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortError(signal));
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve(value);
      }, delay);
      if (!ref) timer.unref();
      function abort() {
        timer.close();
        reject(abortError(signal));
      }
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  async function* every(delay?: number, value?: unknown, { signal, ref = true }: Options = {}) {
    if (signal?.aborted) throw abortError(signal);
    let ticks = 0;
    let wake = () => {};
    const timer = setInterval(() => {
      ticks++;
      wake();
    }, delay);
    if (!ref) timer.unref();
    const abort = () => wake();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      while (true) {
        for (; ticks > 0; ticks--) yield value;
        if (signal?.aborted) throw abortError(signal);
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    } finally {
      timer.close();
      signal?.removeEventListener('abort', abort);
    }
  }

  function abortAfter(delay: number): AbortSignal {
    if (!Number.isInteger(delay) || delay < 0) throw outOfRange(delay);
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimeout(() => controller.abort(reason), delay).unref();
    return controller.signal;
  }

  const functions = { setTimeout, setInterval, clearTimeout: clear, clearInterval: clear };
  Object.assign(globalThis, functions);
  Object.assign(timers, functions);
  Object.assign(promises, { setTimeout: wait, setInterval: every });
  const scheduler: object = promises.scheduler;
  Object.defineProperty(scheduler, 'wait', {
    value: (delay: number, options?: Options) => wait(delay, undefined, options),
  });
  Object.assign(AbortSignal, { timeout: abortAfter });
  syncBuiltinESMExports();
}

function abortError(signal?: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal?.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

function notAFunction(value: unknown): TypeError {
  const error = new TypeError(`The "callback" argument must be of type function. Received ${String(value)}`);
  return Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

function outOfRange(value: unknown): RangeError {
  const error = new RangeError(`The value of "delay" is out of range. Received ${String(value)}`);
  return Object.assign(error, { code: 'ERR_OUT_OF_RANGE' });
}
