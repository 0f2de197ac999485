import type { Expectation, ReportData } from '../data.ts';
import { type Html, html } from '../html.ts';
import { mark } from '../state.ts';

/** What the scenario expected, and what came of it: what fell short stands first and says why. */
export function expectations({ expectations, faults, chapters }: ReportData): Html {
  const missed = expectations.filter(({ held }) => !held);
  const held = expectations.filter(expectation => expectation.held);
  return html`<section class="panel expectations" id="expectations"><h2>Expectations</h2>
${faults.length > 0 && html`<h3>Faults of the lab</h3><ul>${faults.map(fault => html`<li class="bad">${mark({ look: 'bad', word: 'Fault' })}<pre>${fault}</pre></li>`)}</ul>`}
${missed.length > 0 && list(missed)}
${held.length > 0 && html`<details${missed.length === 0 && faults.length === 0 && held.length <= 8 && html` open`}><summary>${held.length} held</summary>${list(held)}</details>`}
${expectations.length === 0 && html`<p class="quiet">The scenario expects nothing, so it proves nothing.</p>`}
</section>`;

  function list(items: readonly Expectation[]): Html {
    return html`<ul>${items.map(item)}</ul>`;
  }

  function item({ held, text, reason, source, chapter }: Expectation): Html {
    const state = held ? ({ look: 'good', word: 'Held' } as const) : ({ look: 'bad', word: 'Fell short' } as const);
    const known = chapters.some(({ id }) => id === chapter);
    return html`<li class="${state.look}">${mark(state)}<div><p>${known && html`<a class="letter" href="#chapter-${chapter}">${chapter}</a>`}${text}</p>
${reason !== undefined && why(reason)}${source !== undefined && html`<p class="quiet">${source}</p>`}</div></li>`;
  }
}

/** The first line says it; what a log has to add is folded. */
function why(reason: string): Html {
  const [first, ...rest] = reason.trim().split('\n');
  return html`<p class="message">${first}</p>${rest.length > 0 && html`<details><summary>${rest.length} more ${rest.length === 1 ? 'line' : 'lines'}</summary><pre tabindex="0">${rest.join('\n')}</pre></details>`}`;
}
