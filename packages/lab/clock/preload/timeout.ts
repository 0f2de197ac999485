import { AsyncResource } from 'node:async_hooks';

/** Where timers wait for their time. */
export interface Waiting {
  now(): number;
  add(timer: Timeout): void;
  remove(timer: Timeout): void;
  /** A waiting timer was ref'd or unref'd. */
  refChanged(timer: Timeout): void;
}

const LONGEST = 2 ** 31 - 1;
let started = 0;
const byId = new Map<number, Timeout>();

/** What setTimeout and setInterval return: Node's Timeout, on lab time. */
export class Timeout {
  /** Lab time at which it fires. */
  due = 0;
  /** Among timers of one moment, the one started first fires first. */
  order = 0;
  readonly #waiting: Waiting;
  readonly #callback: () => void;
  readonly #delay: number;
  readonly #repeat: boolean;
  // Carries the AsyncLocalStorage context of the caller to the callback, as Node's own timers do.
  readonly #scope = new AsyncResource('Timeout', { requireManualDestroy: true });
  #active = false;
  #cleared = false;
  #ref = true;
  #id: number | undefined;

  constructor(waiting: Waiting, callback: () => void, delay: unknown, repeat: boolean) {
    this.#waiting = waiting;
    this.#callback = callback;
    this.#delay = milliseconds(delay);
    this.#repeat = repeat;
    this.#start();
  }

  /** Runs the callback, unless the timer that came due as `order` was cleared or started again meanwhile. */
  fire(order: number): void {
    if (!this.#active || this.order !== order) return;
    this.#active = false;
    try {
      this.#scope.runInAsyncScope(this.#callback);
    } finally {
      if (this.#repeat && !this.#cleared && !this.#active) this.#start();
      if (!this.#active) this.#forget();
    }
  }

  close(): this {
    this.#cleared = true;
    if (this.#active) this.#waiting.remove(this);
    this.#active = false;
    this.#forget();
    return this;
  }

  refresh(): this {
    if (this.#cleared) return this;
    if (this.#active) this.#waiting.remove(this);
    this.#start();
    return this;
  }

  ref(): this {
    return this.#setRef(true);
  }

  unref(): this {
    return this.#setRef(false);
  }

  hasRef(): boolean {
    return this.#ref;
  }

  [Symbol.toPrimitive](): number {
    this.#id ??= ++started;
    byId.set(this.#id, this);
    return this.#id;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #start(): void {
    this.#active = true;
    this.order = ++started;
    this.due = this.#waiting.now() + this.#delay;
    this.#waiting.add(this);
  }

  #setRef(ref: boolean): this {
    if (this.#ref !== ref) {
      this.#ref = ref;
      if (this.#active) this.#waiting.refChanged(this);
    }
    return this;
  }

  #forget(): void {
    if (this.#id !== undefined) byId.delete(this.#id);
  }
}

/** clearTimeout and clearInterval: takes the object, its primitive, or anything else, which Node ignores. */
export function clear(timer: unknown): void {
  if (timer instanceof Timeout) timer.close();
  else if (typeof timer === 'number' || typeof timer === 'string') byId.get(Number(timer))?.close();
}

/** Node's reading of a delay: whole milliseconds, at least 1; what does not fit 31 bits, or is no number, is 1. */
function milliseconds(delay: unknown): number {
  const value = Number(delay);
  if (value > LONGEST)
    process.emitWarning(`${value} does not fit into a 32-bit signed integer.`, 'TimeoutOverflowWarning');
  return value >= 1 && value <= LONGEST ? Math.trunc(value) : 1;
}
