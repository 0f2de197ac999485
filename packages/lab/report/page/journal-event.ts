import type { JournalEvent } from '#core/journal/event';
import { outcomeMark } from '#core/report/outcome-mark';
import type { VerdictKind } from '#core/verdict';
import type { Look } from '../state.ts';

/** One event of the journal as a sentence. */
export function eventText(event: JournalEvent): string {
  switch (event.type) {
    case 'planned':
      return `${event.release.version} is planned`;
    case 'judged':
      return `${event.release.version} is judged before ${event.stage === 'plan' ? 'anybody is asked' : 'the change'}: ${event.verdict}, ${event.reason}`;
    case 'parked':
      return `${event.release.version} waits: ${event.reason}${waitedFor(event.missing, event.until)}`;
    case 'approved':
      return `${event.release.version} is approved by ${event.approvals.map(({ login }) => login).join(', ')}`;
    case 'rejected':
      return `${event.release.version} is rejected by ${event.login}${event.comment === '' ? '' : `: ${event.comment}`}`;
    case 'dropped':
      return `${event.release.version} no longer waits: ${event.note}`;
    case 'rollback-parked':
      return `the rollback to ${event.release.version} waits: ${event.reason}${waitedFor(event.missing, undefined)}`;
    case 'rollback-ended':
      return `the rollback to ${event.release.version} is ${event.how}: ${event.note}`;
    case 'broke-glass':
      return `🔴 ${event.release.version} is an emergency (${event.incident}): ${event.reason}; ${event.rules.join(', ')} broken`;
    case 'review-opened':
      return `the review of ${event.release.version}: ${event.url}`;
    case 'locked':
      return `${event.lock.reason}${event.takenFrom === undefined ? '' : `; taken over from run ${event.takenFrom.run.id}`}`;
    case 'unlocked':
      return event.note;
    case 'started':
      return `${event.release.version} starts: ${event.components.join(', ')}`;
    case 'receipt':
      return `${event.receipt.component}: ${outcomeMark(event.outcome)}`;
    case 'part-ended':
      return `part ${event.part}: ${outcomeMark(event.outcome)}`;
    case 'checked':
      return `${event.check}: ${event.rules.map(({ verdict, message }) => `${verdict}, ${message}`).join(' ')}`;
    case 'verified':
      return `${event.release.version} is verified`;
    case 'failed':
      return `${event.release.version}: ${event.message}`;
    case 'rolled-back':
      return `${event.from.version} back to ${event.to.version}: ${event.reason}`;
    case 'held':
      return `${event.hold.version ?? event.hold.component ?? 'everything'} is held: ${event.hold.reason}`;
    case 'resumed':
      return `${event.hold.version ?? event.hold.component ?? 'everything'} may go on: ${event.reason}`;
    case 'published':
      return `${event.release.version} is published: ${event.url}`;
  }
}

function waitedFor(missing: readonly string[], until: string | undefined): string {
  const people = missing.length === 0 ? '' : ` (missing: ${missing.join(', ')})`;
  return `${until === undefined ? '' : `, until ${until}`}${people}`;
}

export function eventLook(event: JournalEvent): Look {
  switch (event.type) {
    case 'verified':
    case 'published':
    case 'resumed':
      return 'good';
    case 'failed':
    case 'rejected':
    case 'broke-glass':
      return 'bad';
    case 'held':
    case 'rolled-back':
    case 'dropped':
    case 'rollback-ended':
      return 'stopped';
    case 'parked':
    case 'rollback-parked':
      return 'waiting';
    case 'judged':
      return judgedLook(event.verdict);
    case 'planned':
    case 'review-opened':
    case 'approved':
    case 'locked':
    case 'unlocked':
    case 'started':
    case 'receipt':
    case 'part-ended':
    case 'checked':
      return 'neutral';
  }
}

function judgedLook(verdict: VerdictKind): Look {
  switch (verdict) {
    case 'pass':
      return 'neutral';
    case 'wait':
      return 'waiting';
    case 'fail':
    case 'inconclusive':
    case 'error':
      return 'bad';
  }
}
