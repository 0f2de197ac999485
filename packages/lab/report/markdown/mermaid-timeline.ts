import { type Html, html } from '../html.ts';

interface Period {
  readonly when: string;
  readonly events: readonly string[];
}

/**
 * The one kind of Mermaid that the product writes, drawn as a list; undefined for every other kind and for lines that
 * this reader does not know, which are shown as the code that they are. https://mermaid.js.org/syntax/timeline.html
 */
export function mermaidTimeline(code: string): Html | undefined {
  const [first, ...lines] = code
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('%%'));
  if (first !== 'timeline') return undefined;
  const title = lines.find(line => line.startsWith('title '))?.slice('title '.length);
  const periods: Period[] = [];
  for (const line of lines) {
    if (line.startsWith('title ')) continue;
    const [when = '', ...events] = line.split(/\s+:\s+|^:\s+/);
    if (events.length === 0) return undefined;
    const last = when === '' ? periods.pop() : undefined;
    if (when === '' && last === undefined) return undefined;
    periods.push({ when: last?.when ?? when, events: [...(last?.events ?? []), ...events] });
  }
  return html`<figure class="stations">${title !== undefined && html`<figcaption>${title}</figcaption>`}<ol>${periods.map(
    ({ when, events }) =>
      html`<li><span class="when">${when}</span>${events.map(event => html`<span>${event}</span>`)}</li>`,
  )}</ol></figure>`;
}
