import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An npm package of which something is in the bundles. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its package.json. */
  readonly licence: string;
  /** Its licence file; undefined where it is published without one. */
  readonly text: string | undefined;
}

const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Reads from the bundler’s statistics which packages it took, in the order of their names. */
export function bundledPackages(stats: string, workshop: string): readonly BundledPackage[] {
  const folders = new Set<string>();
  // Every module has its path as `name`, those that were joined into another one too.
  JSON.parse(stats, (key, value) => {
    const folder = key === 'name' && typeof value === 'string' ? packageFolder.exec(value)?.[0] : undefined;
    if (folder?.startsWith('./node_modules/')) folders.add(folder);
    return value;
  });
  return [...folders].map(folder => readPackage(join(workshop, folder))).toSorted(byName);
}

function readPackage(folder: string): BundledPackage {
  const manifest: { readonly name: string; readonly version: string; readonly license?: string } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const { name, version, license: licence } = manifest;
  if (licence === undefined) throw new Error(`${name} names no licence: it cannot be bundled`);
  const file = readdirSync(folder).find(entry => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  return { name, version, licence, text: file === undefined ? undefined : readFileSync(join(folder, file), 'utf8') };
}

function byName(one: BundledPackage, other: BundledPackage): number {
  const [a, b] = [`${one.name}@${one.version}`, `${other.name}@${other.version}`];
  return a < b ? -1 : a > b ? 1 : 0;
}
