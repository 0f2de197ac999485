/** Durations as people write them in a flow file: `90s`, `30m`, `2h`, `1h30m`, `7d`. Inside the code they are milliseconds. */

const MILLISECONDS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;
type Unit = keyof typeof MILLISECONDS;

const UNITS: readonly Unit[] = ['d', 'h', 'm', 's', 'ms'];
const LONGEST = 366 * MILLISECONDS.d;

export type DurationResult =
  | { readonly ok: true; readonly milliseconds: number }
  | { readonly ok: false; readonly message: string; readonly offset: number; readonly hint?: string };

/** Reads a duration. `offset` of a mistake counts characters from the start of `text`. Nothing is ever defaulted. */
export function parseDuration(text: string): DurationResult {
  if (text === '') return mistake('a duration is missing', 0, EXAMPLES);
  let milliseconds = 0;
  let offset = 0;
  let smallest = -1;
  while (offset < text.length) {
    const part = /^(\d+)([a-zA-Zµ]*)/.exec(text.slice(offset));
    if (part === null) return unreadable(text, offset);
    const [whole, amount = '', written = ''] = part;
    const unit = UNITS.find(candidate => candidate === written);
    if (unit === undefined) return unknownUnit(text, offset, amount, written);
    const order = UNITS.indexOf(unit);
    if (order === smallest) return mistake(`\`${unit}\` is given twice in the duration \`${text}\``, offset);
    if (order < smallest)
      return mistake(`the duration \`${text}\` must go from large to small units`, offset, EXAMPLES);
    smallest = order;
    milliseconds += Number(amount) * MILLISECONDS[unit];
    if (milliseconds > LONGEST) return mistake(`the duration \`${text}\` is longer than a year`, offset);
    offset += whole.length;
  }
  return { ok: true, milliseconds };
}

/** For people: the two largest units that say something, `1 h 30 min`, `45 s`, `350 ms`. Rounds down. */
export function formatDuration(milliseconds: number): string {
  const labels = { d: 'd', h: 'h', m: 'min', s: 's', ms: 'ms' } as const;
  if (milliseconds < 0) return `-${formatDuration(-milliseconds)}`;
  if (milliseconds === 0) return '0 s';
  let rest = Math.floor(milliseconds);
  const largest = UNITS.findIndex(unit => rest >= MILLISECONDS[unit]);
  if (largest === -1) return '0 s';
  const parts: string[] = [];
  for (const unit of UNITS.slice(largest, largest + 2)) {
    if (unit === 'ms' && parts.length > 0) break;
    const amount = Math.floor(rest / MILLISECONDS[unit]);
    rest -= amount * MILLISECONDS[unit];
    if (amount > 0) parts.push(`${amount} ${labels[unit]}`);
  }
  return parts.join(' ');
}

/** What took that long, to the second, for people; clocks that disagree make nothing negative. */
export function toTheSecond(milliseconds: number): number {
  return Math.round(Math.max(0, milliseconds) / 1000) * 1000;
}

const EXAMPLES = 'durations read like 90s, 30m, 2h, 1h30m, 7d';

function mistake(message: string, offset: number, hint?: string): DurationResult {
  return { ok: false, message, offset, ...(hint === undefined ? {} : { hint }) };
}

function unreadable(text: string, offset: number): DurationResult {
  if (text[offset] === '.' || text[offset] === ',') return fraction(text, offset);
  if (/\s/.test(text[offset] ?? '')) {
    return mistake(`the duration \`${text}\` contains a space`, offset, 'write 1h30m in one word');
  }
  return mistake(`\`${text}\` is not a duration`, offset, EXAMPLES);
}

function unknownUnit(text: string, offset: number, amount: string, written: string): DurationResult {
  const at = offset + amount.length;
  if (written === '' && (text[at] === '.' || text[at] === ',')) return fraction(text, at);
  if (written === '') {
    return mistake(`the duration \`${text}\` does not say its unit`, at, `write ${amount}s, ${amount}m or ${amount}h`);
  }
  const meant = SPELT_OUT[written.toLowerCase()];
  const hint = meant === undefined ? `the units are ${UNITS.join(', ')}` : `write ${amount}${meant}`;
  return mistake(`\`${written}\` is not a unit of time`, at, hint);
}

function fraction(text: string, offset: number): DurationResult {
  return mistake(`the duration \`${text}\` has a fraction`, offset, 'use a smaller unit beside it, as in 1h30m');
}

const SPELT_OUT: Readonly<Record<string, Unit>> = {
  d: 'd',
  day: 'd',
  days: 'd',
  h: 'h',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  m: 'm',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  ms: 'ms',
};
