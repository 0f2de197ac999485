/**
 * Builds `dist/`: tsc, then one ncc build whose lazy chunks every action shares, and a few lines an action that start it.
 * `--check` builds beside the tree and fails when the committed bundles are not what the sources give.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);

compile();
const check = process.argv.includes('--check');
const out = check ? join(tmpdir(), `release-actions-dist-${process.pid}`) : join(root, 'dist');
bundle(out);
if (check) {
  const stale = differences(out, join(root, 'dist'));
  rmSync(out, { recursive: true });
  if (stale.length > 0) {
    console.error(`dist/ is not what the sources give; run \`npm run build\` and commit it:\n${stale.join('\n')}`);
    process.exitCode = 1;
  }
}

function compile(): void {
  rmSync(join(root, 'build'), { recursive: true, force: true });
  execFileSync(bin('tsc'), ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { imports: Record<string, string> };
  const compiled = Object.entries(imports).map(([key, path]) => [key, path.replace(/\.ts$/, '.js')] as const);
  writeFileSync(join(root, 'build/package.json'), JSON.stringify({ type: 'module', imports: Object.fromEntries(compiled) }));
}

function bundle(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  const suite = join(directory, 'suite');
  execFileSync(bin('ncc'), ['build', 'build/actions/suite.js', '-o', suite, '-m', '--license', 'licenses.txt', '-q'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const name of actionNames()) {
    mkdirSync(join(directory, name), { recursive: true });
    writeFileSync(
      join(directory, name, 'index.js'),
      `import { run } from '../suite/index.js';\n\nawait run('${name}');\n`,
    );
    cpSync(join(suite, 'package.json'), join(directory, name, 'package.json'));
  }
}

function actionNames(): readonly string[] {
  return readdirSync(join(root, 'actions'), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);
}

function differences(fresh: string, committed: string): readonly string[] {
  const files = new Set([...filesIn(fresh), ...filesIn(committed)]);
  return [...files].filter(file => read(join(fresh, file)) !== read(join(committed, file)));
}

function filesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(directory, join(entry.parentPath, entry.name)));
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
