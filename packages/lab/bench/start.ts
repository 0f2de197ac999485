import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '../assembly/servers.ts';
import { deployEnvironment } from './inputs.ts';
import type { Measurement } from './marks.ts';
import { median, quantile } from './statistics.ts';
import { table } from './table.ts';

const runs = 21;

/** `bench start`: from the start of the process to the arrival of its first AWS call, and what it reads to get there. */
export async function benchStart(suite: string): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, '');
  try {
    const times: { readonly bare: number[]; readonly deploy: number[] } = { bare: [], deploy: [] };
    // Interleaved, so that a slow minute of the machine is in both.
    for (let run = 0; run < runs; run += 1) {
      times.bare.push(await untilExit(empty));
      times.deploy.push(await untilFirstCall(suite));
    }
    const files = await filesLoaded(suite, join(folder, 'files.txt'));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const row = (name: string, values: readonly number[]) =>
      [name, ...[0, 0.25, 0.5, 0.75, 1].map(share => Math.round(quantile(values, share)))] as const;
    console.log(
      table(['ms', 'min', 'p25', 'median', 'p75', 'max'], [row('bare Node', times.bare), row('deploy', times.deploy)]),
    );
    return {
      name: 'start',
      marks: [
        {
          what: 'to the first AWS call, over bare Node',
          found: median(times.deploy) - median(times.bare),
          atMost: 100,
          unit: 'ms',
        },
        { what: 'JavaScript read on the ECS path', found: bytes / 1e6, atMost: 1.8, unit: 'MB' },
      ],
      details: { ...times, files },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function untilExit(program: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [program], { stdio: 'ignore', env: {} });
  await new Promise(resolve => child.on('exit', resolve));
  return performance.now() - started;
}

/** Starts `deploy` in front of a server that only waits for the first request; the process is not needed after it. */
async function untilFirstCall(suite: string, env: Readonly<Record<string, string>> = {}): Promise<number> {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<number>();
  const server = await serve(() => arrive(performance.now()));
  const started = performance.now();
  const child = spawn(process.execPath, [join(suite, 'dist/deploy/index.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment(suite), AWS_ENDPOINT_URL: server.url, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>(resolve => child.on('exit', () => resolve()));
  try {
    const gone = ended.then(() => Promise.reject(new Error(`deploy ended before its first call:\n${output}`)));
    return (await Promise.race([arrived, gone])) - started;
  } finally {
    child.kill('SIGKILL');
    await ended;
    await server.close();
  }
}

function environment(suite: string): Readonly<Record<string, string>> {
  const given = { cluster: 'bench', service: 'api', container: 'api', image: 'bench:1.0.0', region: 'ap-southeast-2' };
  return {
    ...deployEnvironment(suite, given),
    AWS_ACCESS_KEY_ID: 'AKIALABBENCH',
    AWS_SECRET_ACCESS_KEY: 'nobody checks it here',
  };
}

interface LoadedFile {
  readonly file: string;
  readonly bytes: number;
}

async function filesLoaded(suite: string, list: string): Promise<readonly LoadedFile[]> {
  const preload = pathToFileURL(join(import.meta.dirname, 'loaded-files.ts')).href;
  await untilFirstCall(suite, { NODE_OPTIONS: `--import=${preload}`, LOADED_FILES: list });
  const files = new Set(readFileSync(list, 'utf8').split('\n'));
  return [...files]
    .filter(file => file.startsWith(join(suite, 'dist')))
    .map(file => ({ file: relative(suite, file), bytes: statSync(file).size }));
}
