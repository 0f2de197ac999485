import { expect, test } from '@jest/globals';
import { type GitHub, GitHubCallError } from '#github/client';
import { readFlow } from '#github/flow-files';

const sha = '5f3a1c0de94b7286a1f05c3be7d9284610afce37';

const flow = (service: string) => `version: 1
extends: acme/policies//release.yml@${sha}
service: ${service}
components: { api: { target: ecs, cluster: main, service: api, container: api, repository: api } }
environments: { dev: { from: main } }
`;

/** The files of two repositories by `owner/name path@ref`, and what was asked for. */
function gitHub(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const request = async (route: string, parameters: Readonly<Record<string, unknown>> = {}) => {
    if (route === 'GET /repos/{owner}/{repo}') return { default_branch: 'main' };
    const { owner = 'acme', repo = 'unifocus', path, ref } = parameters;
    const name = `${owner}/${repo} ${path}@${ref}`;
    asked.push(name);
    const text = files[name];
    if (text === undefined) throw new GitHubCallError(404, route, 'Not Found', []);
    return { type: 'file', content: Buffer.from(text).toString('base64') };
  };
  const github = { owner: 'acme', name: 'unifocus', repository: 'acme/unifocus', request } as unknown as GitHub;
  return { github, asked };
}

test('a policy that two commits of the flow file extend is fetched once', async () => {
  const { github, asked } = gitHub({
    'acme/unifocus flow.yml@main': flow('unifocus'),
    'acme/unifocus flow.yml@released': flow('unifocus-before'),
    [`acme/policies release.yml@${sha}`]: 'version: 1\nenvironments: { "*": { no-open-issues: critical } }\n',
  });
  const { flow: read } = await readFlow(github, 'flow.yml', 'released');
  expect(read.environments.dev?.gates['no-open-issues']).toEqual(['critical']);
  expect(asked.filter(name => name.startsWith('acme/policies'))).toHaveLength(1);
});

test('one that cannot be read stops whoever reads the flow', async () => {
  const { github } = gitHub({ 'acme/unifocus flow.yml@main': flow('unifocus') });
  await expect(readFlow(github, 'flow.yml', 'main')).rejects.toMatchObject({
    findings: [{ reason: 'not-found', message: expect.stringContaining('acme/policies//release.yml@5f3a1c0') }],
  });
});
