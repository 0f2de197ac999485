import { formatDuration } from '#core/duration';
import type { Result } from '#core/outcome';
import { sentence } from '#core/report/sentence';
import type { CommandEnd } from './command.ts';

/** A command that ended otherwise than by an exit code, or by one that means failure: what that is for the deployment. */
export function failureOf(title: string, end: CommandEnd): Result {
  const evidence = {
    command: title,
    ...(end.code === null ? {} : { exitCode: end.code }),
    ...(end.signal === null ? {} : { signal: end.signal }),
    took: formatDuration(end.took),
  };
  const failed = { outcome: 'failed', reason: 'command-failed', evidence } as const;
  switch (end.how) {
    case 'exited':
      return { ...failed, message: `${title} exited with ${end.code}${lastWords(end)}` };
    case 'signalled':
      return { ...failed, message: `${title} was ended by ${end.signal} from outside${lastWords(end)}` };
    case 'not-started':
      return { ...failed, message: `${title} could not be started: ${end.errors.join(' ')}` };
    case 'timed-out': {
      const message = `${title} had not ended after ${formatDuration(end.took)}. ${howItStopped(end)}`;
      return { outcome: 'timed-out', reason: 'timed-out', message, evidence };
    }
    case 'cancelled': {
      const message = `The run was cancelled during ${title}. ${howItStopped(end)}`;
      return { outcome: 'stopped', reason: 'cancelled', message, evidence };
    }
  }
}

export function howItStopped({ stillRuns, signal, code }: CommandEnd): string {
  if (stillRuns) {
    return 'It was asked to stop and is still finishing what it had begun; when the runner ends it first, its state may stay locked.';
  }
  if (signal === 'SIGKILL') return 'It heeded neither SIGINT nor SIGTERM and was killed.';
  if (signal !== null) return `It was stopped by ${signal}.`;
  return code === null ? 'It had not begun.' : `It stopped when it was asked to, with exit code ${code}.`;
}

function lastWords({ errors, tail }: CommandEnd): string {
  const last = (errors.length > 0 ? errors : tail).findLast(line => line.trim() !== '');
  return last === undefined ? '.' : `: ${sentence(last.trim().slice(0, 300))}`;
}
