import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readZip } from '../../../packages/lab/aws/lambda/archive.ts';
import { zipFolder } from '../../../packages/targets/lambda/zip-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-'));
  mkdirSync(join(folder, 'lib'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = 1;');
  writeFileSync(join(folder, 'lib', 'größe.txt'), 'x'.repeat(10_000));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('holds every file under its path', () => {
  const files = readZip(zipFolder(folder));
  expect([...(files?.keys() ?? [])]).toEqual(['index.js', 'lib/größe.txt']);
  expect(files?.get('lib/größe.txt')?.length).toBe(10_000);
});

test('the same files make the same bytes, whenever they were made', () => {
  const before = zipFolder(folder);
  utimesSync(join(folder, 'index.js'), 1, 1);
  expect(zipFolder(folder).equals(before)).toBe(true);
  writeFileSync(join(folder, 'index.js'), 'exports.handler = 2;');
  expect(zipFolder(folder).equals(before)).toBe(false);
});

test('what can be executed stays so, and a link stays a link', () => {
  const before = zipFolder(folder);
  chmodSync(join(folder, 'index.js'), 0o755);
  expect(zipFolder(folder).equals(before)).toBe(false);
  symlinkSync('index.js', join(folder, 'link.js'));
  expect(readZip(zipFolder(folder))?.get('link.js')?.toString()).toBe('index.js');
});
