import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createInputReader } from '#action-kit/inputs';
import { inputsFrom } from '#actions/smoke-test/inputs';
import type { openRecord } from '#actions/smoke-test/record';
import { smokeTest } from '#actions/smoke-test/smoke-test';
import { FindingError } from '#core/finding';
import { testKit, verdictOf } from '../kit.ts';
import { bodyOf, closeServers, realClock, serve } from './server.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smoke-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await closeServers();
});

type Given = Readonly<Record<string, string>>;

function inputs(given: Given, env: Given = {}) {
  const defaults: Given = { timeout: '5s', 'dry-run': 'false' };
  const reader = createInputReader(name => given[name] ?? defaults[name] ?? '');
  const read = inputsFrom(env)(reader);
  if (reader.problems.length > 0) throw new FindingError(reader.problems);
  return read;
}

/** The journal has tests of its own: here it only matters what is handed to it. */
const recorded: string[] = [];
const remember: typeof openRecord = async () => async verdict => void recorded.push(verdict.verdict);

async function run(smoke: string, given: Given = {}, env: Given = {}) {
  writeFileSync(join(folder, 'smoke.yml'), smoke);
  const kit = testKit(realClock, folder);
  const end = await smokeTest(kit, inputs({ file: 'smoke.yml', ...given }, env), remember);
  return { kit, end, verdict: verdictOf(end), shown: JSON.stringify([kit.shown, end]) };
}

const app: RequestListener = (request, response) => {
  const routes: Readonly<Record<string, unknown>> = {
    '/health': { status: 'ok' },
    '/version': { version: '1.3.0' },
    '/desks': { items: [{ id: 1, name: 'window' }] },
  };
  const body = routes[request.url ?? ''];
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? { error: 'not found' }));
};

const smoke = `
ready: { path: /health, within: 3s, every: 20ms }
version: { path: /version, json: /version }
steps:
  - name: lists desks
    request: { path: /desks }
    expect: { json: { items: [{ name: window }] }, headers: { content-type: application/json } }
  - name: knows what it does not have
    request: { path: /nothing }
    expect: { status: 404 }
`;

describe('smoke-test, alone with a file and a URL', () => {
  test('passes, in the order of the file, with a summary, outputs and a JUnit file', async () => {
    const server = await serve(app);
    const given = { 'base-url': `${server.url}/`, version: 'v1.3.0', junit: 'reports/smoke.xml' };
    const { verdict, kit } = await run(smoke, given);
    expect(verdict).toMatchObject({ verdict: 'pass', reason: 'smoke-passed', evidence: { steps: 2 } });
    expect(verdict.message).toBe('All 2 steps pass, served: 1.3.0.');
    expect(server.asked).toEqual(['GET /health', 'GET /version', 'GET /desks', 'GET /nothing']);
    expect(kit.shown.outputs).toEqual({ tests: '4', failures: '0' });
    expect(kit.shown.summary.join()).toContain('lists desks | ✔ pass | `GET /desks`');
    expect(readFileSync(join(folder, 'reports/smoke.xml'), 'utf8')).toContain('tests="4" failures="0"');
  });

  test('waits until the endpoint is ready, and for nothing else', async () => {
    let asked = 0;
    const server = await serve((request, response) => {
      asked += 1;
      if (asked < 4) response.writeHead(503).end();
      else app(request, response);
    });
    const { verdict, kit } = await run(smoke, { 'base-url': server.url, version: '1.3.0' });
    expect(verdict.verdict).toBe('pass');
    expect(kit.shown.log.join('\n')).toMatch(/✔ ready {2}\(GET \/health, \d+ ms, 4 tries\)/);
  });

  test('fails at once where a step fails, names what came, and still runs the others', async () => {
    const server = await serve((request, response) =>
      request.url === '/desks' ? response.writeHead(500).end('no database') : app(request, response),
    );
    const { verdict, kit } = await run(smoke, { 'base-url': server.url, version: '1.3.0', junit: 'smoke.xml' });
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'smoke-failed' });
    expect(verdict.message).toContain('lists desks: GET /desks: status: expected 200, came 500 no database');
    expect(server.asked.filter(path => path === 'GET /desks')).toHaveLength(1);
    expect(server.asked).toContain('GET /nothing');
    expect(kit.shown.outputs).toEqual({ tests: '4', failures: '1' });
    expect(readFileSync(join(folder, 'smoke.xml'), 'utf8')).toContain('came 500 no database');
  });

  test('runs no step on another version than the released one', async () => {
    const server = await serve(app);
    const { verdict } = await run(smoke, { 'base-url': server.url, version: '1.4.0' });
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'wrong-version-served' });
    expect(verdict.message).toBe('version: GET /version: version at /version: expected 1.4.0, came 1.3.0');
    expect(server.asked).not.toContain('GET /desks');
  });

  test('says when the endpoint never becomes ready, and runs nothing', async () => {
    const server = await serve((_request, response) => response.writeHead(503).end('starting'));
    const { verdict } = await run(smoke.replace('3s', '100ms'), { 'base-url': server.url, version: '1.3.0' });
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'never-ready' });
    expect(verdict.message).toContain('came 503 starting');
    expect(new Set(server.asked)).toEqual(new Set(['GET /health']));
    expect(verdict.rules.map(rule => rule.reason)).toEqual([
      'never-ready',
      'smoke-not-run',
      'smoke-not-run',
      'smoke-not-run',
    ]);
  });

  test('tells what it saw last when the end of the time cuts a try short', async () => {
    let asked = 0;
    const server = await serve((_request, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(503).end('starting');
    });
    const { verdict } = await run(smoke.replace('3s', '200ms'), { 'base-url': server.url, version: '1.3.0' });
    expect(verdict.message).toContain('came 503 starting');
    expect(asked).toBe(2);
  });

  test('is inconclusive about what its time did not allow', async () => {
    const server = await serve((_request, response) => void setTimeout(() => response.end(), 80));
    const two = 'steps: [{ name: a, request: { path: /a } }, { name: b, request: { path: /b } }]';
    const { verdict } = await run(two, { 'base-url': server.url, timeout: '60ms' });
    expect(verdict.rules.map(rule => rule.verdict)).toEqual(['fail', 'inconclusive']);
    expect(server.asked).toEqual(['GET /a']);
  });

  test('ends with an error, not a pass, when the run is cancelled', async () => {
    writeFileSync(join(folder, 'smoke.yml'), 'steps: [{ name: a, request: { path: /a } }]');
    const kit = testKit(realClock, folder);
    const server = await serve(() => kit.cancel());
    const end = await smokeTest(kit, inputs({ file: 'smoke.yml', 'base-url': server.url }));
    expect(verdictOf(end)).toMatchObject({ verdict: 'error', reason: 'cancelled' });
  });

  test('with dry-run only reads the file: no request, no pass', async () => {
    const server = await serve(app);
    const { verdict } = await run(smoke, { 'base-url': server.url, version: '1.3.0', 'dry-run': 'true' });
    expect(verdict).toMatchObject({ verdict: 'wait', reason: 'dry-run' });
    expect(server.asked).toEqual([]);
  });
});

describe('secrets', () => {
  const secret = 'tok/en "7"';
  const withSecret = `
steps:
  - name: shows {secrets.TOKEN}
    request: { method: POST, path: "/echo", headers: { x-token: "{secrets.TOKEN}" }, json: { token: "{secrets.TOKEN}" } }
    expect: { status: 200, body-contains: "{secrets.TOKEN}!", json: { token: "{secrets.TOKEN}?" } }
`;
  const echo: RequestListener = async (request, response) => {
    const body = await bodyOf(request);
    response.writeHead(200).end(JSON.stringify({ ...JSON.parse(body), header: request.headers['x-token'] }));
  };

  test.each([
    ['as JSON', { secrets: JSON.stringify({ TOKEN: secret }) }, {}],
    ['by the name of an environment variable', { secrets: 'TOKEN' }, { TOKEN: secret }],
  ])('given %s are sent, masked, and shown nowhere', async (_, given, env) => {
    const server = await serve(echo);
    const { kit, verdict, shown } = await run(withSecret, { 'base-url': server.url, junit: 'j.xml', ...given }, env);
    expect(server.requests[0]?.headers['x-token']).toBe(secret);
    expect(verdict.verdict).toBe('fail');
    expect(kit.shown.masked).toEqual([secret]);
    const everything = [
      shown.replace(JSON.stringify(kit.shown.masked), ''),
      readFileSync(join(folder, 'j.xml'), 'utf8'),
    ].join();
    for (const spelling of ['tok/en', 'tok%2Fen', Buffer.from(secret).toString('base64')]) {
      expect(everything).not.toContain(spelling);
    }
    expect(everything).toContain('***');
  });

  test.each([
    [{ secrets: 'TOKEN' }, 'Input `secrets`: TOKEN: the environment variable is not set.'],
    [{ secrets: '{"TOKEN": 7}' }, 'Input `secrets`: TOKEN: the value is not text.'],
    [{ secrets: '{"TOKEN"' }, 'Input `secrets`: is not valid JSON.'],
  ])('%j is refused before any request', (given, message) => {
    expect(() => inputs({ file: 'smoke.yml', ...given })).toThrow(message);
  });
});

describe('what is wrong is said before any request', () => {
  test.each<[string, string, Given, string]>([
    ['the file has mistakes', 'stps: []', {}, 'unknown key `stps`'],
    ['nothing says where', 'steps: [{ name: a, request: { path: /a } }]', {}, 'Nothing says where the endpoint is'],
    [
      'no version to compare with',
      smoke,
      { 'base-url': 'http://127.0.0.1:9' },
      'nothing says which version it should be',
    ],
    ['there is no file', smoke, { file: 'none.yml' }, 'The file none.yml cannot be read'],
  ])('%s', async (_, text, given, message) => {
    await expect(run(text, given)).rejects.toThrow(message);
  });

  test('every wrong input at once', () => {
    expect(() => inputs({ 'base-url': 'api.example.com', timeout: '5' })).toThrow(
      /`file`: is missing.*`base-url`.*is not the URL.*`timeout`/s,
    );
  });
});

describe('smoke-test, with a plan', () => {
  const plan = (url: string) =>
    JSON.stringify({
      ...{
        schema: 1,
        operation: 'release',
        service: 'unifocus',
        flow: '.github/release-flow.yml',
        waves: [],
        artifacts: {},
        originators: [],
      },
      made: '2026-11-02T09:00:00Z',
      release: { version: '1.3.0', sha: 'b'.repeat(40), tree: 'c'.repeat(40) },
      environment: { name: 'prod', url, smoke: 'smoke.yml', onFailure: 'rollback', vars: { path: 'desks' } },
    });

  test('takes file, URL, version and variables from it', async () => {
    const server = await serve(app);
    const text = `${smoke}  - { name: by variable, request: { path: "/{vars.path}" } }\n`;
    const { verdict } = await run(text, { plan: plan(server.url), file: '', environment: 'prod' });
    expect(verdict).toMatchObject({ verdict: 'pass', evidence: { versionChecked: true } });
    expect(recorded.at(-1)).toBe('pass');
  });

  test.each([
    ['1.2.0', '1.2.0', 'pass'],
    ['1.2.0', '1.3.0', 'fail'],
    ['1.2.0', 'b'.repeat(40), 'fail'],
    ['', 'b'.repeat(40), 'pass'],
  ])('wants version “%s” after a rollback: %s is a %s', async (version, served, expected) => {
    const server = await serve((_request, response) => response.end(JSON.stringify({ version: served })));
    const text = 'version: { path: /version, json: /version }\nsteps: [{ name: a, request: { path: /a } }]';
    const { verdict } = await run(text, { plan: plan(server.url), version });
    expect(verdict.verdict).toBe(expected);
  });

  test('without a token for the journal asks nobody', async () => {
    const server = await serve(app);
    writeFileSync(join(folder, 'smoke.yml'), smoke);
    const kit = testKit(realClock, folder);
    const tested = smokeTest(kit, inputs({ plan: plan(server.url) }));
    await expect(tested).rejects.toThrow('Input `github-token`: is missing.');
    expect(server.asked).toEqual([]);
  });

  test('refuses the plan of another environment', async () => {
    await expect(run(smoke, { plan: plan('http://127.0.0.1:9'), environment: 'stage' })).rejects.toThrow(
      'is for prod, not for stage',
    );
  });
});
