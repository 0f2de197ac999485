import { FindingError } from '#core/finding';
import type { Happening, Lock } from '#core/journal/event';
import { isSameRun, judgeLock, type LockJudgement } from '#core/journal/lock';
import { lifeOf } from '../runs.ts';
import { append, type Writer } from './append.ts';
import { type Journal, readJournal } from './read.ts';

/** What the lock of a journal means for this run; the run that holds it is looked up. */
export async function lockJudgement(writer: Pick<Writer, 'github' | 'run'>, journal: Journal): Promise<LockJudgement> {
  const { lock } = journal.state;
  if (lock === null || isSameRun(lock.run, writer.run)) return judgeLock(lock, writer.run, () => 'unknown');
  const life = await lifeOf(writer.github, lock.run);
  return judgeLock(lock, writer.run, () => life);
}

/**
 * Takes the environment for this run and writes `happenings` with it, in one commit; they are told which lock was found. A dead run’s
 * lock is taken over, with a note; a live run keeps its own, and so does one whose life cannot be read.
 */
export async function lockEnvironment(
  writer: Writer,
  environment: string,
  reason: string,
  happenings: (journal: Journal, found: LockJudgement) => readonly Happening[],
): Promise<Journal> {
  return append(writer, environment, async journal => {
    const found = await lockJudgement(writer, journal);
    const lock: Lock = { run: writer.run, reason, since: new Date(writer.now()).toISOString() };
    switch (found.kind) {
      case 'mine':
        // A later attempt begins anew, and whoever meets what it leaves has to know when.
        return [
          ...(isSameAttempt(found.lock, writer) ? [] : [{ type: 'locked', lock } as const]),
          ...happenings(journal, found),
        ];
      case 'held':
        throw locked(environment, found.lock);
      case 'free':
      case 'abandoned': {
        const taken =
          found.kind === 'free'
            ? {}
            : { takenFrom: found.lock, note: `${found.lock.run.url} ended without giving the lock back` };
        return [{ type: 'locked', lock, ...taken }, ...happenings(journal, found)];
      }
    }
  });
}

/** Several jobs of one attempt share its lock. */
function isSameAttempt({ run }: Lock, { run: own }: Writer): boolean {
  return run.attempt === own.attempt;
}

/** Writes on as the holder of the lock; refuses when the lock has gone to somebody else. */
export async function appendAsHolder(
  writer: Writer,
  environment: string,
  happenings: (journal: Journal) => readonly Happening[],
): Promise<Journal> {
  return append(writer, environment, journal => {
    assertHolder(writer, journal);
    return happenings(journal);
  });
}

/** Gives the environment back, where this run holds it: whatever went wrong is written down and nothing follows. */
export async function giveBack(writer: Writer, environment: string, note: string): Promise<void> {
  await append(writer, environment, ({ state }) =>
    state.lock !== null && isSameRun(state.lock.run, writer.run) ? [{ type: 'unlocked', note }] : [],
  );
}

/** Asked right before every change: does this run still hold the environment? */
export async function assertStillHolder(writer: Writer, environment: string): Promise<Journal> {
  const journal = await readJournal(writer.github, environment);
  assertHolder(writer, journal);
  return journal;
}

function assertHolder(writer: Writer, { environment, state, head }: Journal): void {
  if (state.lock !== null && isSameRun(state.lock.run, writer.run)) return;
  if (head === undefined) {
    const message = `The journal of ${environment} was deleted while this run was using it.`;
    throw new FindingError([{ reason: 'journal-invalid', message, evidence: { environment } }]);
  }
  const holder = state.lock === null ? 'nobody' : state.lock.run.url;
  const message = `This run no longer holds the lock of ${environment}; ${holder} does. Nothing more was changed.`;
  throw new FindingError([{ reason: 'lock-lost', message, evidence: { environment, holder } }]);
}

function locked(environment: string, lock: Lock): FindingError {
  const message = `${environment} is being changed by ${lock.run.url} (${lock.run.actor}, since ${lock.since}): ${lock.reason}`;
  return new FindingError([{ reason: 'environment-locked', message, evidence: { environment, run: lock.run.url } }]);
}
