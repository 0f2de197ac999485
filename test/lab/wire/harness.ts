import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LabClock } from '../../../packages/lab/clock/clock.ts';
import { type AwsHandler, type AwsOptions, createAwsHandler } from '../../../packages/lab/wire/handler.ts';

/** A clock that only the test moves. It starts at the real time, by which the SDK signs. */
export interface ManualClock extends LabClock {
  advance(milliseconds: number): void;
  readonly holds: ReadonlySet<string>;
  /** How many wait for it. */
  waiting(): number;
}

export function manualClock(): ManualClock {
  let now = Math.floor(Date.now() / 1000) * 1000;
  const events = new Set<{ time: number; event: () => void }>();
  const holds = new Set<string>();
  const at: LabClock['at'] = (time, event) => {
    const entry = { time, event };
    events.add(entry);
    return () => events.delete(entry);
  };
  return {
    now: () => now,
    at,
    sleep: milliseconds => new Promise(resolve => at(now + milliseconds, resolve)),
    hold: reason => {
      holds.add(reason);
      return () => holds.delete(reason);
    },
    holds,
    waiting: () => events.size,
    advance: milliseconds => {
      now += milliseconds;
      for (const entry of [...events].sort((a, b) => a.time - b.time)) {
        if (entry.time > now) continue;
        events.delete(entry);
        entry.event();
      }
    },
  };
}

export const keys = { accessKeyId: 'AKIALAB', secretAccessKey: 'not checked' };
export const caller = { account: '111111111111', principal: 'arn:aws:iam::111111111111:user/tester' };

export interface TestLab extends AwsHandler {
  readonly endpoint: string;
  readonly clock: ManualClock;
  readonly defects: Error[];
  /** What every SDK client of a test is made with. */
  readonly client: { endpoint: string; region: string; credentials: typeof keys; maxAttempts: number };
  close(): Promise<void>;
}

export async function startLab(
  options: Omit<AwsOptions, 'clock' | 'credentials'> & Partial<AwsOptions> & { readonly manual?: ManualClock },
): Promise<TestLab> {
  const clock = options.manual ?? manualClock();
  const defects: Error[] = [];
  const aws = createAwsHandler({
    clock,
    credentials: { resolve: key => (key === keys.accessKeyId ? caller : undefined) },
    onDefect: defect => defects.push(defect),
    ...options,
  });
  const server = createServer(aws.handle);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an AddressInfo.
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...aws,
    endpoint,
    clock,
    defects,
    client: { endpoint, region: 'ap-southeast-2', credentials: keys, maxAttempts: 1 },
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as no SDK would send it. `service` is the signing name; null leaves the signature away. */
export function sendRaw(
  lab: TestLab,
  service: string | null,
  headers: Record<string, string>,
  body: string,
  { method = 'POST', path = '/' } = {},
): Promise<RawAnswer> {
  const date = new Date(lab.clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${keys.accessKeyId}/${date.slice(0, 8)}/ap-southeast-2/${service}/aws4_request`;
  const signed = ['host', 'x-amz-date', ...Object.keys(headers).map(name => name.toLowerCase())].sort().join(';');
  const signature =
    service === null
      ? {}
      : {
          'X-Amz-Date': date,
          Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${signed}, Signature=${'0'.repeat(64)}`,
        };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${lab.endpoint}${path}`, { method, headers: { ...signature, ...headers } }, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The error that a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error as Error & Record<string, unknown>;
    throw error;
  }
  throw new Error('It did not fail');
}
