/**
 * Reads and writes git's own objects. Objects are immutable, so what was seen once is kept; loose ones are written and
 * read here because a process per object would cost more than all the rest of a call (`git fsck` in the tests holds this
 * to git's own opinion). Format: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { gitEnvironment } from './process.ts';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

export interface GitObject {
  readonly type: ObjectType;
  readonly body: Buffer;
}

export interface ObjectStore {
  /** Answers the object's sha; writing what is there already changes nothing. */
  write(type: ObjectType, body: Buffer): string;
  read(sha: string): GitObject | undefined;
  /** The one object whose sha starts so. */
  expand(prefix: string): string | undefined;
}

export function openObjects(gitDirectory: string): ObjectStore {
  const known = new Map<string, GitObject>();
  const fileOf = (sha: string) => join(gitDirectory, 'objects', sha.slice(0, 2), sha.slice(2));
  return {
    write(type, body) {
      const whole = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]);
      const sha = createHash('sha1').update(whole).digest('hex');
      if (known.has(sha)) return sha;
      const file = fileOf(sha);
      if (!existsSync(file)) {
        mkdirSync(dirname(file), { recursive: true });
        // As git does unless told otherwise: https://git-scm.com/docs/git-config (core.looseCompression)
        writeFileSync(file, deflateSync(whole, { level: 1 }), { mode: 0o444 });
      }
      known.set(sha, { type, body });
      return sha;
    },
    read(sha) {
      const seen = known.get(sha);
      if (seen) return seen;
      if (!/^[0-9a-f]{40}$/.test(sha)) return undefined;
      const file = fileOf(sha);
      const object = existsSync(file) ? unpack(inflateSync(readFileSync(file))) : readPacked(gitDirectory, sha);
      if (object) known.set(sha, object);
      return object;
    },
    expand: prefix =>
      /^[0-9a-f]{40}$/.test(prefix)
        ? prefix
        : [...known.keys()].find(sha => prefix.length >= 7 && sha.startsWith(prefix)),
  };
}

function unpack(whole: Buffer): GitObject {
  const end = whole.indexOf(0);
  const type = whole.subarray(0, end).toString().split(' ')[0];
  if (type !== 'blob' && type !== 'tree' && type !== 'commit' && type !== 'tag')
    throw new Error(`git object of type ${type}`);
  return { type, body: whole.subarray(end + 1) };
}

/** A repository that somebody packed. */
function readPacked(gitDirectory: string, sha: string): GitObject | undefined {
  const answer = execFileSync('git', ['cat-file', '--batch'], {
    cwd: gitDirectory,
    env: gitEnvironment(),
    input: `${sha}\n`,
    maxBuffer: 256 * 1024 * 1024,
  });
  const end = answer.indexOf(10);
  const [, type, size] = answer.subarray(0, end).toString().split(' ');
  if (type === 'missing' || size === undefined) return undefined;
  return unpack(Buffer.concat([Buffer.from(`${type} ${size}\0`), answer.subarray(end + 1, end + 1 + Number(size))]));
}
