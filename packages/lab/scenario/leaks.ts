import type { Stage } from './stage.ts';
import { runsOf } from './stage.ts';

/** What the lab hands out, by its form: nothing else in the lab looks like it. */
const credentials: Readonly<Record<string, RegExp>> = {
  'a token of GitHub': /gh[sp]_[0-9A-Za-z]{36}/,
  'the token that asks for OIDC tokens': /oidc-\d+-\d+-\d+/,
  'an OIDC token': /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  'a secret key of AWS': /LABKEY[A-Za-z0-9+/]{34}/,
  'a session token of AWS': /lab-session-\S+/,
};

/**
 * Where a credential, or a secret that the scenario planted, can be read by somebody: logs, summaries, annotations and outputs of
 * every run, artifacts, the journals, and whatever else was written to GitHub. Judged after every scenario.
 */
export function leaks(stage: Stage): readonly string[] {
  const { repository, scenario } = stage;
  const planted = [
    ...Object.values(repository.secrets()),
    ...Object.keys(scenario.repository.environments ?? {}).flatMap(name => Object.values(repository.secrets(name))),
  ].filter(secret => secret !== '');
  return readable(stage).flatMap(({ where, text }) => [
    ...Object.entries(credentials).flatMap(([what, form]) =>
      form.test(text) ? [`${what} can be read in ${where}`] : [],
    ),
    ...planted.filter(secret => text.includes(secret)).map(() => `a secret of the repository can be read in ${where}`),
  ]);
}

interface Readable {
  readonly where: string;
  readonly text: string;
}

function readable(stage: Stage): readonly Readable[] {
  const { lab, repository } = stage;
  const runs = runsOf(stage).map(run => ({ where: `run ${run.number} “${run.title}”`, text: JSON.stringify(run) }));
  const artifacts = runsOf(stage).flatMap(run =>
    lab.runner
      .artifacts(run.id)
      .flatMap(({ name, files }) =>
        [...files].map(([path, content]) => ({ where: `artifact ${name}, ${path}`, text: content.toString('utf8') })),
      ),
  );
  const branches = [...repository.refs().keys()].filter(ref => ref.startsWith('refs/heads/release-journal/'));
  const journals = branches.flatMap(ref =>
    repository
      .listFiles(ref)
      .map(path => ({ where: `${ref} ${path}`, text: repository.readFile(ref, path)?.toString('utf8') ?? '' })),
  );
  // Deployments, issues, checks: what runs wrote with their tokens.
  const written = lab.github.world.calls
    .filter(call => call.runId !== undefined && !call.call.startsWith('GET'))
    .map(call => ({ where: call.call, text: JSON.stringify(call.input) ?? '' }));
  return [...runs, ...artifacts, ...journals, ...written];
}
