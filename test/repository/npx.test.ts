import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { repository } from './modules.ts';

/**
 * What makes npm install all of devDependencies before it packs a package that it takes from git, so that `npx github:…` takes minutes:
 * one of these scripts, or workspaces (pacote, lib/git.js: `#prepareDir`; npm’s documentation of `npm install <git-host>` names them).
 */
const preparing = ['build', 'install', 'postinstall', 'preinstall', 'prepack', 'prepare'];

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly workspaces?: unknown;
  readonly dependencies?: unknown;
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

const { scripts, bin, files, ...others }: Package = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));

test('npx fetches the bundles, and installs nothing for them', () => {
  expect(Object.keys(scripts).filter(name => preparing.includes(name))).toEqual([]);
  expect(others).not.toHaveProperty('workspaces');
  expect(others).not.toHaveProperty('dependencies');
  // A package with this file has an install script without saying so.
  expect(globSync('*.gyp', { cwd: repository })).toEqual([]);
});

test('what npx starts is packed', () => {
  const [program = '', ...more] = Object.values(bin);
  expect(more).toEqual([]);
  expect(files.some(folder => program.startsWith(`${folder}/`))).toBe(true);
});
