import type { JobRecord, RunRecord, StepRecord } from '../../runner/records.ts';
import { jobAnchor } from '../anchors.ts';
import { type Html, html } from '../html.ts';
import { mark, shown } from '../state.ts';
import { span } from '../time.ts';
import { type LogLimits, logView } from './log.ts';
import { waitText } from './waits.ts';

/** One job with its steps. What failed stands open, the rest is folded. */
export function jobView(run: RunRecord, job: JobRecord, limits: LogLimits): Html {
  const state = shown(job);
  const environment = job.environment;
  return html`<details class="job" id="${jobAnchor(run, job)}"${state.look === 'bad' && html` open`}>
<summary>${mark(state)}<h5>${job.name}</h5>${environment !== undefined && html`<span class="chip">${environment.name}</span>`}<span class="took">${span(job.startedAt, job.completedAt) ?? state.word}</span></summary>
${facts(run, job)}
<ol class="steps">${job.steps.map(step => html`<li>${stepView(step, limits)}</li>`)}</ol>
</details>`;
}

function facts(run: RunRecord, job: JobRecord): Html | false {
  const address = job.environment?.url;
  const lines = [
    ...job.waits.map(
      wait => `${wait.for === 'environment' ? `Environment ${wait.detail}` : 'Queue'}: ${waitText(wait)}`,
    ),
    ...(address === undefined ? [] : [`Address: ${address}`]),
    ...(job.attempt < run.attempt ? [`Kept from attempt ${job.attempt}.`] : []),
  ];
  return lines.length > 0 && html`<p class="quiet facts">${lines.join(' · ')}</p>`;
}

function stepView(step: StepRecord, limits: LogLimits): Html {
  const state = shown(step);
  const row = html`${mark(state)}<span class="name">${step.name}</span>${forgiven(step)}<span class="took">${span(step.startedAt, step.completedAt)}</span>`;
  if (step.log.length === 0) return html`<div class="step ${state.look}">${row}</div>`;
  return html`<details class="step ${state.look}"${state.look === 'bad' && html` open`}><summary>${row}</summary>${logView(step.log, step.name, limits)}</details>`;
}

/** `continue-on-error`: it failed, and the job went on. */
function forgiven({ outcome, conclusion }: StepRecord): Html | false {
  return outcome === 'failure' && conclusion === 'success' && html`<span class="chip">failed, went on</span>`;
}
