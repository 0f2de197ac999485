import { formatDuration } from '#core/duration';
import type { CheckView, Moment } from '#core/watch/check';

/** When nothing changes, a line is written this often, in ms: people want to see that it is alive. */
const longestSilence = 5 * 60_000;

/** Tells how far the watch is and what each check has seen: at the beginning, at its end, and when a verdict changes. */
export function createProgress(write: (line: string) => void): (views: readonly CheckView[], moment: Moment) => void {
  let told = Number.NEGATIVE_INFINITY;
  let state = '';
  return (views, moment) => {
    const now = views.map(({ rule }) => `${rule.rule} ${rule.verdict}`).join('\n');
    if (now === state && moment.now - told < longestSilence) return;
    told = moment.now;
    state = now;
    write(lineOf(views, moment));
  };
}

function lineOf(views: readonly CheckView[], { now, start, end }: Moment): string {
  const time = new Date(now).toISOString().slice(11, 19);
  const watched = Math.min(now, end) - start;
  const late = now > end ? ', waiting for late numbers' : '';
  const checks = views.map(({ rule, worst }) => `${marks[rule.verdict]} ${rule.rule}: ${worst}`);
  return `${time}  ${formatDuration(watched)} of ${formatDuration(end - start)}${late}  ${checks.join(' · ')}`;
}

const marks = { pass: '✔', wait: '…', inconclusive: '?', fail: '✖', error: '⛔' } as const;
