/** Events in the order of their times; those of one time in the order in which they were added. */
export interface EventQueue {
  /** Returns the cancellation. */
  add(time: number, event: () => void): () => void;
  /** Time of the next event, or undefined. */
  nextTime(): number | undefined;
  take(): (() => void) | undefined;
}

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly event: () => void;
  cancelled: boolean;
}

export function createEventQueue(): EventQueue {
  // A binary heap. A cancelled entry stays until it comes to the top.
  const heap: Entry[] = [];
  let added = 0;

  function dropCancelled(): void {
    while (heap[0]?.cancelled) removeTop(heap);
  }

  return {
    add(time, event) {
      if (!Number.isFinite(time)) throw new RangeError(`An event needs a time, not ${time}`);
      const entry: Entry = { time, order: added++, event, cancelled: false };
      push(heap, entry);
      return () => {
        entry.cancelled = true;
      };
    },
    nextTime() {
      dropCancelled();
      return heap[0]?.time;
    },
    take() {
      dropCancelled();
      const next = removeTop(heap);
      return next?.event;
    },
  };
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.time === other.time ? one.order < other.order : one.time < other.time;
}

function push(heap: Entry[], entry: Entry): void {
  let place = heap.length;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (!parent || isBefore(parent, entry)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = entry;
}

function removeTop(heap: Entry[]): Entry | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (!last || heap.length === 0) return top;
  let place = 0;
  while (true) {
    const left = heap[2 * place + 1];
    const right = heap[2 * place + 2];
    const goesRight = left && right && isBefore(right, left);
    const child = goesRight ? right : left;
    if (!child || isBefore(last, child)) break;
    heap[place] = child;
    place = 2 * place + (goesRight ? 2 : 1);
  }
  heap[place] = last;
  return top;
}
