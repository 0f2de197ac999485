import { describe, expect, test } from '@jest/globals';
import { readWorkflow } from '#lab/runner/language/read-workflow';
import type { Workflow } from '#lab/runner/language/workflow';
import { startsOn, type TriggerFacts } from '#lab/runner/triggers/triggers';

const job = 'jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "true" }] } }';

async function on(yaml: string): Promise<Workflow> {
  const reading = await readWorkflow('.github/workflows/a.yml', `on: ${yaml}\n${job}`);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.workflow;
}

const branch = (name: string, extra: Partial<TriggerFacts> = {}): TriggerFacts => ({
  name: 'push',
  ref: `refs/heads/${name}`,
  changedFiles: () => ['src/a.js', 'docs/b.md'],
  ...extra,
});
const tag = (name: string): TriggerFacts => ({ ...branch('x'), ref: `refs/tags/${name}` });
const event = (name: string, action?: string): TriggerFacts => ({
  ...branch('main'),
  name,
  ...(action === undefined ? {} : { action }),
});

describe.each<[string, TriggerFacts, boolean]>([
  ['push', branch('any'), true],
  ['push', tag('v1'), true],
  ['[push, release]', event('release', 'created'), true],
  ['{ push: { branches: [main] } }', branch('main'), true],
  ['{ push: { branches: [main] } }', branch('other'), false],
  ['{ push: { branches: [main] } }', tag('main'), false],
  ['{ push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] } }', tag('v1.2.3'), true],
  ['{ push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] } }', tag('v1.2.3-stage'), false],
  ['{ push: { tags: ["v*"] } }', branch('v1'), false],
  ['{ push: { branches: [main], tags: ["v*"] } }', tag('v1'), true],
  ['{ push: { branches-ignore: [main] } }', branch('main'), false],
  ['{ push: { branches-ignore: [main] } }', tag('v1'), false],
  ['{ push: { tags-ignore: ["*-stage"] } }', tag('v1'), true],
  ['{ push: { paths: ["src/**"] } }', branch('main'), true],
  ['{ push: { paths: ["src/**"] } }', tag('v1'), true],
  ['{ push: { paths: ["lib/**"] } }', branch('main'), false],
  ['{ push: { paths-ignore: ["src/**"] } }', branch('main'), true],
  ['{ push: { paths-ignore: ["src/**", "docs/**"] } }', branch('main'), false],
  ['{ push: { branches: [main], paths: ["lib/**"] } }', branch('main'), false],
  ['push', branch('main', { message: 'Record\n\nplanned [skip ci]' }), false],
  ['push', branch('main', { message: 'Record\n\nskip-checks: true' }), false],
  ['pull_request', event('pull_request', 'opened'), true],
  ['pull_request', event('pull_request', 'closed'), false],
  ['{ pull_request: { types: [closed] } }', event('pull_request', 'closed'), true],
  ['{ pull_request: { branches: [main] } }', { ...event('pull_request', 'opened'), baseBranch: 'main' }, true],
  ['{ pull_request: { branches: [main] } }', { ...event('pull_request', 'opened'), baseBranch: 'next' }, false],
  ['{ release: { types: [published] } }', event('release', 'published'), true],
  ['{ release: { types: [published] } }', event('release', 'created'), false],
  ['{ repository_dispatch: { types: [go] } }', event('repository_dispatch', 'go'), true],
  ['{ repository_dispatch: { types: [go] } }', event('repository_dispatch', 'stop'), false],
  ['{ schedule: [{ cron: "5 * * * *" }] }', { ...event('schedule'), cron: '5 * * * *' }, true],
  ['{ schedule: [{ cron: "5 * * * *" }] }', { ...event('schedule'), cron: '6 * * * *' }, false],
  ['workflow_call', event('push'), false],
])('on: %s', (yaml, facts, expected) => {
  test(`${facts.name} ${facts.action ?? ''} ${facts.ref} ${expected ? 'starts it' : 'does not'}`, async () => {
    expect(startsOn(await on(yaml), facts)).toBe(expected);
  });
});

describe('a workflow file that GitHub refuses', () => {
  test.each([
    ['an unknown key', 'on: push\njobs: { a: { runs-on: x, setps: [] } }', "Unexpected value 'setps'"],
    [
      'an unknown context',
      'on: push\njobs: { a: { runs-on: x, if: secrets.A, steps: [{ run: a }] } }',
      'Unrecognized named-value',
    ],
    [
      'a cycle',
      'on: push\njobs: { a: { needs: b, runs-on: x, steps: [{ run: a }] }, b: { needs: a, runs-on: x, steps: [{ run: a }] } }',
      'no dependencies',
    ],
    ['a filter that is no pattern', `on: { push: { tags: ["+v"] } }\n${job}`, "'+' repeats nothing"],
    ['both filters', `on: { push: { branches: [a], branches-ignore: [b] } }\n${job}`, 'only define one of'],
    [
      '26 inputs',
      `on: { workflow_dispatch: { inputs: {${Array.from({ length: 26 }, (_, n) => `i${n}: {}`)}} } }\n${job}`,
      'up to 25',
    ],
  ])('%s', async (_, content, problem) => {
    const reading = await readWorkflow('.github/workflows/a.yml', content);
    expect(reading.ok ? 'accepted' : reading.problems.join('\n')).toContain(problem);
  });
});
