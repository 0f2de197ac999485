/** A stretch of lab time in which something goes on. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Lab time on an axis of 0 to 100. Long stretches in which nothing happens are cut out and shown as a break. */
export interface Scale {
  position(at: number): number;
  readonly ticks: readonly number[];
  /** Where the axis is cut, in its own measure. */
  readonly breaks: readonly (Stretch & { readonly start: number; readonly width: number })[];
}

interface Segment extends Stretch {
  readonly start: number;
  readonly width: number;
  readonly idle: boolean;
}

/** Of the axis, what one break takes. */
const breakWidth = 4;
const minute = 60_000;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080].map(minutes => minutes * minute);
const mostTicks = 7;
const tickSpace = 7;

export function scaleOf(whole: Stretch, busy: readonly Stretch[]): Scale {
  const segments = segmentsOf(whole, busy);
  const position = (at: number) => {
    const segment = segments.find(({ until }) => at <= until) ?? segments.at(-1);
    if (segment === undefined || segment.until === segment.from) return 0;
    const within = Math.min(1, Math.max(0, (at - segment.from) / (segment.until - segment.from)));
    return segment.start + within * segment.width;
  };
  const shown = segments.filter(({ idle }) => !idle);
  const length = shown.reduce((sum, { from, until }) => sum + until - from, 0);
  const step = steps.find(each => length / each <= mostTicks) ?? length;
  const starts = shown.map(({ from }) => from);
  const ticks = spaced([...starts, ...shown.flatMap(({ from, until }) => multiples(step, from, until))], position);
  const breaks = segments
    .filter(({ idle }) => idle)
    .map(({ from, until, start, width }) => ({ from, until, start, width }));
  return { position, ticks, breaks };
}

/** In order of time, without those that would stand too close to one that was named earlier. */
function spaced(times: readonly number[], position: (at: number) => number): readonly number[] {
  const kept: number[] = [];
  for (const at of times) {
    if (kept.every(other => Math.abs(position(at) - position(other)) >= tickSpace)) kept.push(at);
  }
  return kept.toSorted((one, other) => one - other);
}

function segmentsOf(whole: Stretch, busy: readonly Stretch[]): readonly Segment[] {
  const parts = withIdle(whole, merged(busy, (whole.until - whole.from) / 12));
  const idle = parts.filter(part => part.idle).length * breakWidth;
  const length = parts.reduce((sum, part) => sum + (part.idle ? 0 : part.until - part.from), 0) || 1;
  let start = 0;
  return parts.map(part => {
    const width = part.idle ? breakWidth : ((part.until - part.from) / length) * (100 - idle);
    start += width;
    return { ...part, start: start - width, width };
  });
}

/** Stretches in order; those with less than `least` between them become one. */
function merged(stretches: readonly Stretch[], least: number): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const next of stretches.toSorted((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    if (last === undefined || next.from - last.until >= least) result.push(next);
    else result.splice(-1, 1, { from: last.from, until: Math.max(last.until, next.until) });
  }
  return result;
}

function withIdle(whole: Stretch, busy: readonly Stretch[]) {
  const least = (whole.until - whole.from) / 12;
  const [first, ...others] = busy;
  if (first === undefined) return [{ ...whole, idle: false }];
  const end = busy.at(-1) ?? first;
  // The ends of the whole are kept unless they are long: a break at the edge would say nothing.
  const from = first.from - whole.from < least ? whole.from : first.from;
  const until = whole.until - end.until < least ? whole.until : end.until;
  const parts = [{ from, until: first.until, idle: false }];
  for (const next of others) {
    const last = parts.at(-1)?.until ?? from;
    parts.push({ from: last, until: next.from, idle: true }, { ...next, idle: false });
  }
  return parts.map((part, index) =>
    index === parts.length - 1 ? { ...part, until: Math.max(part.until, until) } : part,
  );
}

function multiples(step: number, from: number, until: number): readonly number[] {
  const first = Math.ceil(from / step) * step;
  return Array.from(
    { length: Math.max(0, Math.floor((until - first) / step) + 1) },
    (_, index) => first + index * step,
  );
}
