import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledPackages } from './bundled-packages.ts';
import { writeLicences } from './licences.ts';
import { minifyChunks } from './minify.ts';
import { runTool } from './tool.ts';

export interface Places {
  /** Where the sources are. */
  readonly root: string;
  /** Where the work is done: a folder with `node_modules`. Its path leaves no trace in the bundles. */
  readonly workshop: string;
  readonly dist: string;
}

/** Compiles and bundles all actions and commands into `dist`. A tool that fails is a `ToolFailure`. */
export function buildSuite({ root, workshop, dist }: Places): void {
  compile(root, join(workshop, 'build'));
  const suite = join(dist, 'suite');
  const stats = join(workshop, 'build/stats.json');
  bundle(workshop, suite, stats);
  minifyChunks(suite);
  writeLicences(join(suite, 'licenses.txt'), bundledPackages(readFileSync(stats, 'utf8'), workshop));
  writeStarters(root, dist);
}

/**
 * Compiles all actions, and writes starters into `dist` that run them where they are: for trying many small changes one after the
 * other, where bundling would take most of the time. Never to be committed: it holds the path of this machine.
 */
export function compileSuite(root: string): void {
  const out = join(root, 'build');
  compile(root, out);
  writeStarters(root, join(root, 'dist'), pathToFileURL(join(out, 'actions/suite.js')).href);
}

/** tsc, because the bundler cannot drive TypeScript 7; the aliases of package.json then mean the compiled files. */
function compile(root: string, out: string): void {
  runTool(root, 'tsc', ['--project', 'tsconfig.json', '--outDir', out]);
  const manifest: { readonly imports: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const imports = Object.entries(manifest.imports).map(([alias, path]) => [alias, path.replace(/\.ts$/, '.js')]);
  writeFileSync(join(out, 'package.json'), JSON.stringify({ type: 'module', imports: Object.fromEntries(imports) }));
}

/** The bundler is the one of the workshop: its own path goes into the numbers of the modules. */
function bundle(workshop: string, suite: string, stats: string): void {
  const options = ['--minify', '--no-cache', '--quiet', '--stats-out', stats];
  runTool(workshop, 'ncc', ['build', 'build/actions/suite.js', '--out', suite, ...options]);
}

/** The commands have one, too: it is the `bin` of package.json, and npm makes it executable. */
function writeStarters(root: string, dist: string, suite = '../suite/index.js'): void {
  for (const name of actionNames(root)) writeStarter(join(dist, name), name, suite);
  writeStarter(join(dist, 'cli'), 'cli', suite, '#!/usr/bin/env node\n');
}

function writeStarter(directory: string, name: string, suite: string, interpreter = ''): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{\n  "type": "module"\n}\n');
  writeFileSync(
    join(directory, 'index.js'),
    `${interpreter}import { run } from '${suite}';\n\nawait run('${name}');\n`,
  );
}

function actionNames(root: string): readonly string[] {
  const entries = readdirSync(join(root, 'actions'), { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
}
