/**
 * `npm run mutants -- [--hunt] [part of a name …]`: is the proof a proof? Every mutant is put into a product of its own, and a scenario that
 * is about it has to fall; with `--hunt`, all others are asked, too. Exit 1 when one survives, or when a scenario falls without any mutant.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../bench/table.ts';
import { scenarioFiles } from '../scenario/files.ts';
import type { Mutant } from './mutant.ts';
import { mutants as all } from './mutants.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const root = resolve(import.meta.dirname, '../../..');
const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { hunt: { type: 'boolean' } },
});
const mutants = all.filter(({ name }) => asked.length === 0 || asked.some(part => name.includes(part)));
const scenarios = scenarioFiles(join(root, 'test/scenarios'))
  .map(path => path.replace(/\.yml$/, ''))
  // The whole story last: it takes longest, and others say more exactly what is wrong.
  .toSorted(
    (one, other) => Number(one.startsWith('unifocus')) - Number(other.startsWith('unifocus')) || (one < other ? -1 : 1),
  );

interface Fate {
  readonly mutant: Mutant;
  readonly caught: boolean;
  readonly by: string;
  readonly why: string;
}

const clean = openWorkshop(root);
const workshops = [openWorkshop(root), openWorkshop(root)];
const soundness = new Map<string, Promise<boolean>>();
const unsound = new Set<string>();
try {
  for (const workshop of [clean, ...workshops]) await workshop.build();
  const fates = await share(mutants, async (mutant, workshop) => {
    const fate = await fateOf(mutant, workshop);
    console.log(`${fate.caught ? '✔' : '✖'} ${mutant.name}: ${fate.by}`);
    return fate;
  });
  console.log(`\n${table(['', 'mutant', 'caught by', 'because'], fates.map(rowOf))}`);
  for (const scenario of unsound) console.log(`✖ ${scenario} falls without any mutant: it proves nothing`);
  const caught = fates.filter(fate => fate.caught).length;
  console.log(`\n${caught} of ${fates.length} mutants caught`);
  process.exitCode = caught === fates.length && unsound.size === 0 ? 0 : 1;
} finally {
  for (const workshop of [clean, ...workshops]) workshop.close();
}

async function fateOf(mutant: Mutant, workshop: Workshop): Promise<Fate> {
  const unknown = mutant.tries.filter(scenario => !scenarios.includes(scenario));
  if (unknown.length > 0) throw new Error(`“${mutant.name}” tries ${unknown.join(', ')}: there is no such scenario`);
  try {
    return await workshop.withMutant(mutant, () => huntDown(mutant, workshop));
  } catch (error) {
    // One that cannot be made any more shows nothing, and keeps nobody from trying the others.
    const why = error instanceof Error ? error.message : String(error);
    console.log(why);
    return { mutant, caught: false, by: 'nobody: it cannot be made', why };
  }
}

async function huntDown(mutant: Mutant, workshop: Workshop): Promise<Fate> {
  if (mutant.every) return everyOne(mutant, workshop);
  const witnesses = new Set([...mutant.tries, ...(options.hunt ? scenarios : [])]);
  for (const scenario of witnesses) {
    const { verdict, why } = await workshop.play(scenario);
    if (verdict === 'fell' && (await isSound(scenario))) return { mutant, caught: true, by: scenario, why };
  }
  return { mutant, caught: false, by: `nobody of ${[...witnesses].join(', ')}`, why: '' };
}

async function everyOne(mutant: Mutant, workshop: Workshop): Promise<Fate> {
  const missed: string[] = [];
  for (const scenario of mutant.tries) {
    const { verdict } = await workshop.play(scenario);
    if (verdict !== 'fell' || !(await isSound(scenario))) missed.push(scenario);
  }
  const by = missed.length === 0 ? `all ${mutant.tries.length} of its scenarios` : `not by ${missed.join(', ')}`;
  return { mutant, caught: missed.length === 0, by, why: '' };
}

/** Whoever falls with a mutant has to hold without one, or it has caught nothing. Each is asked once. */
function isSound(scenario: string): Promise<boolean> {
  const asking = soundness.get(scenario) ?? ask();
  soundness.set(scenario, asking);
  return asking;

  async function ask(): Promise<boolean> {
    const holds = (await clean.play(scenario)).verdict === 'held';
    if (!holds) unsound.add(scenario);
    return holds;
  }
}

/** Each workshop takes the next piece of work as soon as it is free. Answers in the order of the items. */
async function share<T, R>(
  items: readonly T[],
  work: (item: T, workshop: Workshop) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  await Promise.all(
    workshops.map(async workshop => {
      for (const [index, item] of queue) results[index] = await work(item, workshop);
    }),
  );
  return results;
}

function rowOf({ mutant, caught, by, why }: Fate): readonly string[] {
  return [caught ? '✔' : '✖', mutant.name, by, why.split('\n')[0]?.slice(0, 100) ?? ''];
}
