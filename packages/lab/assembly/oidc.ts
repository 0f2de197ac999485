import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenVerdict } from '../aws/sts/sts.ts';
import type { LabClock } from '../clock/clock.ts';
import type { OidcAccess, OidcJob } from '../runner/ports.ts';

/** GitHub’s OIDC issuer: https://docs.github.com/en/actions/reference/security/oidc */
export interface OidcIssuer {
  /** What the runner hands to a job with `id-token: write`. */
  access(job: OidcJob, baseUrl: string): OidcAccess;
  /** `GET <url>&audience=…` with the bearer token: answers `{ value }`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  verify(token: string, now: number): TokenVerdict;
}

const issuer = 'https://token.actions.githubusercontent.com';

/** GitHub’s tokens live five minutes. */
const lifetime = 5 * 60;

export function createOidc({ clock }: { readonly clock: Pick<LabClock, 'now'> }): OidcIssuer {
  const jobs = new Map<string, OidcJob>();
  const sign = (text: string) => createHmac('sha256', 'the lab signs for itself only').update(text).digest('base64url');

  const mint = (job: OidcJob, audience: string): string => {
    const issued = Math.floor(clock.now() / 1000);
    const environment = job.environment === undefined ? {} : { environment: job.environment };
    const subject = job.environment === undefined ? `ref:${job.ref}` : `environment:${job.environment}`;
    const claims = {
      iss: issuer,
      aud: audience,
      sub: `repo:${job.repository}:${subject}`,
      ...environment,
      repository: job.repository,
      ref: job.ref,
      sha: job.sha,
      actor: job.actor,
      event_name: job.event,
      run_id: String(job.runId),
      run_attempt: String(job.attempt),
      workflow_ref: job.workflowRef,
      job_workflow_ref: job.jobWorkflowRef,
      iat: issued,
      nbf: issued,
      exp: issued + lifetime,
    };
    const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    return `${text}.${sign(text)}`;
  };

  return {
    access(job, baseUrl) {
      const token = `oidc-${job.runId}-${job.attempt}-${job.jobId}`;
      jobs.set(token, job);
      return { url: `${baseUrl}/token?api-version=2.0`, token };
    },

    handle(request, response) {
      const url = new URL(request.url ?? '/', 'http://lab');
      const job = jobs.get((request.headers.authorization ?? '').replace(/^bearer /i, ''));
      response.setHeader('Connection', 'close');
      response.setHeader('Date', new Date(clock.now()).toUTCString());
      response.setHeader('Content-Type', 'application/json');
      if (job === undefined) {
        response.writeHead(401).end('{"message":"unknown token"}');
        return;
      }
      const audience = url.searchParams.get('audience') ?? `https://github.com/${job.repository.split('/')[0]}`;
      response.end(JSON.stringify({ value: mint(job, audience) }));
    },

    verify(token, now) {
      const [header = '', body = '', signature = ''] = token.split('.');
      if (!same(signature, sign(`${header}.${body}`)))
        return { verdict: 'invalid', message: 'The ID Token is not valid' };
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { readonly exp: number };
      return claims.exp * 1000 <= now
        ? { verdict: 'expired', expiredAt: claims.exp * 1000 }
        : { verdict: 'valid', claims: { ...claims } };
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
