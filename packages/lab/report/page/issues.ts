import type { IssueView } from '../data.ts';
import { type Html, html } from '../html.ts';
import type { Markdown } from '../markdown/markdown.ts';
import { mark } from '../state.ts';
import { moment } from '../time.ts';

export function issues(all: readonly IssueView[], markdown: Markdown): Html | false {
  if (all.length === 0) return false;
  return html`<section id="issues"><h2>Issues</h2>${all.map(issue)}</section>`;

  function issue({ number, title, state, pullRequest, author, at, labels, body, comments }: IssueView): Html {
    const kind = pullRequest ? 'pull request' : 'issue';
    const look =
      state === 'open'
        ? ({ look: 'running', word: `Open ${kind}` } as const)
        : ({ look: 'good', word: `Closed ${kind}` } as const);
    return html`<article class="panel issue" id="issue-${number}"><header><h3>${mark(look)} ${title} <span class="quiet">#${number}</span></h3>${labels.map(label => html`<span class="chip">${label}</span>`)}</header>
${comment(author, at, body)}${comments.map(each => comment(each.author, each.at, each.body))}</article>`;
  }

  function comment(author: string, at: number, body: string): Html {
    return html`<section class="comment"><p class="quiet"><b>${author}</b> · ${moment(at)}</p>${markdown(body)}</section>`;
  }
}
