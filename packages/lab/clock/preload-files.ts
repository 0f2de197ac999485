import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const SOURCES = join(import.meta.dirname, 'preload');

// Node can run the sources as they are, but stripping types costs every process 25 ms at its start. Done once, it costs
// none of them anything. In a process of its own, because Node warns that the function is experimental.
const STRIP = `
  import { readFileSync } from 'node:fs';
  import { stripTypeScriptTypes } from 'node:module';
  const files = process.argv.slice(1).map(file => stripTypeScriptTypes(readFileSync(file, 'utf8')));
  process.stdout.write(JSON.stringify(files));
`;

interface File {
  readonly name: string;
  readonly code: string;
}
let stripped: Promise<readonly File[]> | undefined;

/** Writes the preload as plain JavaScript into `folder` and returns the URL for `--import`. */
export async function writePreload(folder: string): Promise<string> {
  stripped ??= strip();
  for (const { name, code } of await stripped) writeFileSync(join(folder, name), code);
  return pathToFileURL(join(folder, 'preload.mjs')).href;
}

async function strip(): Promise<readonly File[]> {
  const names = readdirSync(SOURCES).filter(name => name.endsWith('.ts'));
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', STRIP, '--'];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const files = names.map(name => join(SOURCES, name));
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...files], { env });
  const codes: readonly string[] = JSON.parse(stdout);
  return codes.map((code, index) => ({
    name: (names[index] ?? '').replace('.ts', '.mjs'),
    code: code.replace(/(from '\.[^']*)\.ts'/g, "$1.mjs'"),
  }));
}
