/** Whole trees by path. */
import { readTree, type TreeEntry, writeTree } from './contents.ts';
import type { ObjectStore } from './objects.ts';

export interface FileEntry {
  /** `100644`, `100755`, `120000`, `160000` */
  readonly mode: string;
  readonly sha: string;
}

/** A path's entry, also of a directory (mode `40000`); the root has the path ''. */
export function entryAt(store: ObjectStore, tree: string, path: string): FileEntry | undefined {
  let found: FileEntry = { mode: '40000', sha: tree };
  for (const name of path.split('/').filter(part => part !== '')) {
    const entry = found.mode === '40000' ? readTree(store, found.sha)?.find(each => each.name === name) : undefined;
    if (!entry) return undefined;
    found = { mode: entry.mode, sha: entry.sha };
  }
  return found;
}

/** Every file of a tree; with `directories` the trees too, each before what is in it. */
export function walk(
  store: ObjectStore,
  tree: string,
  options: { readonly directories?: boolean } = {},
): Map<string, FileEntry> {
  const found = new Map<string, FileEntry>();
  const visit = (sha: string, prefix: string) => {
    for (const { mode, name, sha: entry } of readTree(store, sha) ?? []) {
      if (mode !== '40000' || options.directories) found.set(prefix + name, { mode, sha: entry });
      if (mode === '40000') visit(entry, `${prefix}${name}/`);
    }
  };
  visit(tree, '');
  return found;
}

/** `tree` with these paths written or (null) deleted; directories that become empty vanish, as in git. */
export function changeTree(
  store: ObjectStore,
  tree: string | undefined,
  changes: ReadonlyMap<string, FileEntry | null>,
): string {
  const entries = new Map<string, TreeEntry>();
  for (const entry of tree === undefined ? [] : (readTree(store, tree) ?? [])) entries.set(entry.name, entry);
  const below = new Map<string, Map<string, FileEntry | null>>();
  for (const [path, entry] of changes) {
    const slash = path.indexOf('/');
    if (slash >= 0) {
      const directory = path.slice(0, slash);
      below.set(directory, (below.get(directory) ?? new Map()).set(path.slice(slash + 1), entry));
    } else if (entry) entries.set(path, { name: path, ...entry });
    else entries.delete(path);
  }
  for (const [name, inner] of below) {
    const present = entries.get(name);
    const sha = changeTree(store, present?.mode === '40000' ? present.sha : undefined, inner);
    if (readTree(store, sha)?.length === 0) entries.delete(name);
    else entries.set(name, { mode: '40000', name, sha });
  }
  return writeTree(store, [...entries.values()]);
}

/** Paths that were added, removed or changed. */
export function changedPaths(store: ObjectStore, base: string | undefined, head: string): readonly string[] {
  const before = base === undefined ? new Map<string, FileEntry>() : walk(store, base);
  const after = walk(store, head);
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths]
    .filter(path => before.get(path)?.sha !== after.get(path)?.sha || before.get(path)?.mode !== after.get(path)?.mode)
    .sort();
}
