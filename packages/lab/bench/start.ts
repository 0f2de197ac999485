import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type TargetName, targetNames } from '#core/flow/targets/registry';
import type { Measurement } from './marks.ts';
import { prepareStart, type StartPath } from './start-paths.ts';
import { median, quantile } from './statistics.ts';
import { table } from './table.ts';

const runs = 21;

/** The marks of the ECS path. Another target may take longer by what it reads besides: its client, and the component as YAML. */
const most = { milliseconds: 100, megabytes: 1.8 } as const;

/** What bare Node takes where the mark in milliseconds was set; a machine that is slower at that is slower at everything. */
const bareNode = 22;

/** One start, in ms: to its first outward step, and the processor time until then (NaN where the system does not tell). */
interface Start {
  readonly wall: number;
  readonly cpu: number;
}

/** `bench start`: from the start of the process to its first AWS call, or its first tool, on the path of every target; and what it reads to get there. */
export async function benchStart(suite: string): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, '');
  try {
    const paths = new Map(targetNames.map(target => [target, prepareStart(suite, target, join(folder, target))]));
    const bare: number[] = [];
    const starts = new Map<TargetName, Start[]>(targetNames.map(target => [target, []]));
    // Interleaved, so that a slow minute of the machine is in all of them.
    for (let run = 0; run < runs; run += 1) {
      bare.push(await untilExit(empty));
      for (const [target, path] of paths) starts.get(target)?.push(await untilFirstStep(suite, path));
    }
    const files = new Map<TargetName, readonly LoadedFile[]>();
    for (const [target, path] of paths)
      files.set(target, await filesLoaded(suite, path, join(folder, `${target}.txt`)));
    return measurementOf(bare, starts, files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measurementOf(
  bare: readonly number[],
  starts: ReadonlyMap<TargetName, readonly Start[]>,
  files: ReadonlyMap<TargetName, readonly LoadedFile[]>,
): Measurement {
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const row = (name: string, walls: readonly number[], cpu: number, ...bytes: readonly number[]) =>
    [
      name,
      ...[...shares.map(share => quantile(walls, share)), cpu, ...bytes.map(each => each / 1000)].map(Math.round),
    ] as const;
  const ofEcs = new Set((files.get('ecs') ?? []).map(({ file }) => file));
  const figures = [...starts].map(([target, each]) => {
    const read = files.get(target) ?? [];
    const own = bytesOf(read.filter(({ file }) => !ofEcs.has(file)));
    const walls = each.map(({ wall }) => wall);
    return {
      target,
      walls,
      over: median(walls) - median(bare),
      cpu: median(each.map(({ cpu }) => cpu)),
      bytes: bytesOf(read),
      own,
    };
  });
  const ecs = figures.find(({ target }) => target === 'ecs');
  const millisecondsPerByte = (ecs?.over ?? Number.NaN) / (ecs?.bytes ?? Number.NaN);
  const pace = Math.max(1, median(bare) / bareNode);
  const rows = figures.map(({ target, walls, cpu, bytes, own }) => row(target, walls, cpu, bytes, own));
  const head = ['ms', 'min', 'p25', 'median', 'p75', 'max', 'cpu', 'kB', 'own kB'];
  console.log(table(head, [row('bare Node', bare, Number.NaN, 0, 0), ...rows]));
  return {
    name: 'start',
    marks: figures.flatMap(({ target, over, bytes, own }) => [
      {
        what: `${target}, to the first ${target === 'command' ? 'tool' : 'AWS call'}, over bare Node`,
        found: over,
        atMost: most.milliseconds * pace + own * millisecondsPerByte,
        unit: 'ms',
      },
      { what: `${target}, JavaScript read`, found: bytes / 1e6, atMost: most.megabytes, unit: 'MB' },
    ]),
    details: { bare, starts: Object.fromEntries(starts), files: Object.fromEntries(files) },
  };
}

async function untilExit(program: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [program], { stdio: 'ignore', env: {} });
  await new Promise(resolve => child.on('exit', resolve));
  return performance.now() - started;
}

/** Starts `deploy` and waits for its first step outward; the process is not needed after it. */
async function untilFirstStep(
  suite: string,
  path: StartPath,
  env: Readonly<Record<string, string>> = {},
): Promise<Start> {
  const step = await path.firstStep();
  const started = performance.now();
  const child = spawn(process.execPath, [join(suite, 'dist/deploy/index.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...path.environment, ...step.environment, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>(resolve => child.on('exit', () => resolve()));
  try {
    const gone = ended.then(() => Promise.reject(new Error(`deploy ended before its first step:\n${output}`)));
    const arrived = await Promise.race([step.taken, gone]);
    return { wall: arrived - started, cpu: processorTime(child.pid) };
  } finally {
    child.kill('SIGKILL');
    await ended;
    await step.close();
  }
}

/** In ms, of user and system together. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html : 14 and 15, in ticks of 10 ms. */
function processorTime(pid: number | undefined): number {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return ((user ?? Number.NaN) + (system ?? Number.NaN)) * 10;
  } catch {
    return Number.NaN;
  }
}

interface LoadedFile {
  readonly file: string;
  readonly bytes: number;
}

function bytesOf(files: readonly LoadedFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

async function filesLoaded(suite: string, path: StartPath, list: string): Promise<readonly LoadedFile[]> {
  const preload = pathToFileURL(join(import.meta.dirname, 'loaded-files.ts')).href;
  await untilFirstStep(suite, path, { NODE_OPTIONS: `--import=${preload}`, LOADED_FILES: list });
  const files = new Set(readFileSync(list, 'utf8').split('\n'));
  return [...files]
    .filter(file => file.startsWith(join(suite, 'dist')))
    .map(file => ({ file: relative(suite, file), bytes: statSync(file).size }));
}
