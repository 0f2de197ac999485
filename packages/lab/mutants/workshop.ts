import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Mutant, mutated } from './mutant.ts';

/** A copy of the tree in which the product may be broken. */
export interface Workshop {
  /** Breaks the compiled product, lets `work` play with it, and mends it again. */
  withMutant<T>(mutant: Mutant, work: () => Promise<T>): Promise<T>;
  /** Compiles the sources as they are; once, before everything else. */
  build(): Promise<void>;
  /** Plays a scenario on the product of this copy. */
  play(scenario: string): Promise<Outcome>;
  close(): void;
}

export interface Outcome {
  readonly verdict: 'held' | 'fell' | 'none';
  /** The first thing that fell short. */
  readonly why: string;
}

const leftOut = new Set(['node_modules', '.git', 'build', 'report', 'coverage']);
/** Longer than any scenario takes, in ms of wall time: a product that waits for ever is red too. A build only waits for the machine. */
const patience = { scenario: 180_000, build: 900_000 } as const;

export function openWorkshop(root: string): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  cpSync(root, folder, { recursive: true, filter: source => !leftOut.has(relative(root, source)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  const compiled = (file: string): string => join(folder, 'build', file.replace(/\.ts$/, '.js'));

  async function build(): Promise<void> {
    const { code, output } = await run(folder, patience.build, 'scripts/build.ts', '--compiled');
    if (code !== 0) throw new Error(`The build failed:\n${output}`);
  }

  return {
    build,
    async withMutant({ edits }, work) {
      const originals = new Map(edits.map(({ file }) => [file, readFileSync(compiled(file), 'utf8')]));
      const faulty = new Map<string, string>();
      for (const edit of edits) {
        const source = faulty.get(edit.file) ?? readFileSync(join(folder, edit.file), 'utf8');
        faulty.set(edit.file, mutated(source, edit));
      }
      try {
        for (const [file, source] of faulty) writeFileSync(compiled(file), withoutTypes(source));
        return await work();
      } finally {
        for (const [file, text] of originals) writeFileSync(compiled(file), text);
      }
    },
    async play(scenario) {
      const { code, output } = await run(
        folder,
        patience.scenario,
        'packages/lab/scenario/main.ts',
        `test/scenarios/${scenario}.yml`,
      );
      const lines = output.split('\n');
      const why = (lines.find(line => line.includes('✖')) ?? '').replace(/^.*?✖\s*(\S+\.yml:)?/, '').trim();
      if (code === 0) return { verdict: 'held', why: '' };
      if (code === null) return { verdict: 'fell', why: 'it did not come to an end' };
      // A file that is no scenario, or a lab that breaks down, shows nothing of the product.
      const ended = lines.some(line => line.startsWith('✖ test/scenarios/'));
      return ended ? { verdict: 'fell', why } : { verdict: 'none', why: lines.findLast(line => line !== '') ?? '' };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The sources are written so that only types have to go; imports then name what was compiled. */
function withoutTypes(source: string): string {
  const imports = /((?:from|import) ?\(?['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g;
  return stripTypeScriptTypes(source).replaceAll(imports, '$1.js');
}

async function run(
  folder: string,
  wait: number,
  ...args: readonly string[]
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const late = setTimeout(() => child.kill('SIGKILL'), wait);
  const code = await new Promise<number | null>(resolve => child.on('close', status => resolve(status)));
  clearTimeout(late);
  return { code, output };
}
