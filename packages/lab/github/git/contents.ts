/** What commits, tags and trees say, as text of git's objects and back. */
import type { ObjectStore } from './objects.ts';

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Epoch milliseconds, whole seconds: git keeps no more. */
  readonly time: number;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface Tag {
  readonly sha: string;
  readonly object: string;
  readonly type: string;
  readonly tag: string;
  readonly tagger: Signature;
  readonly message: string;
}

export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly sha: string;
}

export function writeCommit(store: ObjectStore, commit: Omit<Commit, 'sha'>): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map(parent => `parent ${parent}`),
    `author ${signed(commit.author)}`,
    `committer ${signed(commit.committer)}`,
  ];
  return store.write('commit', Buffer.from(`${lines.join('\n')}\n\n${commit.message}`));
}

export function readCommit(store: ObjectStore, sha: string): Commit | undefined {
  const object = store.read(sha);
  if (object?.type !== 'commit') return undefined;
  const { headers, message } = split(object.body);
  return {
    sha,
    tree: one(headers, 'tree'),
    parents: headers.filter(([key]) => key === 'parent').map(([, value]) => value),
    author: readSignature(one(headers, 'author')),
    committer: readSignature(one(headers, 'committer')),
    message,
  };
}

/** A signature stands behind the message: https://git-scm.com/docs/gitformat-signature */
export function writeTag(store: ObjectStore, tag: Omit<Tag, 'sha'>, signature = ''): string {
  const head = `object ${tag.object}\ntype ${tag.type}\ntag ${tag.tag}\ntagger ${signed(tag.tagger)}`;
  return store.write('tag', Buffer.from(`${head}\n\n${tag.message}${signature}`));
}

export function readTag(store: ObjectStore, sha: string): Tag | undefined {
  const object = store.read(sha);
  if (object?.type !== 'tag') return undefined;
  const { headers, message } = split(object.body);
  return {
    sha,
    object: one(headers, 'object'),
    type: one(headers, 'type'),
    tag: one(headers, 'tag'),
    tagger: readSignature(one(headers, 'tagger')),
    message,
  };
}

/** Entries in git's order: a directory sorts as if its name ended in a slash. */
export function writeTree(store: ObjectStore, entries: readonly TreeEntry[]): string {
  const key = (entry: TreeEntry) => Buffer.from(entry.mode === '40000' ? `${entry.name}/` : entry.name);
  const sorted = [...entries].sort((a, b) => Buffer.compare(key(a), key(b)));
  const parts = sorted.flatMap(({ mode, name, sha }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, 'hex')]);
  return store.write('tree', Buffer.concat(parts));
}

export function readTree(store: ObjectStore, sha: string): readonly TreeEntry[] | undefined {
  const object = store.read(sha);
  if (object?.type !== 'tree') return undefined;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < object.body.length; ) {
    const end = object.body.indexOf(0, at);
    const [mode = '', ...name] = object.body.subarray(at, end).toString().split(' ');
    entries.push({ mode, name: name.join(' '), sha: object.body.subarray(end + 1, end + 21).toString('hex') });
    at = end + 21;
  }
  return entries;
}

function signed({ name, email, time }: Signature): string {
  return `${name} <${email}> ${Math.floor(time / 1000)} +0000`;
}

function readSignature(line: string): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line) ?? [];
  return { name, email, time: Number(seconds) * 1000 };
}

function split(body: Buffer): { headers: readonly (readonly [string, string])[]; message: string } {
  const text = body.toString();
  const end = text.indexOf('\n\n');
  const headers = text
    .slice(0, end)
    .split('\n')
    .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const);
  return { headers, message: text.slice(end + 2) };
}

function one(headers: readonly (readonly [string, string])[], key: string): string {
  const found = headers.find(([name]) => name === key);
  if (!found) throw new Error(`git object without ${key}`);
  return found[1];
}
