import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outputs } from './program.ts';
import { notModelled, Refusal } from './refusal.ts';

/** A resource as the state knows it. */
export interface Held {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the cloud has answered; a refresh reads it again. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly created: string;
  readonly modified: string;
}

export interface StackState {
  /** The Stack resource itself; absent before the first update. */
  readonly root?: { readonly created: string; readonly modified: string; readonly outputs: Outputs };
  readonly provider?: string;
  readonly resources: readonly Held[];
  /** How often something was made here: ids are counted. */
  readonly made: number;
}

export const emptyState: StackState = { resources: [], made: 0 };

/** The files of one stack in a backend of files, laid out as `pulumi login file://…` does. */
export interface Backend {
  readonly exists: () => boolean;
  readonly read: () => StackState;
  readonly write: (state: StackState) => void;
  readonly history: () => readonly unknown[];
  readonly addHistory: (entry: unknown) => void;
  /** Takes the lock; throws the refusal that the CLI prints when somebody has it. Returns how to release it. */
  readonly lock: () => () => void;
  /** Removes every lock: `pulumi cancel`. Answers how many there were. */
  readonly unlock: () => number;
  /** What is really there, by URN: people change it behind Pulumi’s back. */
  readonly cloud: () => Record<string, Readonly<Record<string, unknown>>>;
  readonly writeCloud: (cloud: Record<string, Readonly<Record<string, unknown>>>) => void;
}

export function openBackend(project: string, stack: string): Backend {
  const root = backendFolder();
  const file = join(root, '.pulumi/stacks', project, `${stack}.json`);
  const history = join(root, '.pulumi/history', project, `${stack}.json`);
  const cloud = join(root, 'cloud', project, `${stack}.json`);
  const locks = join(root, '.pulumi/locks/organization', project, stack);
  return {
    exists: () => existsSync(file),
    read: () => readJson(file, emptyState),
    write: state => writeJson(file, state),
    history: () => readJson<readonly unknown[]>(history, []),
    addHistory: entry => writeJson(history, [entry, ...readJson<readonly unknown[]>(history, [])]),
    lock: () => takeLock(root, locks),
    unlock: () => {
      const held = locksIn(locks).length;
      rmSync(locks, { recursive: true, force: true });
      return held;
    },
    cloud: () => readJson(cloud, {}),
    writeCloud: content => writeJson(cloud, content),
  };
}

function backendFolder(): string {
  const url = process.env.PULUMI_BACKEND_URL;
  if (url === undefined) {
    throw new Refusal('PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions', 3);
  }
  if (!url.startsWith('file://')) throw notModelled(`the backend ${url}`);
  return fileURLToPath(url);
}

interface LockFile {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  readonly timestamp: string;
}

/** Two that take it at the same time both see the other’s file and both refuse: as the backend of files does. */
function takeLock(root: string, folder: string): () => void {
  const own = join(folder, `${randomUUID()}.json`);
  const lock: LockFile = {
    pid: process.pid,
    username: userName(),
    hostname: hostname(),
    timestamp: seconds(new Date()),
  };
  writeJson(own, lock);
  const others = locksIn(folder).filter(path => path !== own);
  if (others.length === 0) return () => rmSync(own, { force: true });
  rmSync(own, { force: true });
  const lines = others.map(path => {
    const { username, hostname: host, pid, timestamp } = readJson<LockFile>(path, lock);
    return `  file://${path.replace(root, '/state')}?no_tmp_dir=true: created by ${username}@${host} (pid ${pid}) at ${timestamp}`;
  });
  throw new Refusal(
    [
      `the stack is currently locked by ${others.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.`,
      ...lines,
    ].join('\n'),
  );
}

function userName(): string {
  return process.env.USER ?? userInfo().username;
}

function locksIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : [];
}

/** `2026-11-21T05:50:36Z` */
export function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function readJson<T>(path: string, otherwise: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise;
}

function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value, undefined, 4));
}
