/**
 * GitHub drops an output of a job that is over 1 MB, and those of a run that come to more than 50 MB; a summary over 1 MiB is
 * not shown at all. Source: docs.github.com, “Passing information between jobs” and “Adding a job summary”, limits.
 */
const summaryLimit = 1024 * 1024;

/** For one output, in bytes: a run of many jobs stays under what GitHub takes for all of them. */
const outputLimit = 128 * 1024;

/** How much of every list and of every text is kept, the more the better. */
const steps = [
  { entries: 1_000, characters: 10_000 },
  { entries: 100, characters: 4_000 },
  { entries: 20, characters: 2_000 },
  { entries: 5, characters: 500 },
  { entries: 1, characters: 100 },
] as const;

/**
 * A value as JSON that GitHub takes: where it is too long, lists and texts are cut until it fits, and `cut` says so. The members stay
 * what they are, so whoever reads them need not know. The journal holds everything.
 */
export function boundedJson(value: Readonly<Record<string, unknown>>, limit = outputLimit): string {
  const whole = JSON.stringify(value);
  if (Buffer.byteLength(whole) <= limit) return whole;
  let text = whole;
  for (const step of steps) {
    text = JSON.stringify({ ...(shortened(value, step) as object), cut: true });
    if (Buffer.byteLength(text) <= limit) return text;
  }
  return text;
}

function shortened(value: unknown, step: (typeof steps)[number]): unknown {
  if (typeof value === 'string') {
    return value.length > step.characters ? `${value.slice(0, step.characters)}…` : value;
  }
  if (Array.isArray(value)) return value.slice(0, step.entries).map(entry => shortened(entry, step));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shortened(entry, step)]));
}

const rest = '\n\n… and more than a summary can hold.\n';

/** What can still be added to a summary that holds `used` bytes already, cut after a line where it is too much. */
export function boundedMarkdown(markdown: string, used: number, limit = summaryLimit): string {
  const room = limit - used;
  if (Buffer.byteLength(markdown) <= room) return markdown;
  const open = room - Buffer.byteLength(rest) - '\n```'.length;
  if (open <= 0) return '';
  const kept = Buffer.from(markdown).subarray(0, open).toString();
  const lines = kept.slice(0, Math.max(0, kept.lastIndexOf('\n')));
  const inCode = (lines.match(/^```/gm)?.length ?? 0) % 2 === 1;
  return `${lines}${inCode ? '\n```' : ''}${rest}`;
}
