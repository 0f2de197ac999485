import type { RunRecord } from '../../runner/records.ts';
import { jobAnchor, runAnchor, shortRef } from '../anchors.ts';
import { type Html, html } from '../html.ts';
import type { Markdown } from '../markdown/markdown.ts';
import { mark, shown } from '../state.ts';
import { moment, span } from '../time.ts';
import { annotationList, type PlacedAnnotation } from './annotations.ts';
import { shownJobs } from './graph.ts';
import { jobView } from './job.ts';
import { jobGraph } from './job-graph.ts';
import type { LogLimits } from './log.ts';
import { waitText } from './waits.ts';

export interface RunPage {
  readonly markdown: Markdown;
  readonly limits: LogLimits;
}

/** A run as its page on GitHub shows it: what started it, the graph of its jobs, what they said, and their logs. */
export function runView(run: RunRecord, page: RunPage): Html {
  return html`<article class="run" id="${runAnchor(run)}" aria-labelledby="${runAnchor(run)}-title">
<header>${mark(shown(run))}<div><h3 id="${runAnchor(run)}-title">${run.title}</h3>${subtitle(run)}</div></header>
${run.waits.map(wait => html`<p class="quiet">${waitText(wait)}</p>`)}
${inputs(run)}
${jobGraph(run)}
${annotationList(annotationsOf(run))}
${summaries(run, page.markdown)}
<section class="jobs"><h4>Jobs</h4>${shownJobs(run.jobs).map(job => jobView(run, job, page.limits))}</section>
</article>`;
}

function subtitle(run: RunRecord): Html {
  const { workflow, number, attempt, event, actor, triggeringActor, ref, sha, createdAt, completedAt } = run;
  const facts = [
    html`${workflow.name} #${number}${attempt > 1 && html`, attempt ${attempt}`}`,
    html`${event} by <b>${triggeringActor}</b>${triggeringActor !== actor && html` (first by ${actor})`}`,
    html`<code>${shortRef(ref)}</code> at <code>${sha.slice(0, 7)}</code>`,
    html`${moment(createdAt)} UTC`,
    html`<b>${shown(run).word}</b>${completedAt !== undefined && html` after ${span(createdAt, completedAt)}`}`,
  ];
  return html`<ul class="inline">${facts.map(fact => html`<li>${fact}</li>`)}</ul>`;
}

function inputs(run: RunRecord): Html | false {
  const given = Object.entries(run.inputs).filter(([, value]) => value !== '');
  if (given.length === 0) return false;
  return html`<dl class="inputs">${given.map(([name, value]) => html`<div><dt>${name}</dt><dd>${String(value)}</dd></div>`)}</dl>`;
}

function annotationsOf(run: RunRecord): readonly PlacedAnnotation[] {
  const ofJobs = run.jobs.flatMap(job =>
    job.annotations.map(annotation => ({ ...annotation, job: { name: job.name, anchor: jobAnchor(run, job) } })),
  );
  return [...run.annotations, ...ofJobs];
}

function summaries(run: RunRecord, markdown: Markdown): readonly Html[] {
  return run.jobs.flatMap(job => {
    const text = job.steps.map(step => step.summary).filter(summary => summary.trim() !== '');
    if (text.length === 0) return [];
    return [
      html`<section class="panel summary"><h4>${job.name} <span class="quiet">summary</span></h4>${markdown(text.join('\n\n'))}</section>`,
    ];
  });
}
