import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NotModelled } from '../fault.ts';
import type { ActionPlace, JobSession } from '../job/session.ts';
import type { KnownAction } from '../known-actions/known-action.ts';
import { type ActionDefinition, readAction } from '../language/action.ts';

export type ResolvedAction =
  | { readonly kind: 'known'; readonly action: KnownAction }
  | { readonly kind: 'files'; readonly definition: ActionDefinition; readonly place: ActionPlace };

/** Finds what `uses` of a step names. Throws the runner's words when there is nothing. */
export function resolveAction(session: JobSession, uses: string): ResolvedAction {
  if (uses.startsWith('./') || uses.startsWith('.\\')) {
    const folder = resolve(session.folders.workspace, uses);
    return { kind: 'files', definition: load(folder, uses, true), place: { folder } };
  }
  if (uses.startsWith('docker://')) throw new NotModelled('container actions');
  if (uses.startsWith('$/')) {
    const { repository, sha } = session.source;
    return fromRepository(session, repository, sha, uses.slice(2), sha);
  }
  const match = /^(?<repository>[^/@]+\/[^/@]+)(?:\/(?<path>[^@]+))?@(?<ref>.+)$/.exec(uses);
  const { repository, path = '', ref } = match?.groups ?? {};
  if (!repository || !ref) throw new Error(`Expected format {org}/{repo}[/path]@ref. Actual '${uses}'`);
  const known =
    session.ports.knownActions[
      [repository, path]
        .filter(part => part !== '')
        .join('/')
        .toLowerCase()
    ];
  if (known) return { kind: 'known', action: known };
  if (!session.ports.github.hasRepository(repository)) {
    throw new Error(`Unable to resolve action ${uses}, repository not found`);
  }
  const sha = session.ports.github.repository(repository).resolve(ref);
  if (!sha) throw new Error(`Unable to resolve action \`${uses}\`, unable to find version \`${ref}\``);
  return fromRepository(session, repository, sha, path, ref);
}

/** Whether the runner fetches it before the first step; the others are read from the workspace when their step begins. */
export function isFetchedFirst(uses: string): boolean {
  return !uses.startsWith('./') && !uses.startsWith('.\\') && !uses.startsWith('docker://');
}

function fromRepository(
  session: JobSession,
  repository: string,
  sha: string,
  path: string,
  ref: string,
): ResolvedAction {
  // One copy for all jobs: an action does not write into its own folder.
  const root = join(session.ports.directory, 'actions', repository, sha);
  if (!existsSync(root)) session.ports.github.repository(repository).checkout(sha, root, { depth: 1 });
  const folder = join(root, path);
  return {
    kind: 'files',
    definition: load(folder, [repository, path].filter(part => part !== '').join('/'), false),
    place: { folder, repository, ref },
  };
}

/** `name` stands for the folder in what is said of its file. */
function load(folder: string, name: string, local: boolean): ActionDefinition {
  const file = ['action.yml', 'action.yaml'].find(one => existsSync(join(folder, one)));
  if (!file) {
    const hint = local ? ' Did you forget to run actions/checkout before running your local action?' : '';
    throw new Error(`Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'.${hint}`);
  }
  return readAction(`${name}/${file}`, readFileSync(join(folder, file), 'utf8'));
}
