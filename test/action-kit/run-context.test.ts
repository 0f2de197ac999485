import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRunContext } from '#action-kit/run-context';

const github = {
  GITHUB_REPOSITORY: 'acme/unifocus',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '3',
  GITHUB_SERVER_URL: 'https://ghes.example.com',
  GITHUB_ACTOR: 'ann',
  GITHUB_TRIGGERING_ACTOR: 'ben',
};

test('a run is known by its repository, id and attempt; who re-ran it is its actor', () => {
  expect(readRunContext(github).run).toEqual({
    repository: 'acme/unifocus',
    id: 42,
    attempt: 3,
    actor: 'ben',
    url: 'https://ghes.example.com/acme/unifocus/actions/runs/42/attempts/3',
  });
});

test('without a triggering actor the actor is the one', () => {
  const { actor, triggeringActor } = readRunContext({ ...github, GITHUB_TRIGGERING_ACTOR: undefined });
  expect([actor, triggeringActor]).toEqual(['ann', 'ann']);
});

test('on a laptop there is no event, and that is no error', () => {
  expect(readRunContext({})).toMatchObject({ event: {}, workspace: '.', apiUrl: 'https://api.github.com' });
});

test('the event is read from its file; one that is not JSON is not taken for an empty one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-'));
  const path = join(folder, 'event.json');
  try {
    writeFileSync(path, '{"sender":{"login":"ann"}}');
    expect(readRunContext({ GITHUB_EVENT_PATH: path }).event).toEqual({ sender: { login: 'ann' } });
    writeFileSync(path, 'null');
    expect(readRunContext({ GITHUB_EVENT_PATH: path }).event).toEqual({});
    writeFileSync(path, '{');
    expect(() => readRunContext({ GITHUB_EVENT_PATH: path })).toThrow(SyntaxError);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
