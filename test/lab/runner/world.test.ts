import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createLabClock } from '#lab/clock/lab-clock';
import { createGitHub } from '#lab/github/github';
import { standardActions } from '#lab/runner/known-actions/standard';
import { createRunner } from '#lab/runner/runner';

const release = `on: { push: { tags: ["v*"] } }
permissions: { contents: read }
jobs:
  release:
    runs-on: ubuntu-latest
    environment: prod
    steps:
      - uses: actions/checkout@v6
      - run: |
          test "$(git rev-parse HEAD)" = "$GITHUB_SHA"
          cat version.txt
`;

test("the lab's own GitHub: a tag starts a run, a reviewer lets it in, REST shows what became of it", async () => {
  const clock = createLabClock({ start: Date.UTC(2026, 10, 2, 9), mode: 'jump' });
  const { env } = await clock.listen();
  const directory = mkdtempSync(join(tmpdir(), 'runner-world-'));
  const github = createGitHub({ clock, directory: join(directory, 'git') });
  const { world } = github;
  const server = await github.listen();
  for (const login of ['alice', 'lead']) world.addPerson({ login });
  const repository = world.createRepository({
    fullName: 'acme/shop',
    collaborators: { alice: 'write', lead: 'write' },
    environments: [{ name: 'prod', reviewers: ['lead'] }],
  });
  const runner = createRunner({
    clock,
    github: world,
    directory: join(directory, 'runner'),
    addresses: { server: 'http://127.0.0.1', api: server.apiUrl, graphql: server.graphqlUrl },
    knownActions: standardActions,
    children: { env, follow: clock.follow },
  });
  const leave = runner.follow(world);
  const settle = async () => {
    await clock.sleep(5_000);
    await runner.waitForIdle();
  };
  try {
    repository.commit({
      branch: 'main',
      message: 'Release it',
      author: 'alice',
      files: { '.github/workflows/release.yml': release, 'version.txt': 'one point two\n' },
    });
    repository.tag('v1.2.0', { at: 'main', tagger: 'alice' });
    await settle();
    expect(runner.faults).toEqual([]);
    expect(runner.runs.map(run => [run.event, run.ref, run.status])).toEqual([['push', 'refs/tags/v1.2.0', 'waiting']]);

    const { id } = runner.runs[0] ?? { id: 0 };
    expect(repository.pendingApprovals(id)).toMatchObject([{ environment: 'prod', reviewers: ['lead'] }]);
    repository.approve('lead', id, ['prod'], 'go');
    await settle();
    expect(runner.faults).toEqual([]);
    expect(repository.run(id)).toMatchObject({ status: 'completed', conclusion: 'success', title: 'Release it' });

    const token = world.issueUserToken('alice');
    const answer = await fetch(`${server.apiUrl}/repos/acme/shop/actions/runs/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await answer.json()).toMatchObject({ conclusion: 'success', path: '.github/workflows/release.yml' });
    expect(repository.jobs(id)[0]?.steps.map(step => step.conclusion)).toEqual(Array(4).fill('success'));
  } finally {
    leave();
    await server.close();
    await clock.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
