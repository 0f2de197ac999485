import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { createCountedFaults } from '../../../packages/lab/assembly/faults.ts';
import { openGateway } from '../../../packages/lab/assembly/gateway.ts';
import { createOidc } from '../../../packages/lab/assembly/oidc.ts';
import { serve } from '../../../packages/lab/assembly/servers.ts';
import type { OidcJob } from '../../../packages/lab/runner/ports.ts';

const now = Date.parse('2026-11-17T00:00:00Z');
const ids = {
  repository: () => ({ id: 7, ownerId: 8, workflowOf: () => 'release' }),
  person: () => 9,
};
const job: OidcJob = {
  repository: 'acme/unifocus',
  runId: 1,
  runNumber: 2,
  attempt: 1,
  jobId: 3,
  jobName: 'release / release',
  ref: 'refs/tags/v1.0.0',
  sha: 'a'.repeat(40),
  actor: 'dana',
  event: 'push',
  workflowRef: 'acme/unifocus/.github/workflows/release.yml@refs/tags/v1.0.0',
  workflowSha: 'a'.repeat(40),
  jobWorkflowRef: 'org/release-actions/.github/workflows/release.yml@refs/tags/v1',
  jobWorkflowSha: 'b'.repeat(40),
};
const issuer = () => createOidc({ clock: { now: () => now }, ids });

function claims(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from((token ?? '').split('.')[1] ?? '', 'base64url').toString('utf8'));
}

test.each([
  [{}, 'repo:acme/unifocus:ref:refs/tags/v1.0.0'],
  [{ environment: 'prod' }, 'repo:acme/unifocus:environment:prod'],
  [{ event: 'pull_request', ref: 'refs/pull/4/merge' }, 'repo:acme/unifocus:pull_request'],
])('the subject of %j is %s', (change, subject) => {
  const oidc = issuer();
  oidc.access({ ...job, ...change }, 'http://lab');
  expect(claims(oidc.tokenOf(job, 'sts.amazonaws.com')).sub).toBe(subject);
});

test('a token says who, what and where, in numbers too', () => {
  const oidc = issuer();
  oidc.access(job, 'http://lab');
  expect(claims(oidc.tokenOf(job, 'sts.amazonaws.com'))).toMatchObject({
    aud: 'sts.amazonaws.com',
    repository_id: '7',
    repository_owner: 'acme',
    repository_owner_id: '8',
    actor_id: '9',
    workflow: 'release',
    ref_type: 'tag',
    runner_environment: 'github-hosted',
    job_workflow_sha: job.jobWorkflowSha,
    jti: expect.any(String),
  });
});

test('a job without id-token: write has no token', () => {
  expect(issuer().tokenOf(job, 'sts.amazonaws.com')).toBeUndefined();
});

test('only the way and the method of GitHub, and only the token that was handed out', async () => {
  const oidc = issuer();
  const server = await serve(oidc.handle);
  const { url, token } = oidc.access(job, server.url);
  const headers = { authorization: `Bearer ${token}` };
  const statuses = await Promise.all(
    [
      fetch(`${url}&audience=me`, { headers }),
      fetch(`${server.url}/other`, { headers }),
      fetch(url, { headers, method: 'POST' }),
      fetch(url, { headers: { authorization: 'Bearer oidc-1-1-3' } }),
      fetch(url),
    ].map(async answer => (await answer).status),
  );
  await server.close();
  expect(statuses).toEqual([200, 404, 405, 401, 401]);
});

test('what is no token, or another lab’s, is invalid; five minutes later it has expired', () => {
  const oidc = issuer();
  oidc.access(job, 'http://lab');
  const token = oidc.tokenOf(job, 'me') ?? '';
  const [header, body, signature = ''] = token.split('.');
  expect(oidc.verify(token, now)).toMatchObject({ verdict: 'valid' });
  expect(oidc.verify(token, now + 300_000)).toMatchObject({ verdict: 'expired' });
  for (const wrong of ['', 'a.b.c', `${token}.more`, `${header}.${body}.${'é'.repeat(signature.length)}`]) {
    expect(oidc.verify(wrong, now)).toMatchObject({ verdict: 'invalid' });
  }
  expect(issuer().verify(token, now)).toMatchObject({ verdict: 'invalid' });
});

test('a fault counts what it strikes', () => {
  const faults = createCountedFaults();
  const second = faults.add({ call: 'ecs.UpdateService', do: 'throttle', nth: 2 });
  const never = faults.add({ call: 'ecs.RunTask', do: 'deny' });
  const call = { service: 'ecs', operation: 'UpdateService', account: '111111111111', at: now };
  expect([faults.fire(call), faults.fire(call), faults.fire(call)]).toEqual([[], ['throttle'], []]);
  expect([second.struck, never.struck]).toEqual([1, 0]);
});

test('the gateway leads to its own hosts over TLS and nowhere else, and leaves nothing behind', async () => {
  const gateway = await openGateway(['api.example.com'], (_request, response) => response.end());
  const { port } = new URL(gateway.variables.HTTPS_PROXY ?? '');
  const answers = await Promise.all(
    ['api.example.com:443', 'api.example.com:8443', 'elsewhere.example.com:443'].map(target =>
      ask(Number(port), target),
    ),
  );
  expect(answers).toEqual(['200', '502', '502']);
  const folder = dirname(gateway.variables.NODE_EXTRA_CA_CERTS ?? '');
  expect(existsSync(folder)).toBe(true);
  await gateway.close();
  expect(existsSync(folder)).toBe(false);
});

/** What a proxy answers to CONNECT. The tunnel is left open: closing the gateway ends it. */
function ask(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`),
    );
    socket.once('data', data => resolve(data.toString('utf8').split(' ')[1] ?? ''));
    socket.once('error', reject);
  });
}
