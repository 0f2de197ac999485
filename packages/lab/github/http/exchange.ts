/** One call, between what came in over HTTP and what goes out: the same for REST and GraphQL. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../world/refusal.ts';
import type { Caller } from '../world/tokens.ts';
import type { Answer } from './answers.ts';
import type { Resource } from './limits.ts';
import { isRecord } from './schema.ts';

export interface Incoming {
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly accept: string;
  readonly authorization: string | undefined;
  readonly host: string;
  /** The body as an object; undefined without one. Throws GitHub's 400. */
  readonly body: () => Readonly<Record<string, unknown>> | undefined;
  /** Query and body, for the call log. */
  readonly input: unknown;
}

export interface Exchange {
  /** As a fault rule and the call log name it. */
  readonly call: string;
  readonly names: readonly string[];
  readonly repository: string | undefined;
  readonly resource: Resource;
  readonly writes: boolean;
  readonly uncounted: boolean;
  readonly documentation: string;
  readonly input: unknown;
  readonly perform: (caller: Caller) => Answer;
  readonly violation: (answer: Answer) => string | undefined;
}

export async function receive(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString();
  const host = request.headers.host ?? 'localhost';
  const url = new URL(request.url ?? '/', `http://${host}`);
  // GitHub Enterprise Server keeps its API below /api; clients take either form.
  const path = url.pathname.replace(/^\/api\/v3(?=\/|$)/, '').replace(/^\/api\/graphql$/, '/graphql');
  const query = Object.fromEntries(url.searchParams);
  return {
    method: request.method ?? 'GET',
    path,
    query,
    accept: request.headers.accept ?? '*/*',
    authorization: request.headers.authorization,
    host,
    body: () => readBody(text),
    input: { ...query, ...quietly(text) },
  };
}

function readBody(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text === '') return undefined;
  const value = parsed(text);
  if (value === undefined) throw new Refusal(400, 'Problems parsing JSON');
  if (!isRecord(value)) throw new Refusal(400, 'Body should be a JSON object');
  return value;
}

function quietly(text: string): object {
  const value = parsed(text);
  return isRecord(value) ? value : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
