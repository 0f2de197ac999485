import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, type Octokit, openLab, type TestLab } from './world.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await openLab();
  lab.repository.commit({
    branch: 'release-journal/prod',
    message: 'Journal',
    author: 'alice',
    files: { 'state.json': '{}' },
  });
  lab.clock.advance(2_000);
  lab.events.length = 0;
});
afterAll(async () => {
  await lab.close();
  expect(lab.world.violations).toEqual([]);
});

const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) {
    commit { oid message author { name email user { login } } signature { isValid wasSignedByGitHub } }
    ref { name prefix target { oid } }
  }
}`;

function append(octokit: Octokit, expectedHeadOid: string, files: Record<string, string>, more: object = {}) {
  const additions = Object.entries(files).map(([path, text]) => ({
    path,
    contents: Buffer.from(text).toString('base64'),
  }));
  const branch = { repositoryNameWithOwner: 'unifocus/api', branchName: 'release-journal/prod' };
  const message = { headline: 'Lock prod', body: 'run 1\n\n[skip ci]' };
  return octokit.graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(mutation, {
    input: { branch, message, expectedHeadOid, fileChanges: { additions }, ...more },
  });
}

const head = () => lab.repository.resolve('release-journal/prod') ?? '';

describe('createCommitOnBranch', () => {
  test('appends one commit, authored by the token’s owner and signed by GitHub', async () => {
    const before = head();
    const answer = await append(lab.job({ contents: 'write' }), before, { 'events/1.json': '{"kind":"locked"}' });
    expect(answer).toMatchObject({
      createCommitOnBranch: {
        commit: {
          oid: head(),
          message: 'Lock prod\n\nrun 1\n\n[skip ci]',
          author: { name: 'github-actions[bot]' },
          signature: { isValid: true, wasSignedByGitHub: true },
        },
        ref: { name: 'release-journal/prod', prefix: 'refs/heads/', target: { oid: head() } },
      },
    });
    const { data } = await lab.job({ contents: 'read' }).rest.git.getCommit({ ...at, commit_sha: head() });
    expect(data.parents.map(parent => parent.sha)).toEqual([before]);
    expect(data.verification.verified).toBe(true);
    expect(data.committer.name).toBe('GitHub');
  });

  test('of two who saw the same head, one is told that it is stale, and nothing of theirs is written', async () => {
    const seen = head();
    const answers = await Promise.allSettled([
      append(lab.job({ contents: 'write' }), seen, { lock: 'first' }),
      append(lab.job({ contents: 'write' }), seen, { lock: 'second' }),
    ]);
    expect(answers.map(answer => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = answers.find(answer => answer.status === 'rejected');
    expect(lost?.reason).toMatchObject({
      errors: [
        {
          type: 'STALE_DATA',
          path: ['createCommitOnBranch'],
          message: `Expected branch to point to "${seen}" but it did not.  Pull and try again.`,
        },
      ],
    });
    const { data } = await lab
      .job({ contents: 'read' })
      .rest.repos.compareCommitsWithBasehead({ ...at, basehead: `${seen}...${head()}` });
    expect(data).toMatchObject({ status: 'ahead', ahead_by: 1, total_commits: 1 });
  });

  test('does not make the branch', async () => {
    const branch = { repositoryNameWithOwner: 'unifocus/api', branchName: 'release-journal/new' };
    await expect(append(lab.job({ contents: 'write' }), head(), {}, { branch })).rejects.toMatchObject({
      errors: [{ type: 'NOT_FOUND', message: 'Branch not found' }],
    });
  });

  test('refuses the deletion of what is not there, and contents that are not base64', async () => {
    const octokit = lab.job({ contents: 'write' });
    const refuse = (fileChanges: object) =>
      expect(append(octokit, head(), {}, { fileChanges })).rejects.toHaveProperty('errors');
    await refuse({ deletions: [{ path: 'nothing' }] });
    await refuse({ additions: [{ path: 'a', contents: 'not base64!' }] });
    await refuse({ additions: [{ path: '../a', contents: '' }] });
  });

  test('needs contents: write', async () => {
    await expect(append(lab.job({ contents: 'read' }), head(), { a: 'b' })).rejects.toMatchObject({
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    });
  });

  test('is stopped by a ruleset that restricts updates', async () => {
    lab.repository.setRuleset({
      name: 'frozen',
      target: 'branch',
      include: ['refs/heads/release-journal/*'],
      rules: ['update'],
    });
    await expect(append(lab.job({ contents: 'write' }), head(), { a: 'b' })).rejects.toThrow(
      'Repository rule violations',
    );
    lab.repository.setRuleset({
      name: 'frozen',
      target: 'branch',
      enforcement: 'disabled',
      include: ['~ALL'],
      rules: ['update'],
    });
  });

  test('starts nothing: neither by the job’s token nor, for its [skip ci], by a person’s', async () => {
    await append(lab.person('alice'), head(), { person: 'alice' });
    lab.clock.advance(60_000);
    expect(lab.events).toEqual([]);
  });
});

describe('the journal is read', () => {
  const query = `query ($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) {
      ref(qualifiedName: "refs/heads/release-journal/prod") {
        target { ... on Commit { oid history(first: 2) { totalCount nodes { messageHeadline } pageInfo { hasNextPage } } file(path: "state.json") { object { ... on Blob { text } } } } }
      }
      missing: ref(qualifiedName: "refs/heads/nowhere") { name }
      state: object(expression: "release-journal/prod:state.json") { ... on Blob { text byteSize isBinary } }
    }
  }`;

  test('head, history and files in one query', async () => {
    const answer = await lab.job({ contents: 'read' }).graphql(query, { owner: 'unifocus', name: 'api' });
    expect(answer).toMatchObject({
      repository: {
        ref: {
          target: {
            oid: head(),
            history: { nodes: [{ messageHeadline: 'Lock prod' }, {}], pageInfo: { hasNextPage: true } },
            file: { object: { text: '{}' } },
          },
        },
        missing: null,
        state: { text: '{}', byteSize: 2, isBinary: false },
      },
    });
  });

  test('a list without first or last is refused', async () => {
    const text = '{ repository(owner: "unifocus", name: "api") { refs(refPrefix: "refs/heads/") { totalCount } } }';
    await expect(lab.job({ contents: 'read' }).graphql(text)).rejects.toMatchObject({
      errors: [{ type: 'MISSING_PAGINATION_BOUNDARIES' }],
    });
  });

  test('a repository that is not there is NOT_FOUND', async () => {
    await expect(lab.job({}).graphql(query, { owner: 'unifocus', name: 'nowhere' })).rejects.toMatchObject({
      errors: [{ type: 'NOT_FOUND' }],
    });
  });

  test('a field that does not exist is refused by the schema, one that is not modelled by the lab, by name', async () => {
    const octokit = lab.job({ contents: 'read' });
    await expect(octokit.graphql('{ repository(owner: "unifocus", name: "api") { nmae } }')).rejects.toThrow(
      'Cannot query field "nmae"',
    );
    expect(lab.world.unmodelled).toEqual([]);
    await expect(
      octokit.graphql('{ repository(owner: "unifocus", name: "api") { stargazerCount } }'),
    ).rejects.toMatchObject({ status: 501 });
    expect(lab.world.unmodelled).toEqual(["the lab does not model GraphQL's Repository.stargazerCount"]);
  });
});

test('the Contents API signs for any writer: a signature does not name the bot', async () => {
  const { repos } = lab.person('bob').rest;
  const branch = 'release-journal/prod';
  const { data: file } = await repos.getContent({ ...at, path: 'state.json', ref: branch });
  const sha = Array.isArray(file) ? '' : file.sha;
  const write = (more: object) =>
    repos.createOrUpdateFileContents({
      ...at,
      branch,
      path: 'state.json',
      message: 'Mine [skip ci]',
      content: 'e30K',
      ...more,
    });
  await expect(write({})).rejects.toMatchObject({ status: 422 });
  await expect(write({ sha: '0'.repeat(40) })).rejects.toMatchObject({ status: 409 });
  const { data } = await write({ sha });
  expect(data.commit).toMatchObject({ verification: { verified: true }, author: { name: 'bob' } });
  lab.repository.commit({ branch, message: 'Pushed [skip ci]', author: 'bob', files: { 'state.json': '{}' } });
  const { data: pushed } = await repos.getCommit({ ...at, ref: branch });
  expect(pushed.commit.verification).toMatchObject({ verified: false, reason: 'unsigned' });
});
