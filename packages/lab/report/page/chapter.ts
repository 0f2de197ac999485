import { type Html, html } from '../html.ts';
import { type RunPage, runView } from '../run/run.ts';
import { clockTime } from '../time.ts';
import type { Part } from './chapters.ts';

export function chapter({ id, title, text, moments, runs }: Part, page: RunPage): Html {
  return html`<section class="chapter"${id !== undefined && html` id="chapter-${id}"`}>
${title !== undefined && html`<h2><span class="letter">${id}</span>${title}</h2>`}
${text !== undefined && page.markdown(text)}
${moments.length > 0 && html`<ol class="moments">${moments.map(({ at, kind, text }) => html`<li class="${kind}"><time>${clockTime(at)}</time><span>${text}</span></li>`)}</ol>`}
${runs.map(run => runView(run, page))}
</section>`;
}
