import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, openLab, type TestLab } from './world.ts';

let lab: TestLab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

const getRef = { call: 'GET /repos/{owner}/{repo}/git/ref/{ref}' };
const createRef = { call: 'POST /repos/{owner}/{repo}/git/refs' };

describe('limits', () => {
  test('1,000 requests an hour for all jobs of a repository together', async () => {
    const [one, two] = [lab.job({}), lab.job({})];
    for (let batch = 0; batch < 20; batch++) {
      await Promise.all(Array.from({ length: 50 }, (_, call) => (call % 2 === 0 ? one : two).rest.repos.get(at)));
    }
    const error = await one.rest.repos.get(at).catch(reason => reason);
    expect(error).toMatchObject({
      status: 403,
      message: expect.stringContaining('API rate limit exceeded for installation ID'),
    });
    expect(error.response.headers).toMatchObject({ 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0' });
    expect(Number(error.response.headers['x-ratelimit-reset']) * 1000).toBeGreaterThan(lab.clock.now());
    expect((await one.rest.rateLimit.get()).data.resources.core.remaining).toBe(0);
    lab.clock.advance(3_600_000);
    expect((await one.rest.repos.get(at)).headers['x-ratelimit-remaining']).toBe('999');
  });

  test('80 writes a minute', async () => {
    const { rest } = lab.job({ issues: 'write' });
    const write = () => rest.issues.createLabel({ ...at, name: `label-${lab.world.calls.length}` });
    for (let call = 0; call < 80; call++) await write();
    const error = await write().catch(reason => reason);
    expect(error).toMatchObject({ status: 403, message: expect.stringContaining('secondary rate limit') });
    expect(error.response.headers['retry-after']).toBe('60');
    lab.clock.advance(60_000);
    expect((await write()).status).toBe(201);
  });
});

describe('faults', () => {
  test('strike the nth call only, and say how often', async () => {
    const watch = lab.world.addFault({ ...getRef, when: { nth: 2 }, fault: { kind: 'error', status: 502 } });
    const read = () => lab.job({ contents: 'read' }).rest.git.getRef({ ...at, ref: 'heads/main' });
    expect((await read()).status).toBe(200);
    await expect(read()).rejects.toMatchObject({ status: 502 });
    expect((await read()).status).toBe(200);
    expect(watch.struck).toBe(1);
  });

  test.each([
    ['reset-before', false],
    ['reset-after', true],
  ] as const)('%s: the reply is lost, and whether the effect happened is: %s', async (kind, happened) => {
    lab.world.addFault({ ...createRef, fault: { kind } });
    const call = lab.job({ contents: 'write' }).rest.git.createRef({ ...at, ref: 'refs/tags/v1', sha: lab.first });
    await expect(call).rejects.toThrow();
    expect(lab.repository.resolve('v1') === lab.first).toBe(happened);
    expect(lab.world.calls.at(-1)).toMatchObject({ ...createRef, status: 0, fault: kind });
  });

  test('slow waits in lab time and holds nothing meanwhile', async () => {
    lab.world.addFault({ ...getRef, fault: { kind: 'slow', milliseconds: 30_000 } });
    const call = lab.job({ contents: 'read' }).rest.git.getRef({ ...at, ref: 'heads/main' });
    while (lab.waiting() === 0) await new Promise(resolve => setTimeout(resolve, 1));
    expect(lab.clock.holds).toBe(0);
    lab.clock.advance(29_999);
    expect(lab.world.calls).toEqual([]);
    lab.clock.advance(1);
    expect(lab.waiting()).toBe(0);
    const { headers } = await call;
    expect(headers.date).toBe(new Date(lab.clock.now()).toUTCString());
  });

  test('rate-limit and secondary-limit answer as the real ones', async () => {
    lab.world.addFault({ ...getRef, when: { nth: 1 }, fault: { kind: 'rate-limit' } });
    lab.world.addFault({ ...getRef, when: { nth: 2 }, fault: { kind: 'secondary-limit', retryAfterSeconds: 30 } });
    const read = () =>
      lab
        .job({ contents: 'read' })
        .rest.git.getRef({ ...at, ref: 'heads/main' })
        .catch(error => error);
    expect((await read()).response.headers['x-ratelimit-remaining']).toBe('0');
    expect((await read()).response.headers['retry-after']).toBe('30');
  });

  test('strike GraphQL by field', async () => {
    lab.world.addFault({ call: 'graphql viewer', fault: { kind: 'error', status: 503 } });
    await expect(lab.job({}).graphql('{ viewer { login } }')).rejects.toMatchObject({ status: 503 });
  });

  test('name calls as the documentation does, or are refused', () => {
    expect(() => lab.world.addFault({ call: 'getRef', fault: { kind: 'reset-before' } })).toThrow(/METHOD/);
  });
});

describe('what is not GitHub', () => {
  test('a route that is not modelled answers 501, by name', async () => {
    await expect(lab.job({ pages: 'read' }).rest.repos.getPages(at)).rejects.toMatchObject({ status: 501 });
    expect(lab.world.unmodelled).toEqual(['the lab does not model GET /repos/{owner}/{repo}/pages']);
  });

  test('a query parameter that GitHub does not know is not ignored here', async () => {
    await expect(
      lab.job({ contents: 'read' }).rest.repos.listTags({ ...at, prefix: 'v' } as typeof at),
    ).rejects.toMatchObject({ status: 501 });
  });

  test.each([
    ['a missing member', { ref: 'refs/tags/x' }, '"sha" wasn\'t supplied.'],
    ['an unknown member', { ref: 'refs/tags/x', sha: 'x', force: true }, '"force" is not a permitted key.'],
    ['a wrong type', { ref: 'refs/tags/x', sha: 1 }, "For 'sha', must be string."],
  ])('%s is refused', async (_, body, message) => {
    const call = lab
      .job({ contents: 'write' })
      .request('POST /repos/{owner}/{repo}/git/refs', { ...at, ...body } as never);
    await expect(call).rejects.toMatchObject({ status: 422, message: expect.stringContaining(message) });
  });

  test('neither is a caller without a token', async () => {
    const answer = await fetch(`${lab.apiUrl}/repos/unifocus/api`, { headers: { 'user-agent': 'test' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('connection')).toBe('close');
  });
});
