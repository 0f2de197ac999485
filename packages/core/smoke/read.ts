import { asList } from '../flow/fields.ts';
import type { SmokeValues } from './schema.ts';
import type { Expectation, Ready, SmokeFile, StepRequest, VersionCheck } from './smoke-file.ts';

/** From the file's words to the suite's. */
export function readSmoke(values: SmokeValues): SmokeFile {
  return {
    baseUrl: values['base-url'],
    timeout: values.timeout ?? 10_000,
    ready: values.ready && readReady(values.ready),
    version: values.version && readVersion(values.version),
    steps: values.steps.map(({ name, request, expect }) => ({
      name,
      request: readRequest(request),
      expect: readExpectation(expect ?? {}),
    })),
  };
}

type Values<Key extends 'ready' | 'version'> = NonNullable<SmokeValues[Key]>;
type StepValues = SmokeValues['steps'][number];

function readReady({ path, status, within, every }: Values<'ready'>): Ready {
  return { path, status: statuses(status), within: within ?? 120_000, every: every ?? 2_000 };
}

function readVersion({ path, json, header }: Values<'version'>): VersionCheck {
  if (json !== undefined) return { path, found: { in: 'json', pointer: json } };
  return { path, found: header === undefined ? { in: 'body' } : { in: 'header', header } };
}

function readRequest(request: StepValues['request']): StepRequest {
  const asJson = request.json !== undefined;
  const headers = request.headers ?? {};
  const typed = Object.keys(headers).some(name => name.toLowerCase() === 'content-type');
  return {
    method: request.method ?? 'GET',
    path: request.path,
    headers: asJson && !typed ? { ...headers, 'content-type': 'application/json' } : headers,
    body: asJson ? JSON.stringify(request.json) : request.body,
    timeout: request.timeout,
    followRedirects: request['follow-redirects'] ?? false,
  };
}

function readExpectation(expect: NonNullable<StepValues['expect']>): Expectation {
  return {
    status: statuses(expect.status),
    headers: expect.headers ?? {},
    json: expect.json === undefined ? undefined : { contains: expect.json },
    jsonAt: expect['json-at'] ?? {},
    bodyContains: asList(expect['body-contains']),
    within: expect.within,
  };
}

function statuses(status: number | readonly number[] | undefined): readonly number[] {
  return status === undefined ? [200] : asList(status);
}
