import type { Outcome } from '../outcome.ts';
import type { VerdictKind } from '../verdict.ts';

const outcomeMarks: Record<Outcome, string> = {
  succeeded: '✔',
  'no-op': '＝',
  failed: '✖',
  'rolled-back': '↩',
  superseded: '⇢',
  stopped: '■',
  'timed-out': '⏱',
  refused: '⛔',
};

const verdictMarks: Record<VerdictKind, string> = { pass: '✔', wait: '⏳', fail: '✖', inconclusive: '?', error: '⛔' };

export function outcomeMark(outcome: Outcome): string {
  return `${outcomeMarks[outcome]} ${outcome}`;
}

export function verdictMark(verdict: VerdictKind): string {
  return `${verdictMarks[verdict]} ${verdict}`;
}
