import { createServer, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createGitHub, GitHubCallError, gitHubFinding } from '#github/client';
import { virtualClock } from '../aws/virtual-clock.ts';

type Answer = (response: ServerResponse) => void;

/** What the server answers, one after the other; the last one for ever. */
let answers: Answer[] = [];
let calls = 0;
let apiUrl = '';

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const answer = answers[Math.min(calls, answers.length - 1)];
    calls += 1;
    answer?.(response);
  });
});

const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  response => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
const hangUp: Answer = response => void response.destroy();

beforeAll(async () => {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address === 'object' && address !== null) apiUrl = `http://127.0.0.1:${address.port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  calls = 0;
});

async function played(kind: 'GET' | 'POST' | 'query' | 'mutation', ...said: readonly Answer[]) {
  answers = [...said];
  const clock = virtualClock();
  const github = createGitHub({ token: 't', repository: 'acme/unifocus', apiUrl, clock, random: () => 0.5 });
  const call = () => {
    switch (kind) {
      case 'GET':
        return github.request<unknown>('GET /repos/{owner}/{repo}');
      case 'POST':
        return github.request<unknown>('POST /repos/{owner}/{repo}/deployments', { ref: 'a' });
      case 'query':
        return github.graphql<unknown>('query q { viewer { login } }', {});
      case 'mutation':
        return github.graphql<unknown>('mutation m { x }', {}, 'once');
    }
  };
  const end = await clock.run(call).then(
    () => 'answered',
    (error: unknown) => {
      if (!(error instanceof GitHubCallError)) throw error;
      return [error.status, ...error.types].join(' ');
    },
  );
  return { end, calls, seconds: clock.now() / 1000 };
}

const fine = json(200, { data: {} });
const graphQlError = (message: string, type?: string) =>
  json(200, { data: null, errors: [{ message, ...(type === undefined ? {} : { type }) }] });

describe('a call of GitHub', () => {
  test.each<['GET' | 'POST' | 'query' | 'mutation', string, readonly Answer[], string, number]>([
    ['GET', 'that breaks off is made again', [hangUp, fine], 'answered', 2],
    ['GET', 'that meets a 502 is made again', [json(502, {}), fine], 'answered', 2],
    ['POST', 'that breaks off is not: it may have happened', [hangUp, fine], '0', 1],
    ['POST', 'that meets a 502 is not', [json(502, {}), fine], '502', 1],
    [
      'POST',
      'that was refused for its rate did nothing, and is made again',
      [json(403, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '60' }), fine],
      'answered',
      2,
    ],
    [
      'GET',
      'that is forbidden is not made again',
      [json(403, { message: 'Resource not accessible by integration' })],
      '403',
      1,
    ],
    ['GET', 'of something that is not there', [json(404, { message: 'Not Found' })], '404', 1],
    [
      'query',
      'that is refused for its rate, with 200, is made again',
      [graphQlError('API rate limit exceeded', 'RATE_LIMITED'), fine],
      'answered',
      2,
    ],
    [
      'mutation',
      'on a head that has moved was understood and refused',
      [graphQlError('Expected branch to point to "a" but it did not.', 'STALE_DATA')],
      '200 STALE_DATA',
      1,
    ],
    [
      'mutation',
      'that GitHub cut off, with 200, may have happened',
      [graphQlError('Something went wrong while executing your query.')],
      '0',
      1,
    ],
    ['mutation', 'that breaks off may have happened', [hangUp, fine], '0', 1],
  ])('%s %s', async (kind, _name, said, end, times) => {
    expect(await played(kind, ...said)).toMatchObject({ end, calls: times });
  });

  test('that stays broken is given up on after three minutes', async () => {
    const { end, seconds } = await played('GET', json(503, {}));
    expect(end).toBe('503');
    expect(seconds).toBeGreaterThan(170);
    expect(seconds).toBeLessThanOrEqual(180);
  });

  test('that is told to wait longer than that is given up on at once, and nobody’s minutes burn', async () => {
    const { calls: times, seconds } = await played('GET', json(429, {}, { 'retry-after': '3600' }));
    expect([times, seconds]).toEqual([1, 0]);
  });
});

describe('what people read of it', () => {
  test.each<[number, readonly string[], string, RegExp]>([
    [403, [], 'github-permission-missing', /GitHub refused/],
    [401, [], 'github-permission-missing', /does not know the token/],
    [200, ['FORBIDDEN'], 'github-permission-missing', /GitHub refused/],
    [404, [], 'not-found', /knows nothing/],
    [422, [], 'api-unavailable', /GitHub refused/],
    [0, [], 'api-unavailable', /did not answer/],
    [502, [], 'api-unavailable', /did not answer/],
  ])('%i %j is %s', (status, types, reason, words) => {
    const finding = gitHubFinding(new GitHubCallError(status, 'GET /x', 'its words', types), 'contents: write');
    expect(finding.reason).toBe(reason);
    expect(finding.message).toMatch(words);
    if (status === 403 || types.includes('FORBIDDEN'))
      expect(finding.next).toBe('Give the job `permissions: contents: write`.');
  });
});
