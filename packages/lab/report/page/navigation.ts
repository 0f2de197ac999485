import type { RunRecord } from '../../runner/records.ts';
import { runAnchor, shortRef } from '../anchors.ts';
import type { ReportData } from '../data.ts';
import { type Html, html } from '../html.ts';
import { mark, shown } from '../state.ts';
import { minuteTime, span } from '../time.ts';
import type { Part } from './chapters.ts';

/** The left column: every run in lab time, chapter by chapter, then what the runs left behind. */
export function navigation(data: ReportData, parts: readonly Part[]): Html {
  const rest = [
    ['environments', 'Environments', data.environments.length],
    ['journals', 'Journals', data.journals.length],
    ['issues', 'Issues', data.issues.length],
  ] as const;
  return html`<nav class="side" aria-label="Runs"><details open><summary>Contents</summary>
<ul><li><a href="#expectations">Expectations<span class="count">${data.expectations.length}</span></a></li><li><a href="#timeline">Timeline</a></li></ul>
${parts.map(part => html`${part.title !== undefined && html`<h2><a href="#chapter-${part.id}"><span class="letter">${part.id}</span>${part.title}</a></h2>`}<ol>${part.runs.map(entry)}</ol>`)}
<ul>${rest.filter(([, , count]) => count > 0).map(([anchor, title, count]) => html`<li><a href="#${anchor}">${title}<span class="count">${count}</span></a></li>`)}</ul>
</details></nav>`;
}

function entry(run: RunRecord): Html {
  const state = shown(run);
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : '';
  return html`<li><a class="run-link" href="#${runAnchor(run)}">${mark(state)}<span><b>${run.title}</b>
<small>${run.workflow.name} #${run.number}${attempt} · ${run.event} ${shortRef(run.ref)} · ${run.triggeringActor}</small>
<small>${minuteTime(run.createdAt)} · ${span(run.createdAt, run.completedAt) ?? 'not ended'} · ${state.word.toLowerCase()}</small></span></a></li>`;
}
