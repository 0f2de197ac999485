import { resolveNumber, type Scope } from '../language/expressions.ts';
import type { Template } from '../language/template.ts';
import type { StepsWork } from '../language/workflow.ts';
import type { JobSession } from './session.ts';

/** In minutes of lab time. */
export interface Limits {
  readonly job: number;
  /** What is left to a job after its cancellation, post steps included. */
  readonly cancellation: number;
}

const MINUTE = 60_000;
/** A hosted job ends after six hours, whatever it says. */
const LONGEST = 360;
const CANCELLATION = 5;

export function readLimits(work: StepsWork, scope: Scope): Limits {
  const minutes = (template: Template | undefined, standard: number) =>
    template === undefined ? standard : resolveNumber(template, scope);
  return {
    job: Math.min(minutes(work.timeoutMinutes, LONGEST), LONGEST),
    cancellation: minutes(work.cancelTimeoutMinutes, CANCELLATION),
  };
}

/** Cancels a job that takes too long, and kills one that does not end after its cancellation. Returns how to stop watching. */
export function limitTime(session: JobSession, limits: Limits): (() => void)[] {
  const { cancel, death, frame, record, ports } = session;
  const { clock } = ports;
  const undo: (() => void)[] = [];
  cancel.onCancel(reason => {
    // Before the steps are asked, so that their conditions see it.
    frame.status = 'cancelled';
    record.annotations.push({ level: 'failure', message: reason, file: '.github', line: 1, endLine: 1 });
    undo.push(
      clock.at(clock.now() + limits.cancellation * MINUTE, () =>
        death.cancel(`The job did not end within ${limits.cancellation} minutes of its cancellation.`),
      ),
    );
  });
  undo.push(
    clock.at(clock.now() + limits.job * MINUTE, () =>
      cancel.cancel(
        `The job running on runner GitHub Actions has exceeded the maximum execution time of ${limits.job} minutes.`,
      ),
    ),
  );
  return undo;
}
