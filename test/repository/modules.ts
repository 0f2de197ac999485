import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Import, importsOf } from './imports.ts';

/** A source file and everything it refers to. Paths are relative to the repository, with slashes. */
export interface Module {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly ResolvedImport[];
}

export interface ResolvedImport extends Import {
  readonly to:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'package'; readonly name: string; readonly subpath: string }
    | { readonly kind: 'node'; readonly name: string }
    | { readonly kind: 'unknown' };
}

/** The map of package.json’s `imports`: `#core/*` → `./packages/core/*.ts`. */
export type Aliases = Readonly<Record<string, string>>;

export const repository = join(import.meta.dirname, '../..');

/** The sources that are bundled, and the lab beside them. */
export function readModules(): readonly Module[] {
  const files = globSync('{actions,packages}/**/*.ts', { cwd: repository }).toSorted();
  const { imports } = readManifest();
  return modulesOf(
    files.map(path => [path.replaceAll('\\', '/'), readFileSync(join(repository, path), 'utf8')]),
    imports,
  );
}

export function modulesOf(files: readonly (readonly [string, string])[], aliases: Aliases): readonly Module[] {
  return files.map(([path, text]) => ({
    path,
    lines: text.split('\n').length - 1,
    imports: importsOf(text).map(found => ({ ...found, to: resolve(path, found.specifier, aliases) })),
  }));
}

export interface Manifest {
  readonly imports: Aliases;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export function readManifest(): Manifest {
  // The one place that says what package.json holds; npm checks the rest of it.
  return JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;
}

function resolve(from: string, specifier: string | undefined, aliases: Aliases): ResolvedImport['to'] {
  if (specifier === undefined) return { kind: 'unknown' };
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.join(posix.dirname(from), specifier) };
  if (specifier.startsWith('node:')) return { kind: 'node', name: specifier };
  if (!specifier.startsWith('#')) return packageOf(specifier);
  for (const [pattern, target] of Object.entries(aliases)) {
    const prefix = pattern.replace('*', '');
    if (!specifier.startsWith(prefix)) continue;
    return { kind: 'file', path: posix.normalize(target.replace('*', specifier.slice(prefix.length))) };
  }
  return { kind: 'unknown' };
}

function packageOf(specifier: string): ResolvedImport['to'] {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { kind: 'package', name: parts.slice(0, length).join('/'), subpath: parts.slice(length).join('/') };
}
