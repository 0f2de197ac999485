import type { ServerResponse } from 'node:http';
import type { Lab } from '../world/lab.ts';
import type { Answer, Page, PagedAnswer } from './answers.ts';
import type { Incoming } from './exchange.ts';

/** Every answer closes its connection: an open one means to the clock that a request is under way. */
export function send(lab: Lab, incoming: Incoming, response: ServerResponse, answer: Answer, number: number): void {
  response.sendDate = false;
  response.writeHead(answer.status, {
    connection: 'close',
    date: new Date(lab.clock.now()).toUTCString(),
    'content-type': answer.raw ? `${answer.contentType}; charset=utf-8` : 'application/json; charset=utf-8',
    'x-github-request-id': `LAB0:${number.toString(16).toUpperCase().padStart(8, '0')}`,
    ...(isPaged(answer) ? linkTo(incoming, answer.page) : {}),
    ...answer.headers,
  });
  response.end(answer.raw ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body)));
}

function isPaged(answer: Answer): answer is PagedAnswer {
  return 'page' in answer;
}

/** https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function linkTo({ host, path, query }: Incoming, { number, last }: Page): Readonly<Record<string, string>> {
  const to = (page: number, relation: string) =>
    `<http://${host}${path}?${new URLSearchParams({ ...query, page: String(page) })}>; rel="${relation}"`;
  const links = [
    ...(number > 1 ? [to(number - 1, 'prev')] : []),
    ...(number < last ? [to(number + 1, 'next'), to(last, 'last')] : []),
    ...(number > 1 ? [to(1, 'first')] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(', ') };
}
