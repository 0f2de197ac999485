import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/**
 * Actions of others that want the network or a Docker engine, as composite actions of a few lines. What they are handed comes as
 * variables, which `dev-path.ts` sets.
 */
const standIns: Readonly<Record<string, StandIn>> = {
  // Only for the release job: a checkout without `ref` is act's own.
  'actions/checkout': {
    inputs: ['ref', 'persist-credentials'],
    run: 'git init --quiet . && git fetch --quiet "$LAB_GIT" "$REF" && git checkout --quiet --detach FETCH_HEAD',
    env: { REF: '${{ inputs.ref }}' },
  },
  'aws-actions/configure-aws-credentials': { inputs: ['role-to-assume', 'aws-region'], run: 'true' },
  'aws-actions/amazon-ecr-login': { inputs: ['registries'], run: 'true' },
  'docker/build-push-action': {
    inputs: ['context', 'push', 'tags'],
    run: 'echo "digest=$LAB_DIGEST" >>"$GITHUB_OUTPUT"',
    outputs: { digest: '${{ steps.run.outputs.digest }}' },
  },
  'actions/upload-artifact': {
    inputs: ['name', 'path', 'if-no-files-found', 'overwrite', 'retention-days'],
    run: 'true',
  },
};

interface StandIn {
  readonly inputs: readonly string[];
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** Writes a stand-in for every action of others that the workflows use; answers act's arguments. */
export function writeStandIns(repositories: readonly string[], to: string): readonly string[] {
  return actionsOfOthers(repositories).flatMap(reference => {
    const [action = ''] = reference.split('@');
    const standIn = standIns[action];
    if (standIn === undefined)
      throw new Error(`${action} has no stand-in for act: write one in ${import.meta.filename}`);
    const folder = join(to, action);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'action.yml'), stringify(metadata(action, standIn)));
    return ['--local-repository', `${reference}=${folder}`];
  });
}

function metadata(name: string, { inputs, run, env = {}, outputs = {} }: StandIn) {
  return {
    name,
    description: 'A stand-in.',
    inputs: Object.fromEntries(inputs.map(input => [input, { description: input }])),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([output, value]) => [output, { description: output, value }]),
    ),
    runs: { using: 'composite', steps: [{ id: 'run', shell: 'bash', env, run }] },
  };
}

function actionsOfOthers(repositories: readonly string[]): readonly string[] {
  const workflows = repositories.flatMap(cwd =>
    globSync('.github/workflows/*.yml', { cwd }).map(path => readFileSync(join(cwd, path), 'utf8')),
  );
  const used = workflows.flatMap(text => [...text.matchAll(/^ +(?:- )?uses: ([\w-]+\/[\w-]+@\w+)/gm)]);
  return [...new Set(used.map(([, reference = '']) => reference))].toSorted();
}
