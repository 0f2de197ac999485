/**
 * `npm run bench -- [rollout] [start] [scale] [site] [functions] [lag] [tags] [gates]`: measures what the suite promises, against the marks of README.md. Exit 1
 * when one is missed. Everything behind the table is in report/bench.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { benchFunctions } from './functions.ts';
import { benchGates } from './gates.ts';
import { benchLag } from './lag.ts';
import { holds, type Measurement } from './marks.ts';
import { benchRollout } from './rollout.ts';
import { benchScale } from './scale.ts';
import { benchSite } from './site.ts';
import { benchStart } from './start.ts';
import { table } from './table.ts';
import { benchTags } from './tags.ts';

const suite = resolve(import.meta.dirname, '../../..');
const benches: Readonly<Record<string, (suite: string) => Promise<Measurement>>> = {
  start: benchStart,
  rollout: benchRollout,
  scale: benchScale,
  site: benchSite,
  functions: benchFunctions,
  lag: benchLag,
  tags: benchTags,
  gates: benchGates,
};
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

const measured: Measurement[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const started = performance.now();
  console.log(`\n── ${name}`);
  measured.push(await bench(suite));
  console.log(`   ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

const marks = measured.flatMap(({ name, marks: found }) => found.map(mark => ({ name, mark })));
const rows = marks.map(({ name, mark }) => {
  const { what, found, atMost, unit } = mark;
  return [holds(mark) ? '✔' : '✖', name, what, rounded(found), `≤ ${rounded(atMost)}`, unit];
});
console.log(`\n${table(['', 'bench', 'what', 'found', 'mark', ''], rows)}`);
const folder = join(suite, 'report');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'bench.json'), `${JSON.stringify({ node: process.version, measured }, null, 2)}\n`);
process.exitCode = marks.every(({ mark }) => holds(mark)) ? 0 : 1;

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
