import { resolve } from 'node:path';
import type { KnownAction } from './known-action.ts';

/** actions/checkout. Source: its action.yml and README (v4 to v6). There is no remote, so no credentials to persist. */
export const checkout: KnownAction = {
  inputs: {
    repository: '',
    ref: '',
    token: '',
    'ssh-key': '',
    'ssh-known-hosts': '',
    'ssh-strict': 'true',
    'ssh-user': 'git',
    'persist-credentials': 'true',
    path: '',
    clean: 'true',
    filter: '',
    'sparse-checkout': '',
    'sparse-checkout-cone-mode': 'true',
    'fetch-depth': '1',
    'fetch-tags': 'false',
    'show-progress': 'true',
    lfs: 'false',
    submodules: 'false',
    'set-safe-directory': 'true',
    'github-server-url': '',
  },
  unmodelled: ['ssh-key', 'filter', 'sparse-checkout', 'lfs', 'submodules', 'github-server-url'],
  run({ inputs, github, repository, ref, sha, workspace, log, setOutput }) {
    const name = inputs.repository || repository.fullName;
    if (!github.hasRepository(name))
      throw new Error('Not Found - https://docs.github.com/rest/repos/repos#get-a-repository');
    const source = github.repository(name);
    const own = name.toLowerCase() === repository.fullName.toLowerCase();
    const wanted = inputs.ref || (own ? sha : source.defaultBranch);
    const commit = source.resolve(wanted);
    if (!commit) throw new Error(`A branch or tag with the name '${wanted}' could not be found`);
    const directory = resolve(workspace, inputs.path || '.');
    if (!directory.startsWith(workspace)) throw new Error(`Repository path '${directory}' is not under '${workspace}'`);
    const depth = Number(inputs['fetch-depth']);
    source.checkout(commit, directory, depth > 0 ? { depth } : {});
    log(`Syncing repository: ${name}`);
    log(`HEAD is now at ${commit.slice(0, 7)}`);
    setOutput('ref', inputs.ref || (own ? ref : source.defaultBranch));
    setOutput('commit', commit);
  },
};
