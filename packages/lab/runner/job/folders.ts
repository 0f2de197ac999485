import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of one job's machine, laid out as on a hosted runner. */
export interface Folders {
  readonly root: string;
  readonly workspace: string;
  /** The folder above the workspace: RUNNER_WORKSPACE. */
  readonly pipeline: string;
  readonly temporary: string;
  readonly home: string;
  readonly tools: string;
  /** The event's payload. */
  readonly event: string;
}

export function makeFolders(root: string, repository: string, payload: unknown): Folders {
  const name = repository.split('/')[1] ?? repository;
  const pipeline = join(root, 'work', name);
  const folders: Folders = {
    root,
    pipeline,
    workspace: join(pipeline, name),
    temporary: join(root, 'work', '_temp'),
    home: join(root, 'home'),
    tools: join(root, 'hostedtoolcache'),
    event: join(root, 'work', '_temp', '_github_workflow', 'event.json'),
  };
  for (const folder of [folders.workspace, join(folders.event, '..'), folders.home, folders.tools]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(folders.event, JSON.stringify(payload, undefined, 2));
  return folders;
}

/** What people see instead of this machine's folders: the paths of a hosted runner, the same in every run. */
export function aliasesOf(folders: Folders, directory: string): Readonly<Record<string, string>> {
  return {
    [folders.home]: '/home/runner',
    [folders.root]: '/home/runner',
    [join(directory, 'actions')]: '/home/runner/work/_actions',
  };
}

export function removeFolders(folders: Folders): void {
  rmSync(folders.root, { recursive: true, force: true, maxRetries: 3 });
}
