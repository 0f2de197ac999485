import { Marked, type Tokens } from 'marked';
import type { Resolve } from '../anchors.ts';
import { type Html, html, trusted } from '../html.ts';
import { mermaidTimeline } from './mermaid-timeline.ts';
import { sanitise } from './sanitise.ts';

export type Markdown = (text: string) => Html;

/** Headings of content stand below those of the page. */
const headingShift = 2;

/** GitHub-flavoured Markdown as GitHub shows it; links to what the page holds stay in the page. */
export function markdownRenderer(resolve: Resolve): Markdown {
  const marked = new Marked({
    gfm: true,
    async: false,
    walkTokens(token) {
      if (token.type === 'link') token.href = resolve(token.href);
      if (token.type === 'heading') token.depth = Math.min(6, token.depth + headingShift);
      // A picture would have to be fetched: its address is shown instead.
      if (token.type === 'image') Object.assign(token, { type: 'link', tokens: [textToken(token.text || token.href)] });
    },
  });
  const render = (text: string) => sanitise(String(marked.parse(text)));
  return text =>
    html`<section class="markdown">${pieces(text).map(piece => piece.drawing ?? trusted(render(piece.text)))}</section>`;
}

function textToken(text: string): Tokens.Text {
  return { type: 'text', raw: text, text, escaped: false };
}

interface Piece {
  readonly text: string;
  readonly drawing?: Html;
}

/** The text, cut at the diagrams that can be drawn: what is drawn is ours, and need not pass the sanitiser. */
function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const fence of text.matchAll(/^```mermaid\n([\s\S]*?)^```[ \t]*$/gm)) {
    const drawing = mermaidTimeline(fence[1] ?? '');
    if (drawing === undefined) continue;
    found.push({ text: text.slice(from, fence.index) }, { text: '', drawing });
    from = fence.index + fence[0].length;
  }
  return [...found, { text: text.slice(from) }];
}
