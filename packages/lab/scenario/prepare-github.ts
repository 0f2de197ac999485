import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { GitHubWorld, Repository } from '../github/ports.ts';
import type { World } from './schema.ts';

/** Makes the GitHub of a scenario: the people, the suite's repository at `v1`, and the repository that is released. */
export function prepareGitHub(world: GitHubWorld, scenario: World, folder: string, suite: string): Repository {
  const { people, repository } = scenario;
  for (const login of people) world.addPerson({ login });
  world.addPerson({ login: 'suite-author' });
  publishSuite(world, suite);

  const [owner = ''] = repository.name.split('/');
  for (const [slug, members] of Object.entries(repository.teams ?? {})) world.addTeam(owner, slug, members);

  const [first = 'suite-author'] = people;
  const released = world.createRepository({
    fullName: repository.name,
    environments: Object.entries(repository.environments ?? {}).map(([name, spec]) => ({
      name,
      ...(spec.reviewers === undefined ? {} : { reviewers: spec.reviewers }),
      ...(spec['prevent-self-review'] === undefined ? {} : { preventSelfReview: spec['prevent-self-review'] }),
      ...(spec.refs === undefined ? {} : { refs: refsOf(spec.refs) }),
    })),
    rulesets: (repository.rulesets ?? []).map(({ bypass = [], ...ruleset }) => ({
      target: targetOf(ruleset),
      ...ruleset,
      bypass: bypass.map(({ actor, mode }) => ({ actor: actor.replace(/^@/, `@${owner}/`), mode })),
    })),
    protections: repository.protections ?? [],
    immutableReleases: repository['immutable-releases'] ?? false,
    collaborators: Object.fromEntries(
      people.map(login => [login, repository.administrators?.includes(login) === true ? 'admin' : 'write']),
    ),
    ...(repository.secrets === undefined ? {} : { secrets: repository.secrets }),
    ...(repository.variables === undefined ? {} : { variables: repository.variables }),
  });
  released.commit({
    branch: 'main',
    message: 'Start\n\n[skip ci]',
    author: first,
    executable: repository.executable ?? [],
    files: replaced(
      { ...(repository.files === undefined ? {} : filesIn(resolve(folder, repository.files))), ...inline(repository) },
      repository.replace ?? {},
    ),
  });
  return released;
}

function targetOf({ include }: { readonly include: readonly string[] }): 'branch' | 'tag' {
  return include.some(pattern => pattern.startsWith('refs/tags/')) ? 'tag' : 'branch';
}

function refsOf({
  branches,
  tags,
}: {
  branches?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
}) {
  return { ...(branches === undefined ? {} : { branches }), ...(tags === undefined ? {} : { tags }) };
}

/** `org/release-actions`: the committed reusable workflows, action folders and bundles, and nothing else. */
function publishSuite(world: GitHubWorld, suite: string): void {
  const actions = readdirSync(suite, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && readdirSync(join(suite, entry.name)).includes('action.yml'))
    .map(entry => entry.name);
  const files = Object.fromEntries(
    ['dist', ...actions].flatMap(folder =>
      Object.entries(filesIn(join(suite, folder))).map(([file, content]) => [`${folder}/${file}`, content] as const),
    ),
  );
  const workflows = '.github/workflows';
  for (const name of readdirSync(join(suite, workflows))) {
    const content = readFileSync(join(suite, workflows, name));
    if (content.includes('workflow_call:')) files[`${workflows}/${name}`] = content;
  }
  const repository = world.createRepository({ fullName: 'org/release-actions' });
  repository.commit({ branch: 'main', message: 'Release v1', author: 'suite-author', files });
  repository.tag('v1', { at: 'main', tagger: 'suite-author' });
}

function filesIn(folder: string): Record<string, Buffer> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [relative(folder, path).split(sep).join('/'), readFileSync(path)]),
  );
}

function inline({ 'files-inline': files = {} }: World['repository']): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
}

function replaced(
  files: Record<string, Buffer>,
  replacements: Readonly<Record<string, Readonly<Record<string, string>>>>,
) {
  const result: Record<string, Buffer> = { ...files };
  for (const [path, texts] of Object.entries(replacements)) {
    let text = result[path]?.toString('utf8');
    if (text === undefined) throw new Error(`the repository has no file ${path} to replace text in`);
    for (const [from, to] of Object.entries(texts)) {
      if (!text.includes(from)) throw new Error(`${path} does not contain “${from}”`);
      text = text.replaceAll(from, to);
    }
    result[path] = Buffer.from(text);
  }
  return result;
}
