import type { Mistake } from '../flow/problem.ts';
import { asRecord, isRecord, recordsIn } from '../flow/raw.ts';
import { readPointer } from './pointer.ts';

/** What a schema cannot say about a smoke file. Also runs on a file that the schema refuses. */
export function smokeMistakes(value: unknown): readonly Mistake[] {
  const file = asRecord(value);
  const steps: readonly unknown[] = Array.isArray(file.steps) ? file.steps : [];
  return [
    ...versionMistakes(file.version),
    ...sameNames(steps),
    ...steps.flatMap((step, index) => (isRecord(step) ? stepMistakes(step, index) : [])),
  ];
}

function versionMistakes(version: unknown): readonly Mistake[] {
  const { json, header } = asRecord(version);
  if (json === undefined || header === undefined) return [];
  return [{ path: ['version', 'header'], message: 'stands beside `json`: the version is in one of them', at: 'key' }];
}

/** The names of the two checks that come before the steps are taken: a report names each check once. */
function sameNames(steps: readonly unknown[]): readonly Mistake[] {
  const seen = new Set<unknown>(['ready', 'version']);
  return steps.flatMap((step, index): readonly Mistake[] => {
    const { name } = asRecord(step);
    if (typeof name !== 'string' || !seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path: ['steps', index, 'name'], message: `\`${name}\` is the name of another check` }];
  });
}

function stepMistakes(step: Readonly<Record<string, unknown>>, index: number): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const parts = new Map(recordsIn(step));
  const request = parts.get('request') ?? {};
  const expect = parts.get('expect') ?? {};
  const path = ['steps', index] as const;
  const body = request.json !== undefined ? 'json' : request.body !== undefined ? 'body' : undefined;
  if (request.json !== undefined && request.body !== undefined) {
    mistakes.push({ path: [...path, 'request', 'body'], message: 'stands beside `json`: send one of them', at: 'key' });
  }
  const method = request.method ?? 'GET';
  if (body !== undefined && (method === 'GET' || method === 'HEAD')) {
    const hint = 'set `method` to POST, PUT or PATCH';
    mistakes.push({ path: [...path, 'request', body], message: `a ${method} has no body`, hint, at: 'key' });
  }
  for (const key of ['json', 'json-at', 'body-contains']) {
    if (method !== 'HEAD' || expect[key] === undefined) continue;
    mistakes.push({ path: [...path, 'expect', key], message: 'a HEAD is answered without a body', at: 'key' });
  }
  for (const pointer of Object.keys(asRecord(expect['json-at']))) {
    const reading = readPointer(pointer);
    if (!reading.ok) mistakes.push({ ...reading, path: [...path, 'expect', 'json-at', pointer], offset: 0, at: 'key' });
  }
  return mistakes;
}
