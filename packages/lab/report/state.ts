import type { Conclusion, RunStatus } from '../github/ports.ts';
import type { StepResult } from '../runner/records.ts';
import { type Html, html } from './html.ts';

/** How a run, a job or a step is shown. One look for each, the same everywhere on the page. */
export type Look = 'good' | 'bad' | 'stopped' | 'skipped' | 'waiting' | 'running' | 'neutral';

const conclusions: Record<Conclusion, { readonly look: Look; readonly word: string }> = {
  success: { look: 'good', word: 'Success' },
  failure: { look: 'bad', word: 'Failure' },
  cancelled: { look: 'stopped', word: 'Cancelled' },
  skipped: { look: 'skipped', word: 'Skipped' },
  timed_out: { look: 'bad', word: 'Timed out' },
  action_required: { look: 'waiting', word: 'Action required' },
  neutral: { look: 'neutral', word: 'Neutral' },
  startup_failure: { look: 'bad', word: 'Startup failure' },
  stale: { look: 'stopped', word: 'Stale' },
};

const statuses: Record<RunStatus, { readonly look: Look; readonly word: string }> = {
  queued: { look: 'waiting', word: 'Queued' },
  in_progress: { look: 'running', word: 'In progress' },
  completed: { look: 'neutral', word: 'Completed' },
  waiting: { look: 'waiting', word: 'Waiting' },
  requested: { look: 'waiting', word: 'Requested' },
  pending: { look: 'waiting', word: 'Pending' },
};

export interface Shown {
  readonly look: Look;
  readonly word: string;
}

export function shown(of: { readonly status: RunStatus; readonly conclusion?: Conclusion | StepResult }): Shown {
  return of.conclusion === undefined ? statuses[of.status] : conclusions[of.conclusion];
}

/** The mark, with its word for those who do not see it. */
export function mark({ look, word }: Shown): Html {
  return html`<svg class="mark ${look}" role="img" aria-label="${word}"><use href="#mark-${look}"/></svg>`;
}
