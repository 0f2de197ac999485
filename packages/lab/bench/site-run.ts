import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deployEnvironment } from './inputs.ts';
import { account, openWorld, region, type World } from './world.ts';

/** Files of the site, and how many of them the release changes. */
export const size = { files: 5_000, changed: 50 } as const;

/** What one way of deploying came to. */
export interface SiteRun {
  readonly requests: number;
  /** Bytes of the bodies that were sent. */
  readonly bytes: number;
  /** Wall time, ms. */
  readonly wall: number;
  /** Lab time, ms: what the waiting took. */
  readonly labTime: number;
  readonly calls: Readonly<Record<string, number>>;
}

export interface SiteRuns {
  readonly ours: SiteRun;
  readonly sync: SiteRun;
}

/** The same release of the same site, by the suite and by sync, onto buckets of their own. */
export async function runSite(suite: string): Promise<SiteRuns> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-site-'));
  const world = await openWorld();
  const { s3, cloudfront } = world.aws;
  for (const name of ['ours', 'sync']) {
    s3.createBucket({ account, region, name });
    cloudfront.create({ account, id: `E${name.toUpperCase()}`, hosts: [], bucket: s3.bucket(name) });
  }
  try {
    const first = siteOf(0);
    write(join(folder, 'dist'), first);
    for (const [path, text] of first) s3.put('sync', path, text);
    await deploy(world, suite, folder);
    rmSync(join(folder, 'dist'), { recursive: true });
    // A fresh checkout: every file is younger than what is in the bucket.
    write(join(folder, 'dist'), siteOf(size.changed));
    const ours = await deploy(world, suite, folder);
    const program = join(suite, 'packages/lab/bench/s3-sync.ts');
    const sync = await measured(world, [program, join(folder, 'dist'), 'sync', 'ESYNC', region], {});
    return { ours, sync };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function deploy(world: World, suite: string, workspace: string): Promise<SiteRun> {
  const component = 'target: static-site\nbucket: ours\nfolder: dist\ndistribution: EOURS\n';
  const inputs = deployEnvironment(suite, { component, region });
  return measured(world, [join(suite, 'dist/deploy/index.js')], { ...inputs, GITHUB_WORKSPACE: workspace });
}

async function measured(
  world: World,
  program: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<SiteRun> {
  const { calls } = world.aws.handler;
  const from = calls.length;
  const started = performance.now();
  const ended = await world.run([...program], environment);
  if (ended.exitCode !== 0) throw new Error(`the site was not deployed:\n${ended.output.slice(-2000)}`);
  const made = calls.slice(from);
  const names = Map.groupBy(made, call => `${call.service}.${call.operation}`);
  return {
    requests: made.length,
    bytes: made.reduce((sum, { input }) => sum + bytesOf(input), 0),
    wall: performance.now() - started,
    labTime: ended.endedAt - ended.startedAt,
    calls: Object.fromEntries([...names].map(([name, each]) => [name, each.length])),
  };
}

function bytesOf(input: unknown): number {
  const body: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'Body') : undefined;
  return body instanceof Uint8Array ? body.length : 0;
}

/** Pages and assets; what changes is both, and an asset that changes has another name. */
function siteOf(changed: number): ReadonlyMap<string, string> {
  const files = Array.from({ length: size.files }, (_, index): readonly [string, string] => {
    const version = index < changed ? 'two' : 'one';
    const text = `${version} ${index} ${'x'.repeat(2_000 + (index % 7) * 500)}`;
    if (index % 2 === 0 && index < size.changed) return [`pages/${index}.html`, text];
    if (index % 5 === 0) return [`pages/${index}.html`, text];
    const hash = (index * 2_654_435_761 + (version === 'two' ? 1 : 0)).toString(16).padStart(12, 'a1b2c3');
    return [`assets/file-${hash}f0.js`, text];
  });
  return new Map(files);
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
