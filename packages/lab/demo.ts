import { readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readScenario } from './scenario/read.ts';
import { reportOf } from './scenario/report.ts';
import { runScenario } from './scenario/run.ts';

/**
 * `npm run demo`: the release of Unifocus, played in front of you. `--list` shows all scenarios, `--scenario NAME` plays another,
 * `--report DIR` says where the page goes. Exit code 0 only when every expectation held.
 */
const suite = resolve(import.meta.dirname, '../..');
const folder = join(suite, 'test/scenarios');
const { values } = parseArgs({
  options: {
    list: { type: 'boolean', default: false },
    scenario: { type: 'string', default: 'unifocus' },
    report: { type: 'string', default: join(suite, 'report') },
  },
});

if (values.list) list();
else process.exitCode = await demo(values.scenario, values.report);

function scenarios(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yml') && !file.endsWith('.world.yml'))
    .toSorted();
}

function list(): void {
  for (const file of scenarios()) {
    const read = readScenario(join(folder, file));
    console.log(`${file.replace(/\.yml$/, '').padEnd(40)} ${read.ok ? read.scenario.name : 'not a valid scenario'}`);
  }
}

async function demo(name: string, directory: string): Promise<number> {
  const known = scenarios().find(file => file === `${name}.yml` || basename(file) === `${name}.yml`);
  if (known === undefined) {
    console.error(`There is no scenario ${name}; \`npm run demo -- --list\` shows those that there are.`);
    return 2;
  }
  const file = join(folder, known);
  const started = performance.now();
  let page = '';
  const played = await runScenario(file, {
    suite,
    narrate: line => console.log(line),
    finished: async (stage, result) => {
      const took = performance.now() - started;
      page = await reportOf(stage, result, { directory: resolve(directory), file: relative(suite, file), took });
    },
  });
  if (played.kind === 'invalid') {
    console.error(played.problems.join('\n'));
    return 2;
  }
  const short = played.expectations.filter(expectation => expectation.short.length > 0);
  for (const trouble of played.troubles) console.log(`✖ ${trouble}`);
  const hours = (played.labTime / 3_600_000).toFixed(1);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `\n${played.expectations.length - short.length} of ${played.expectations.length} expectations held · ${hours} h of lab time in ${seconds} s`,
  );
  console.log(`What a person would have seen on GitHub: ${page}`);
  return short.length === 0 && played.troubles.length === 0 ? 0 : 1;
}
