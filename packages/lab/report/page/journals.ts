import type { Resolve } from '../anchors.ts';
import type { JournalEntry, JournalView } from '../data.ts';
import { type Html, html } from '../html.ts';
import type { Markdown } from '../markdown/markdown.ts';
import { mark } from '../state.ts';
import { moment } from '../time.ts';
import { eventLook, eventText } from './journal-event.ts';

/** The journals: each environment’s page as GitHub shows its branch, and the events behind it. */
export function journals(
  all: readonly JournalView[],
  page: { readonly markdown: Markdown; readonly resolve: Resolve },
): Html | false {
  if (all.length === 0) return false;
  return html`<section id="journals"><h2>Journals</h2>${all.map(journal)}</section>`;

  function journal({ environment, branch, head, page: readme, events }: JournalView): Html {
    return html`<section class="panel journal"><header><h3>${environment}</h3><p class="quiet"><code>${branch}</code> at <code>${head.slice(0, 7)}</code></p></header>
${page.markdown(readme)}
<details><summary>${events.length} ${events.length === 1 ? 'event' : 'events'}</summary><ol class="entries events">${events.map(item)}</ol></details></section>`;
  }

  function item({ file, text, event }: JournalEntry): Html {
    const source = html`<details><summary>${file}</summary><pre class="json" tabindex="0">${text}</pre></details>`;
    if (event === undefined) {
      return html`<li>${mark({ look: 'bad', word: 'No event' })}<div><p><b>no event</b> Nobody can read it as one.</p>${source}</div></li>`;
    }
    return html`<li>${mark({ look: eventLook(event), word: event.type })}<div><p><b>${event.type}</b> ${eventText(event)}</p>
<p class="quiet">${moment(Date.parse(event.at))} · <a href="${page.resolve(event.run.url)}">run ${event.run.id}</a> · ${event.run.actor}</p>
${source}</div></li>`;
  }
}
