import { differences, printed } from './json-match.ts';
import { valueAtPointer } from './pointer.ts';
import type { Expectation } from './smoke-file.ts';

/** What came back for a request, or why nothing did. Times are milliseconds. */
export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in lower case; several of one name are joined with commas. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly latency: number;
    }
  | { readonly kind: 'no-answer'; readonly why: string; readonly latency: number };

export type Answer = Extract<Exchange, { kind: 'answer' }>;

/** One expectation that did not hold. Raw: it is redacted before anybody sees it. */
export interface Mismatch {
  readonly what: string;
  readonly expected: string;
  readonly came: string;
}

/** Every expectation that an answer does not meet; none means that it is as expected. */
export function mismatchesOf(expect: Expectation, answer: Answer): readonly Mismatch[] {
  return [
    ...statusOf(expect, answer),
    ...headersOf(expect, answer),
    ...jsonOf(expect, answer),
    ...expect.bodyContains
      .filter(part => !answer.body.includes(part))
      .map(part => ({ what: 'body', expected: `contains ${printed(part)}`, came: bodyText(answer) })),
    ...(expect.within !== undefined && answer.latency > expect.within
      ? [{ what: 'time', expected: `at most ${expect.within} ms`, came: `${answer.latency} ms` }]
      : []),
  ];
}

/** The expectations of a step in one line, for the table. */
export function expectationText(expect: Expectation): string {
  return [
    expect.status.join(' or '),
    ...Object.entries(expect.headers).map(([name, value]) => `${name}: ${value}`),
    ...(expect.json === undefined ? [] : [printed(expect.json.contains)]),
    ...Object.entries(expect.jsonAt).map(([pointer, value]) => `${pointer} = ${printed(value)}`),
    ...expect.bodyContains.map(part => `“${part}”`),
    ...(expect.within === undefined ? [] : [`≤ ${expect.within} ms`]),
  ].join(', ');
}

function statusOf(expect: Expectation, answer: Answer): readonly Mismatch[] {
  if (expect.status.includes(answer.status)) return [];
  // The body of an unexpected status usually says what went wrong; a redirect says it in its header.
  const location = answer.headers.location;
  const said = location === undefined ? bodyText(answer) : `to ${location}`;
  return [{ what: 'status', expected: expect.status.join(' or '), came: `${answer.status} ${said}`.trim() }];
}

function headersOf(expect: Expectation, answer: Answer): readonly Mismatch[] {
  return Object.entries(expect.headers).flatMap(([name, wanted]) => {
    const came = answer.headers[name.toLowerCase()];
    const fits = wanted.endsWith('*') ? came?.startsWith(wanted.slice(0, -1)) : came === wanted;
    return fits === true ? [] : [{ what: `header ${name}`, expected: wanted, came: came ?? 'nothing' }];
  });
}

function jsonOf(expect: Expectation, answer: Answer): readonly Mismatch[] {
  const places = Object.entries(expect.jsonAt);
  if (expect.json === undefined && places.length === 0) return [];
  const document = parseJson(answer.body);
  if (!document.ok) return [{ what: 'json', expected: 'JSON', came: bodyText(answer) }];
  const contained = expect.json === undefined ? [] : differences(expect.json.contains, document.value);
  const placed = places.flatMap(([pointer, wanted]) => {
    const place = valueAtPointer(document.value, pointer);
    return place.found
      ? differences(wanted, place.value, pointer)
      : [{ at: pointer, expected: printed(wanted), came: 'nothing' }];
  });
  return [...contained, ...placed].map(({ at, expected, came }) => ({ what: `json ${at}`.trim(), expected, came }));
}

export function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function bodyText({ body }: Answer): string {
  return body === '' ? 'an empty body' : body;
}
