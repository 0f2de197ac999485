import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenVerdict } from '../aws/sts/sts.ts';
import type { LabClock } from '../clock/clock.ts';
import type { OidcAccess, OidcJob, StepOrigin } from '../runner/ports.ts';
import { claimsOf, type IdsOf, issuer } from './oidc-claims.ts';

/** GitHub’s OIDC issuer: https://docs.github.com/en/actions/reference/security/oidc */
export interface OidcIssuer {
  /** What the runner hands to a job with `id-token: write`. */
  access(job: OidcJob, baseUrl: string): OidcAccess;
  /** For the actions that the lab plays itself: a token of the job that a step is in; undefined without `id-token: write`. */
  tokenOf(origin: StepOrigin, audience: string): string | undefined;
  /** `GET <url>&audience=…` with the bearer token: answers `{ value }`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  verify(token: string, now: number): TokenVerdict;
}

export interface OidcOptions {
  readonly clock: Pick<LabClock, 'now'>;
  readonly ids: IdsOf;
}

export function createOidc({ clock, ids }: OidcOptions): OidcIssuer {
  const jobs = new Map<string, OidcJob>();
  // Of this lab alone: no other one's tokens are valid here.
  const key = randomBytes(32);
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');

  const mint = (job: OidcJob, audience: string): string => {
    const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claimsOf(job, audience, clock.now(), ids))}`;
    return `${text}.${sign(text)}`;
  };

  return {
    access(job, baseUrl) {
      // Digits as a form: a leak is recognised by it.
      const token = `oidc-${job.runId}-${job.attempt}-${job.jobId}-${randomBytes(16).toString('hex')}`;
      jobs.set(token, job);
      return { url: `${baseUrl}/token?api-version=2.0`, token };
    },

    tokenOf({ runId, attempt, jobId }, audience) {
      const job = [...jobs.values()].find(
        each => each.runId === runId && each.attempt === attempt && each.jobId === jobId,
      );
      return job === undefined ? undefined : mint(job, audience);
    },

    handle(request, response) {
      const url = new URL(request.url ?? '/', 'http://lab');
      const answer = (status: number, body: object) => {
        response.writeHead(status, {
          Connection: 'close',
          Date: new Date(clock.now()).toUTCString(),
          'Content-Type': 'application/json',
        });
        response.end(JSON.stringify(body));
      };
      if (url.pathname !== '/token') return answer(404, { message: 'Not Found' });
      if (request.method !== 'GET') return answer(405, { message: 'Method Not Allowed' });
      const [, token = ''] = /^bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
      const job = jobs.get(token);
      if (job === undefined) return answer(401, { message: 'unknown token' });
      const audience = url.searchParams.get('audience') ?? `https://github.com/${job.repository.split('/')[0]}`;
      return answer(200, { value: mint(job, audience) });
    },

    verify(token, now) {
      const [header = '', body = '', signature = '', more] = token.split('.');
      const claims = same(signature, sign(`${header}.${body}`)) && more === undefined ? decode(body) : undefined;
      if (claims === undefined || claims.iss !== issuer || typeof claims.exp !== 'number') {
        return { verdict: 'invalid', message: 'The ID Token is not valid' };
      }
      return claims.exp * 1000 <= now
        ? { verdict: 'expired', expiredAt: claims.exp * 1000 }
        : { verdict: 'valid', claims };
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** In bytes: a text of as many characters may have more of them. */
function same(one: string, other: string): boolean {
  const [given, own] = [Buffer.from(one), Buffer.from(other)];
  return given.length === own.length && timingSafeEqual(given, own);
}
