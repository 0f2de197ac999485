import type { JobRecord, RunnerEvent } from '../runner/records.ts';

export interface Narrator {
  readonly tell: (event: RunnerEvent) => void;
  readonly say: (line: string) => void;
}

const marks: Readonly<Record<string, string>> = { success: '✔', failure: '✖', cancelled: '■', skipped: '·' };

/** Tells live what happens: lab time, run, job, step, what it came to; a line while something waits. */
export function createNarrator(write: (line: string) => void): Narrator {
  const tell = (event: RunnerEvent): void => {
    const time = new Date(event.at).toISOString().slice(5, 19).replace('T', ' ');
    const line = lineOf(event);
    if (line !== undefined) write(`${time}  ${line}`);
  };
  return { tell, say: write };
}

function lineOf(event: RunnerEvent): string | undefined {
  const { run } = event;
  switch (event.kind) {
    case 'run-created':
      return `run ${run.number} “${run.title}” (${run.event}, ${run.actor})`;
    case 'run-completed':
      return `run ${run.number} ${marks[run.conclusion ?? ''] ?? ''} ${run.conclusion}`;
    case 'job-waits':
      return `  ${event.job.name} waits for ${event.wait.detail}`;
    case 'job-started':
      return `  ${event.job.name}`;
    case 'step-completed':
      return stepLine(event.job, event.step.name, event.step.conclusion, took(event.step));
    case 'log':
      return event.line.kind === 'error' ? `      ${event.line.text.split('\n')[0]}` : progressLine(event.line.text);
    default:
      return undefined;
  }
}

function stepLine(job: JobRecord, name: string, conclusion: string | undefined, duration: string): string | undefined {
  if (conclusion === 'skipped') return undefined;
  return `    ${marks[conclusion ?? ''] ?? '?'} ${name}${duration}${job.environment === undefined ? '' : ` (${job.environment.name})`}`;
}

function took(step: { readonly startedAt?: number; readonly completedAt?: number }): string {
  const seconds = Math.round(((step.completedAt ?? 0) - (step.startedAt ?? 0)) / 1000);
  return seconds < 1 ? '' : seconds < 120 ? ` · ${seconds} s` : ` · ${Math.round(seconds / 60)} min`;
}

/** Beyond this a line would wrap on most terminals. */
const widest = 120;

/** What an action reports while it works: `00:04:12  service  3/3 new tasks running`. */
function progressLine(text: string): string | undefined {
  if (!/^\d\d:\d\d:\d\d {2}/.test(text)) return undefined;
  const line = `      ${text.slice(10)}`;
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
}
