import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const account = '123456789012';
export const region = 'ap-southeast-2';

/** An AWS that others wrote, on the loopback. https://docs.getmoto.org/en/latest/docs/server_mode.html */
export interface MotoServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What SDK clients are made with. Nobody checks who calls. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly forcePathStyle: true;
}

export function clientOf(endpoint: string): ClientConfig {
  const credentials = { accessKeyId: 'AKIACONFORMANCE00000', secretAccessKey: 'nobody checks it here' };
  return { endpoint, region, credentials, forcePathStyle: true };
}

/** Long for a Python process to start on a busy machine, in ms. */
const patience = 60_000;

export async function startMoto(program: string): Promise<MotoServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const close = () => end(child);
  try {
    await untilItAnswers(url, child);
    // Functions are data here: nothing of them runs, and no Docker is needed.
    await post(`${url}/moto-api/config`, JSON.stringify({ lambda: { use_docker: false } }));
  } catch (error) {
    await close();
    throw error;
  }
  return { url, close };
}

/** A role that moto lets a function have: the SDK of IAM is not otherwise needed. Answers its ARN. */
export async function createRole({ url }: MotoServer, name: string): Promise<string> {
  const body = new URLSearchParams({
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: name,
    AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
  });
  const scope = `AKIA/20260101/us-east-1/iam/aws4_request`;
  await post(url, body.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
  });
  return `arn:aws:iam::${account}:role/${name}`;
}

async function post(url: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body, headers: { ...headers } });
  if (!answer.ok) throw new Error(`moto answers ${answer.status} to ${url}: ${await answer.text()}`);
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + patience;
  while (Date.now() < until && child.exitCode === null) {
    const answers = await fetch(`${url}/moto-api/data.json`).then(
      answer => answer.ok,
      () => false,
    );
    if (answers) return;
    await sleep(200);
  }
  throw new Error(`moto_server does not answer on ${url}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill();
  await closed;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
