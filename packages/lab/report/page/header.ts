import { formatDuration } from '#core/duration';
import type { ReportData } from '../data.ts';
import { type Html, html } from '../html.ts';
import type { Markdown } from '../markdown/markdown.ts';
import { mark } from '../state.ts';
import { moment } from '../time.ts';
import { scenarioVerdict } from './verdict.ts';

export function header(data: ReportData, markdown: Markdown): Html {
  const verdict = scenarioVerdict(data);
  return html`<header class="title" id="top">
<p class="over">Scenario · ${data.repository}</p>
<h1>${data.title}</h1>
${data.description !== undefined && markdown(data.description)}
<p class="verdict ${verdict.look}">${mark(verdict)}<b>${verdict.word}</b></p>
<ul class="inline">
<li>${moment(data.from)} – ${moment(data.until)} UTC</li>
<li><b>${formatDuration(data.until - data.from)}</b> of lab time${data.took !== undefined && html` in <b>${formatDuration(data.took)}</b>`}</li>
<li><b>${data.runs.length}</b> ${data.runs.length === 1 ? 'run' : 'runs'}</li>
</ul></header>`;
}
