import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Expectation, World } from './schema.ts';
import { lacks } from './shortfall.ts';

/** The scripts of the programs that jobs find, by name: absolute paths. */
export function toolsOf({ tools = {} }: World, folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tools).map(([name, script]) => [name, resolve(folder, script)]));
}

/** Writes files outside of every runner; null deletes one. */
export function writeOutside(folder: string, files: Readonly<Record<string, string | null>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) rmSync(file, { force: true });
    else writeFileSync(file, content);
  }
}

export function outsideShortfalls(folder: string, wanted: NonNullable<Expectation['outside']>): readonly string[] {
  return Object.entries(wanted).flatMap(([path, texts]) => {
    const file = join(folder, path);
    const there = existsSync(file);
    if (texts === null) return there ? [`there is a file ${path} outside: ${readFileSync(file, 'utf8')}`] : [];
    return there ? lacks(`${path} outside`, texts, readFileSync(file, 'utf8')) : [`there is no file ${path} outside`];
  });
}
