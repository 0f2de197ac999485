/**
 * A process that plays one scenario after the other for whoever has forked it: what is loaded, parsed and compiled for the first is
 * there for all others. Every file gets a lab of its own. `Told` is the answer to each path.
 */
import { resolve } from 'node:path';
import { judgeFile } from './judge.ts';

export interface Told {
  readonly code: number;
  readonly output: string;
}

const suite = resolve(import.meta.dirname, '../../..');

process.on('message', async (file: string) => {
  const told: string[] = [];
  const { code, lines } = await judgeFile(file, { suite, narrate: line => void told.push(line) });
  const answer: Told = { code, output: [...told, ...lines].join('\n') };
  process.send?.(answer);
});
