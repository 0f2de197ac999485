/** One bare repository: objects, refs with compare-and-swap, ancestry as git itself sees it, checkouts. */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { history, isAncestor } from './ancestry.ts';
import { type Commit, readCommit, readTag } from './contents.ts';
import { type ObjectStore, openObjects } from './objects.ts';
import { git, mustGit } from './process.ts';

export interface GitRepository {
  readonly directory: string;
  readonly objects: ObjectStore;
  /** Full ref → sha that it names. */
  readonly refs: ReadonlyMap<string, string>;
  /**
   * Moves `ref` from `before` to `after` (undefined: it does not exist before or after). Answers whether it did; git
   * refuses when the ref moved meanwhile, or where `a` and `a/b` would both be refs.
   */
  moveRef(ref: string, before: string | undefined, after: string | undefined): boolean;
  /** The commit that an object is or that a tag names in the end. */
  peel(sha: string): string | undefined;
  commit(sha: string): Commit | undefined;
  isAncestor(ancestor: string, descendant: string): boolean;
  mergeBase(a: string, b: string): string | undefined;
  /** Commits reachable from `tip` and not from `without`, newest first as `git log` lists them. */
  history(tip: string, options?: { readonly without?: string; readonly path?: string }): readonly string[];
  checkout(sha: string, target: string, depth: number | undefined): void;
}

export function createRepository(directory: string, defaultBranch: string): GitRepository {
  mkdirSync(directory, { recursive: true });
  mustGit(directory, 'init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`);
  const objects = openObjects(directory);
  const refs = new Map<string, string>();
  const remembered = new Map<string, readonly string[]>();

  const log = (...parameters: readonly string[]): readonly string[] => {
    const key = parameters.join(' ');
    const known = remembered.get(key);
    if (known) return known;
    const lines = mustGit(directory, ...parameters)
      .split('\n')
      .filter(Boolean);
    remembered.set(key, lines);
    return lines;
  };

  const repository: GitRepository = {
    directory,
    objects,
    refs,
    moveRef(ref, before, after) {
      if (refs.get(ref) !== before) return false;
      // The name is one that git has taken before, or a tag without folders where nothing is yet: a file is written in a
      // hundredth of the time that a process takes.
      // https://git-scm.com/docs/gitrepository-layout : a loose ref goes over a packed one.
      const file = join(directory, ref);
      const takes = before !== undefined || (/^refs\/tags\/[^/]+$/.test(ref) && !existsSync(file));
      if (takes && after !== undefined && objects.read(after) !== undefined) {
        writeFileSync(file, `${after}\n`);
        refs.set(ref, after);
        return true;
      }
      const none = '0'.repeat(40);
      const change = after === undefined ? ['-d', ref, before ?? none] : [ref, after, before ?? none];
      if (git(directory, 'update-ref', ...change).code !== 0) return false;
      if (after === undefined) refs.delete(ref);
      else refs.set(ref, after);
      return true;
    },
    peel(sha) {
      const object = objects.read(sha);
      if (object?.type === 'commit') return sha;
      const tag = readTag(objects, sha);
      return tag ? repository.peel(tag.object) : undefined;
    },
    commit: sha => readCommit(objects, sha),
    isAncestor: (ancestor, descendant) => isAncestor(repository.commit, ancestor, descendant),
    mergeBase(a, b) {
      const answer = git(directory, 'merge-base', a, b);
      return answer.code === 0 ? answer.output.trim() : undefined;
    },
    history: (tip, { without, path } = {}) =>
      path === undefined
        ? history(repository.commit, tip, without)
        : log('rev-list', tip, ...(without === undefined ? [] : [`^${without}`]), '--', path),
    checkout(sha, target, depth) {
      mkdirSync(target, { recursive: true });
      mustGit(target, 'init', '--quiet', '--initial-branch=main');
      const inside = join(target, '.git');
      appendFileSync(join(inside, 'objects', 'info', 'alternates'), `${join(directory, 'objects')}\n`);
      if (depth === undefined) writeFileSync(join(inside, 'packed-refs'), remoteRefs(refs));
      else writeFileSync(join(inside, 'shallow'), `${log('rev-list', `--max-count=${depth}`, sha).at(-1)}\n`);
      mustGit(target, 'checkout', '--quiet', '--force', '--detach', sha);
    },
  };
  return repository;
}

/** What a full fetch brings: branches as `origin/…`, and the tags. */
function remoteRefs(refs: ReadonlyMap<string, string>): string {
  const lines = [...refs].flatMap(([ref, sha]) => {
    if (ref.startsWith('refs/heads/')) return [`${sha} refs/remotes/origin/${ref.slice('refs/heads/'.length)}`];
    return ref.startsWith('refs/tags/') ? [`${sha} ${ref}`] : [];
  });
  return `# pack-refs with: \n${lines.sort((a, b) => (a.slice(41) < b.slice(41) ? -1 : 1)).join('\n')}\n`;
}
